"""Opens a saved file or a web page with the owner's own programs."""

import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from threading import Thread

from deskterm.config.environment import safe_environment
from deskterm.domain.links import shown_link

_DISPLAYS = ("DISPLAY", "WAYLAND_DISPLAY")
# Browsers that draw in the terminal, which the desk has.
_IN_TERMINAL = frozenset({"browsh", "elinks", "links", "links2", "lynx", "w3m", "www-browser"})
# Only what programs merely show. A web page, an installer or a workbook with macros could run code.
SHOWN = frozenset(
    """
    .pdf .txt .csv .log .png .jpg .jpeg .jfif .gif .webp .bmp .tif .tiff .heic .heif .avif
    .docx .xlsx .pptx .odt .ods .odp .rtf .mp3 .m4a .wav .ogg .opus .amr .mp4 .mov .m4v .webm .3gp
    """.split()
)


def find_opener(environment: Mapping[str, str]) -> str:
    """The desktop's program for opening files, with its path; empty if there is none (over ssh, for one)."""
    if sys.platform == "darwin":
        return "/usr/bin/open"
    shown = any(environment.get(name) for name in _DISPLAYS)
    path = shutil.which("xdg-open", path=environment.get("PATH")) if shown else None
    return path if path and path.startswith("/") else ""


def open_file(path: Path) -> bool:
    """Hand a file to the program for its type; gives whether it was handed over.

    Only types that are shown and never run (`SHOWN`). Does not wait for the program.
    """
    opener = find_opener(os.environ) if path.suffix.casefold() in SHOWN else ""
    return bool(opener) and _start([opener, str(path)])


def find_browser(environment: Mapping[str, str]) -> tuple[str, ...]:
    """The command that opens a web page: what `$BROWSER` names, else the desktop's opener; () for neither.

    `%s` in it stands for the page, else the page comes last.
    """
    for named in filter(None, environment.get("BROWSER", "").split(":")):
        try:
            program, *arguments = shlex.split(named)
        except ValueError:  # an open quote, or nothing but spaces
            continue
        path = shutil.which(program, path=environment.get("PATH"))
        if path and path.startswith("/") and Path(path).name not in _IN_TERMINAL:
            return (path, *arguments)
    opener = find_opener(environment)
    return (opener,) if opener else ()


def open_page(url: str) -> bool:
    """Hand a web page (http, https) to the browser; gives whether it was handed over."""
    command, page = find_browser(os.environ), shown_link(url)
    if not command or page is None:
        return False
    filled = [part.replace("%s", page) for part in command]
    return _start(filled if filled != [*command] else [*command, page])


def _start(command: Sequence[str]) -> bool:
    """Start a program that lives on without us; gives whether it was started."""
    try:
        process = subprocess.Popen(  # noqa: S603 - the owner's own program, found above, without a shell
            command,
            cwd="/",  # the file's folder holds what customers sent
            env=safe_environment(os.environ),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError:
        return False
    Thread(target=process.wait, daemon=True).start()  # so that it leaves no zombie
    return True

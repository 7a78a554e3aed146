"""Opens a saved file with the owner's own programs."""

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from threading import Thread

from deskterm.config.environment import safe_environment

_DISPLAYS = ("DISPLAY", "WAYLAND_DISPLAY")
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
    if not opener:
        return False
    try:
        process = subprocess.Popen(  # noqa: S603 - the desktop's own opener, without a shell
            [opener, str(path)],
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

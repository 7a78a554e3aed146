"""Draws a saved picture in the terminal with chafa, if that is installed.

chafa reads the file in its own process with little memory and time: the file comes from a stranger. Only
characters and colours are taken from its output, so it looks the same over ssh, in tmux and in every
terminal.
"""

import os
import re
import shutil
import subprocess
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import events
from textual.widget import Widget
from textual.widgets import Static

from deskterm.actions.work import Work
from deskterm.config.environment import safe_environment
from deskterm.screens.base.modal import DeskModal

if TYPE_CHECKING:
    from rich.text import Text

DRAWN = frozenset(".png .jpg .jpeg .jfif .gif .webp .bmp .tif .tiff .avif .heic".split())
_PATIENCE = 10  # seconds
_LIMITS = 'ulimit -v 2000000 2>/dev/null; ulimit -t 10 2>/dev/null; exec "$@"'  # KiB, seconds of CPU
_NO_COLOUR = re.compile(
    r"\x1b\][^\x07\x1b]*\x07?|\x1b(?!\[[0-9;]*m)(?:\[[0-?]*[ -/]*[@-~]|.)?"
    r"|[\x00-\x09\x0b-\x1a\x1c-\x1f\x7f-\x9f]"
)


def find_chafa(environment: Mapping[str, str]) -> str:
    """The path of chafa; empty if it is not installed."""
    path = shutil.which("chafa", path=environment.get("PATH"))
    return path if path and path.startswith("/") else ""


def draw(path: Path, columns: int, rows: int, *, colours: bool) -> str:
    """The picture as characters and SGR colours within that size; empty if it cannot be drawn. Blocks."""
    chafa = find_chafa(os.environ) if path.suffix.casefold() in DRAWN else ""
    if not chafa:
        return ""
    options = ("--format=symbols", f"--colors={'full' if colours else 'none'}", "--animate=off")
    try:
        ran = subprocess.run(  # noqa: S603 - a fixed command; the path is ours and absolute
            ["/bin/sh", "-c", _LIMITS, "sh", chafa, *options, f"--size={columns}x{rows}", str(path)],
            cwd="/",
            env=safe_environment(os.environ),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            check=False,
            timeout=_PATIENCE,
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return "" if ran.returncode else _NO_COLOUR.sub("", ran.stdout.decode(errors="replace")).rstrip("\n")


class PictureScreen(DeskModal[bool]):
    """A picture over the desk. Gives whether to open it outside."""

    DEFAULT_CSS = "PictureScreen > Static { width: auto; height: auto; background: $raised; padding: 0 1; }"
    KEYS: ClassVar[tuple[tuple[str, str], ...]] = (("Enter", "open outside"), ("Esc", "back"))

    def __init__(self, work: Work, picture: "Text") -> None:
        super().__init__(work)
        self.picture = picture

    def body(self) -> Iterable[Widget]:
        """The picture."""
        yield Static(self.picture)

    async def on_key(self, event: events.Key) -> None:
        """Close it; Enter opens it outside."""
        event.stop()
        event.prevent_default()
        self.dismiss(event.key == "enter")

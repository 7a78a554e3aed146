"""Opening a saved file with the owner's own programs."""

import os
import subprocess
import sys
from pathlib import Path

_DISPLAYS = ("DISPLAY", "WAYLAND_DISPLAY")


def opener() -> list[str]:
    """The command that opens a file outside, empty where nothing can be shown: over ssh, say."""
    if sys.platform == "darwin":
        return ["open"]
    return ["xdg-open"] if any(os.environ.get(name) for name in _DISPLAYS) else []


def open_file(path: Path) -> bool:
    """Hand a file to the program that shows its kind; gives whether there is one to ask.

    The file bears no name that a program would run; the program is not waited for.
    """
    command = opener()
    if not command:
        return False
    try:
        subprocess.Popen(  # noqa: S603 - the desktop's own opener, without a shell
            [*command, str(path)],
            cwd=path.parent,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError:
        return False
    return True

"""The clipboard, through the desktop's own program."""

import shutil
import subprocess
from collections.abc import Mapping

_PATIENCE = 2.0  # seconds
_WAYLAND = ("wl-copy",)
_X11 = (("xclip", "-selection", "clipboard", "-in"), ("xsel", "--clipboard", "--input"))
_MAC, _WINDOWS = ("pbcopy",), ("clip.exe",)


def find_program(environment: Mapping[str, str]) -> tuple[str, ...]:
    """The command that copies its standard input, with its arguments; () if there is none.

    Over ssh there is none: it would fill the clipboard of the remote machine.
    """
    if "SSH_CONNECTION" in environment or "SSH_TTY" in environment:
        return ()
    wanted: list[tuple[str, ...]] = [_WAYLAND] if environment.get("WAYLAND_DISPLAY") else []
    wanted += [*_X11] if environment.get("DISPLAY") else []
    for program, *arguments in (*wanted, _MAC, _WINDOWS):
        path = shutil.which(program, path=environment.get("PATH"))
        if path and path.startswith("/"):
            return (path, *arguments)
    return ()


def put_on_clipboard(text: str, environment: Mapping[str, str]) -> bool:
    """Put a text on the clipboard; false if no program took it. The terminal can be asked then."""
    program = find_program(environment)
    if not program:
        return False
    windows = program[0].endswith(".exe")
    data = text.encode("utf-16" if windows else "utf-8", "replace")
    environment = {**environment, "LC_CTYPE": "UTF-8"} if program[0].endswith("pbcopy") else environment
    try:
        done = subprocess.run(  # noqa: S603 - found above, an absolute path
            program,
            input=data,
            stdout=subprocess.DEVNULL,  # it keeps running and must not hold our pipes
            stderr=subprocess.DEVNULL,
            env=dict(environment),
            cwd="/",
            timeout=_PATIENCE,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0

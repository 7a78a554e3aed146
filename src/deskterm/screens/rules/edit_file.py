"""Opens one of the owner's files in their editor."""

import subprocess
from pathlib import Path

from deskterm.errors import NotNow
from deskterm.screens.reply.external_editor import editor

_PLUS = (
    "vi",
    "vim",
    "nvim",
    "view",
    "nano",
    "pico",
    "emacs",
    "emacsclient",
    "micro",
    "joe",
    "kak",
    "ne",
    "mg",
)
_COLON = ("hx", "helix", "subl", "zed")  # FILE:LINE
_GO_TO = ("code", "codium", "cursor")  # the same after `--goto`


def edit_file(path: Path, line: int = 1) -> None:
    """Run the editor on a file, at a line if we know how, and wait. NotNow if it cannot be run."""
    command = editor()
    try:
        subprocess.run([*command, *_at(command, path, line)], check=False, cwd=path.parent)  # noqa: S603 - the owner's own editor
    except OSError as error:
        raise NotNow(
            f"The editor {command[0]} cannot be run.",
            safe="The file is as it was.",
            todo="Set $EDITOR to a program you have.",
        ) from error


def _at(command: list[str], path: Path, line: int) -> list[str]:
    """The arguments that open the file at a line in this editor."""
    name = Path(command[0]).name
    if line <= 1:
        return [str(path)]
    if name in _PLUS:
        return [f"+{line}", str(path)]
    if name in _COLON:
        return [f"{path}:{line}"]
    return ["--goto", f"{path}:{line}"] if name in _GO_TO else [str(path)]

"""Writing in the owner's editor: a private file goes out, its text comes back."""

import os
import shlex
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

from deskterm.domain.text import line
from deskterm.errors import NotNow
from deskterm.screens.reply import scissors

_KEPT = "The reply is as it was."


def editor() -> list[str]:
    """The owner's editor as a command line: $VISUAL, else $EDITOR, else vi. Raises NotNow."""
    command = os.environ.get("VISUAL") or os.environ.get("EDITOR") or "vi"
    try:
        return shlex.split(command) or ["vi"]
    except ValueError as error:
        todo = "Set $EDITOR to a command."
        raise NotNow(
            f"Your editor cannot be read as a command: {line(command)}", safe=_KEPT, todo=todo
        ) from error


def write_in(command: list[str], reply: str, below: str) -> str:
    """Run the editor on `reply`, with `below` under the scissors line; gives the edited reply.

    Blocks until the editor ends. It runs in the file's own folder, so that what lies in the current one (an
    `.exrc`, say) is not its configuration. NotNow if it cannot be run or ends with a failure (`:cq` in vi):
    then the text is unchanged.
    """
    with TemporaryDirectory(prefix="deskterm-") as folder:  # 0700
        file = Path(folder) / "reply.md"
        file.write_text(scissors.sheet(reply, below), "utf-8")
        try:
            ended = subprocess.run([*command, str(file)], check=False, cwd=folder)  # noqa: S603 - the owner's own editor
        except OSError as error:
            raise NotNow(
                f"The editor {command[0]} cannot be run.",
                safe=_KEPT,
                todo="Set $EDITOR to a program you have.",
            ) from error
        if ended.returncode:
            raise NotNow(
                f"The editor {command[0]} ended with a failure, so its text was not used.", safe=_KEPT
            )
        return scissors.above(file.read_text("utf-8", "replace"))

"""Writing in the owner's own editor: a private file goes out, its text comes back."""

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
    """Give the owner's editor as words of a command line: $VISUAL, else $EDITOR, else vi. Raises NotNow."""
    said = os.environ.get("VISUAL") or os.environ.get("EDITOR") or "vi"
    try:
        return shlex.split(said) or ["vi"]
    except ValueError as error:
        todo = "Set $EDITOR to a command."
        raise NotNow(
            f"Your editor cannot be read as a command: {line(said)}", safe=_KEPT, todo=todo
        ) from error


def write_in(command: list[str], reply: str, below: str) -> str:
    """Run the editor on `reply`, with `below` under the scissors line; give the reply as it was left.

    Blocks until the editor ends. It runs in the file's own folder: what lies in the current one, such as
    an `.exrc`, is not its configuration. NotNow when it cannot be run or ends with a failure
    (as `:cq` in vi does): then nothing was taken over.
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
                todo="Set $EDITOR to one that is there.",
            ) from error
        if ended.returncode:
            raise NotNow(f"The editor {command[0]} ended with a failure: its text was not taken.", safe=_KEPT)
        return scissors.above(file.read_text("utf-8", "replace"))

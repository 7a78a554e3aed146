"""A file of the owner's in their own editor."""

import subprocess
from pathlib import Path

from deskterm.errors import NotNow
from deskterm.screens.reply.external_editor import editor


def edit_file(path: Path) -> None:
    """Run the editor on a file and wait for it. NotNow where it cannot be run."""
    command = editor()
    try:
        subprocess.run([*command, str(path)], check=False, cwd=path.parent)  # noqa: S603 - the owner's own editor
    except OSError as error:
        raise NotNow(
            f"The editor {command[0]} cannot be run.",
            safe="The file is as it was.",
            todo="Set $EDITOR to one that is there.",
        ) from error

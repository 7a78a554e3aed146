"""Do again what was taken back."""

from deskterm.actions.front import Front
from deskterm.commands.record import CHANGED, WRITES, command

COMMAND = command("redo", "Z", "", "Do again what was taken back.", CHANGED, WRITES)


async def run(front: Front, ids: tuple[int, ...]) -> None:  # noqa: ARG001 - the last change, not a ticket's
    """Do it again."""
    front.show_change(await front.work.write(front.work.desk.undo.redo, front.work.now()))

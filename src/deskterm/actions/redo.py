"""Do again what was taken back."""

from deskterm.actions.front import Front


async def run(front: Front, ids: tuple[int, ...]) -> None:  # noqa: ARG001 - the last change, not a ticket's
    """Do it again."""
    front.show_change(await front.work.write(front.work.desk.undo.redo, front.work.now()))

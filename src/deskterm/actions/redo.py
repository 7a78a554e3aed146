"""Redo what was undone."""

from deskterm.actions.front import Front


async def run(front: Front, ids: tuple[int, ...]) -> None:  # noqa: ARG001 - the last change, not a ticket's
    """Redo it."""
    front.show_change(await front.work.write(front.work.desk.undo.redo, front.work.now()))

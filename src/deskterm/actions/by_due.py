"""Sort the list by what is due, or as it was."""

from deskterm.actions.front import BY_DUE, Front


async def run(front: Front, ids: tuple[int, ...]) -> None:  # noqa: ARG001 - the list, not a ticket
    """Sort it so, and back."""
    if front.query_text == BY_DUE:
        front.show_only("")
        return
    front.work.desk.inbox.read_targets(front.work.now())
    front.show_only(BY_DUE)
    front.tell("Sorted by what is due: targets and promises first.")

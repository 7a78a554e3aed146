"""Write an internal note."""

from deskterm.actions.front import Front


async def run(front: Front, ids: tuple[int, ...]) -> None:
    """Let the owner write a note and add it to each ticket."""
    text = await front.write_note(ids[0])
    if text:
        for ticket_id in ids:
            done = await front.work.write(front.work.desk.tickets.note, ticket_id, text, front.work.now())
            front.show_change(done)
    elif text is not None:
        front.tell("Note discarded.")

"""Write an internal note."""

from deskterm.actions.front import Front


async def run(front: Front, ids: tuple[int, ...]) -> None:
    """Let the owner write a note and add it to each ticket."""
    text = await front.write_note(ids[0])
    if text:
        note_all = front.work.desk.tickets.note_all
        front.show_change(await front.work.write(note_all, ids, text, front.work.now()))
    elif text is not None:
        front.tell("Note discarded.")

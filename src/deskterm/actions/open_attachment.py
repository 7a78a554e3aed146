"""Open an attachment with its program, or draw a picture here."""

from deskterm.actions.attachments import find_attachments, pick_attachment
from deskterm.actions.front import Front
from deskterm.domain.text import line as safe_line


async def run(front: Front, ids: tuple[int, ...]) -> None:  # noqa: ARG001 - of the mail in front
    """Save it and show it; if there are several, ask which. What cannot be shown is saved and named."""
    chosen = await pick_attachment(front, find_attachments(front), "Open which attachment?")
    if chosen is not None:
        message, part = chosen
        path = await front.work.write(front.work.desk.tickets.save_attachment, message.id, part.part)
        if await front.show_picture(path) is False:
            front.tell(safe_line(f"Saved {path}"), "green")
            return
        shown = front.open_outside(path)
        words = f"Opened {path.name}" if shown else f"Saved, not opened: {path}"
        front.tell(safe_line(words), "green" if shown else "amber")

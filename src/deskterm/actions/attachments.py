"""Save an attachment."""

from deskterm.actions.front import Front
from deskterm.domain.messages import Attachment, Message
from deskterm.domain.text import line as safe_line
from deskterm.widgets.drawing.message import shown_size
from deskterm.widgets.picker import Option


async def run(front: Front, ids: tuple[int, ...]) -> None:  # noqa: ARG001 - of the mail in front
    """Save it; if there are several, ask which."""
    chosen = await pick_attachment(front, find_attachments(front), "Save which attachment?")
    if chosen is not None:
        message, part = chosen
        path = await front.work.write(front.work.desk.tickets.save_attachment, message.id, part.part)
        front.tell(f"Saved {safe_line(str(path))}", "green")


def find_attachments(front: Front) -> list[tuple[Message, Attachment]]:
    """The attachments of the ticket in front, those of the newest mail first."""
    messages = front.ticket_view.messages if front.ticket_view else ()
    return [(message, part) for message in reversed(messages) for part in message.attachments]


async def pick_attachment(
    front: Front, found: list[tuple[Message, Attachment]], title: str
) -> tuple[Message, Attachment] | None:
    """The only attachment, or the one the owner picks; None, with a message, if there is none."""
    if not found:
        front.tell("No attachments here.", "amber")
        return None
    at = "0" if len(found) == 1 else await front.pick(title, _options(found))
    return None if at is None else found[int(at)]


def _options(found: list[tuple[Message, Attachment]]) -> list[Option]:
    return [
        Option(str(at), part.name or part.type, detail=f"{part.type}  {shown_size(part.size)}")
        for at, (_, part) in enumerate(found)
    ]

"""Save an attachment."""

from deskterm.actions.front import Front
from deskterm.commands.record import ABOUT_TICKET, DESK, command
from deskterm.domain.messages import Attachment, Message
from deskterm.domain.text import line as safe_line
from deskterm.widgets.drawing.message import shown_size
from deskterm.widgets.picker import Option

COMMAND = command("attachments", "v", "", "Save an attachment.", DESK, ABOUT_TICKET)


async def run(front: Front, ids: tuple[int, ...]) -> None:  # noqa: ARG001 - of the mail in front
    """Save it; with several, ask which."""
    messages = front.ticket_view.messages if front.ticket_view else ()
    found = [(message, part) for message in reversed(messages) for part in message.attachments]
    if not found:
        front.tell("No attachments here.", "amber")
        return
    at = "0" if len(found) == 1 else await front.pick("Save which attachment?", _options(found))
    if at is not None:
        message, part = found[int(at)]
        path = await front.work.write(front.work.desk.tickets.save_attachment, message.id, part.part)
        front.tell(f"Saved {safe_line(str(path))}", "green")


def _options(found: list[tuple[Message, Attachment]]) -> list[Option]:
    return [
        Option(str(at), part.name or part.type, detail=f"{part.type}  {shown_size(part.size)}")
        for at, (_, part) in enumerate(found)
    ]

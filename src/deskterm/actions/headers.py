"""Show the original mail with all headers."""

from contextlib import suppress

from deskterm.actions.front import Front
from deskterm.domain.messages import Message
from deskterm.errors import NotFound


def run(front: Front, ids: tuple[int, ...]) -> None:  # noqa: ARG001 - of the mail in front
    """Show the original of the mail on screen, or of the nearest mail that has one; again to go back."""
    conversation = front.conversation
    message = conversation.current
    if conversation.raw_shown or message is None:
        conversation.show_raw(None)
    else:
        conversation.show_raw(_original(front, message))


def _original(front: Front, message: Message) -> bytes:
    """The bytes of the mail nearest to a message; notes and drafts have none."""
    messages = front.ticket_view.messages if front.ticket_view else ()
    at = messages.index(message)
    for near in (*messages[at::-1], *messages[at + 1 :]):
        with suppress(NotFound):
            return front.work.desk.tickets.raw(near.id)
    raise NotFound("No message of this ticket is a mail.")

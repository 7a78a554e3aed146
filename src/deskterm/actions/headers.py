"""Show the mail as it came, headers and all."""

from contextlib import suppress

from deskterm.actions.front import Front
from deskterm.domain.messages import Message
from deskterm.errors import NotFound


def run(front: Front, ids: tuple[int, ...]) -> None:  # noqa: ARG001 - of the mail in front
    """Show the mail in sight, or the nearest one that has its bytes; or the conversation again."""
    conversation = front.conversation
    message = conversation.current
    if conversation.raw_shown or message is None:
        conversation.show_raw(None)
    else:
        conversation.show_raw(_original(front, message))


def _original(front: Front, message: Message) -> bytes:
    """The bytes of the mail nearest to a message: notes and replies may have none."""
    messages = front.ticket_view.messages if front.ticket_view else ()
    at = messages.index(message)
    for near in (*messages[at::-1], *messages[at + 1 :]):
        with suppress(NotFound):
            return front.work.desk.tickets.raw(near.id)
    raise NotFound("No message of this ticket came as a mail.")

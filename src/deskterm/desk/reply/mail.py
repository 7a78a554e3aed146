"""A draft as the outgoing mail: its bytes, its Message-ID, the history quoted below."""

import secrets
from pathlib import Path

from deskterm.desk.reply.ticket_context import TicketContext, load_context
from deskterm.desk.shop import DeskContext
from deskterm.domain.figures.survey_answers import SURVEYS
from deskterm.domain.messages import Address, Message
from deskterm.domain.review.replies import Draft
from deskterm.errors import SendStopped
from deskterm.mail.values import Enclosure, Outgoing
from deskterm.mail.writing.compose import compose, message_id, quote, recipients, reply_references
from deskterm.storage.mail import messages
from deskterm.storage.schema.database import Tx
from deskterm.value_class import dataclass


@dataclass(frozen=True, slots=True)
class Composed:
    """A mail ready to be queued."""

    message_id: str
    raw: bytes
    recipients: tuple[str, ...]


def compose_mail(
    tx: Tx, shop: DeskContext, draft: Draft, sender: Address, now: int, *, automatic: bool = False
) -> Composed:
    """Compose the draft as a mail dated `now`; `automatic` if no person sends it.

    Raises SendStopped for what no mail can carry.
    """
    at = load_context(tx, draft.ticket_id)
    parent = at.answered_mail
    offset = shop.formats.local(now).utcoffset()
    mail = Outgoing(
        sender=sender,
        to=draft.to,
        cc=draft.cc,
        bcc=draft.bcc,
        subject=draft.subject,
        text=draft.body.lstrip("\n"),  # a forward may have no text above it
        message_id=message_id(draft.sender.rpartition("@")[2], secrets.token_hex(12)),
        date=now,
        zone=int(offset.total_seconds()) // 60 if offset else 0,
        in_reply_to=parent.message_id if parent else "",
        references=_references(tx, parent),
        attachments=tuple(_read_attachment(Path(name)) for name in draft.attachments),
        quoted=quoted_history(shop, draft, at),
        automatic=automatic or draft.macro in SURVEYS,
    )
    return Composed(mail.message_id, compose(mail), recipients(mail))


def quoted_history(shop: DeskContext, draft: Draft, at: TicketContext) -> str:
    """The answered mail as quoted below the reply; empty unless the draft wants it."""
    parent = at.answered_mail if draft.quote else None
    if parent is None:
        return ""
    name = parent.sender.name or parent.sender.address
    when = f"{shop.formats.date(parent.at)}, {shop.formats.time(parent.at)}"
    return quote(parent.own_words, f"On {when}, {name} wrote:")


def _references(tx: Tx, parent: Message | None) -> tuple[str, ...]:
    if parent is None or not parent.message_id:
        return ()
    return reply_references(messages.references(tx, parent.id), parent.message_id)


def _read_attachment(path: Path) -> Enclosure:
    import mimetypes  # noqa: PLC0415 - reads the system's tables; most replies have no file

    try:
        content = path.read_bytes()
    except OSError as error:
        raise SendStopped(
            f"The attachment {path.name} cannot be read: {error.strerror}.",
            safe="The draft is kept.",
            todo="Remove it, or attach it again.",
        ) from error
    return Enclosure(path.name, mimetypes.guess_type(path.name)[0] or "application/octet-stream", content)

"""Recording that a reply written here has gone out: it becomes a message of its ticket."""

from deskterm.domain.events import By, What
from deskterm.domain.messages import Direction, MachineKind
from deskterm.domain.review.replies import Draft, OutboxRow
from deskterm.domain.tickets import Status, Ticket
from deskterm.intake.also_answered import repeat_sent
from deskterm.intake.planned_replies import follow
from deskterm.storage import changes, events, tickets
from deskterm.storage.mail import messages, summaries
from deskterm.storage.mail.new_message import NewMessage, new_message, without_identity
from deskterm.storage.replies import outbox
from deskterm.storage.schema.database import Tx
from deskterm.storage.ticket_work import merging, promises


def record_sent_reply(tx: Tx, outbox_id: int, at: int) -> int:
    """Store a sent reply as a message of its ticket; `at` (UTC seconds) it went. Returns the message's id.

    Whoever marks an outbox row as sent calls this in the same transaction. The copy found later in Sent is
    recognised by its Message-ID and changes nothing; one found before is marked as written here.
    """
    draft, row = outbox.draft(tx, outbox_id), outbox.get(tx, outbox_id)
    raw = outbox.raw(tx, outbox_id)
    promises.mark_letter_sent(tx, row.message_id, at)
    ticket = tickets.get(tx, draft.ticket_id)
    known = messages.find_by_message_id(tx, row.message_id)
    if known is not None:
        messages.written_here(tx, known, draft.macro)
        _put_after(tx, row, ticket.id, at)
        _open_again(tx, ticket, at)
        _answer_others(tx, draft, row, raw, known, at)
        follow(tx, outbox_id, at)
        return known
    new = _message_of(draft, row, raw, at)
    made = messages.add(tx, ticket.id, new, customer_id=ticket.customer_id, order_id=draft.order_id)
    merging.put_home(tx, made, draft.ticket_id)
    _put_after(tx, row, ticket.id, at)
    if not row.automatic:  # what a rule sends does not count as our answer
        events.add(tx, events.new_action(tx), ticket.id, at, By.SYNC, What.REPLY, None, made)
    follow(tx, outbox_id, at)
    summaries.mark_aside(tx, [ticket.id])
    tickets.refresh(tx, [ticket.id])
    _answer_others(tx, draft, row, raw, made, at)
    return made


def _put_after(tx: Tx, row: OutboxRow, ticket_id: int, at: int) -> None:
    """Let what came while a reply waited count from after it; a planned one is held back for such mail."""
    if row.planned_at is None and not row.automatic:
        summaries.put_after_reply(tx, ticket_id, row.id, row.queued_at, at)


def _open_again(tx: Tx, ticket: Ticket, at: int) -> None:
    """Open a ticket again that the copy of our reply made look answered, although mail came meanwhile."""
    tickets.refresh(tx, [ticket.id])
    unanswered = tickets.get(tx, ticket.id).unanswered_since
    if ticket.status is Status.WAITING and ticket.unanswered_since is None and unanswered is not None:
        changes.change(tx, ticket.id, at, By.SYNC, status=Status.OPEN)


def _answer_others(  # noqa: PLR0917 - what a message is made from
    tx: Tx, draft: Draft, row: OutboxRow, raw: bytes, message_id: int, at: int
) -> None:
    if draft.also:
        again = without_identity(_message_of(draft, row, raw, at))
        repeat_sent(tx, row, message_id, again, at)


def _message_of(draft: Draft, row: OutboxRow, raw: bytes, at: int) -> NewMessage:
    """The message to store for a sent mail, read from its bytes."""
    from deskterm.mail.read import read_mail  # noqa: PLC0415 - 0.1 s of patterns, where mail is read

    read = read_mail(raw, frozenset())
    mail = read.mail
    return new_message(
        direction=Direction.OUT,
        at=at,
        text=read.text,
        raw=raw,
        message_id=mail.message_id,
        parents=mail.parents,
        fingerprint=mail.fingerprint,
        sender=mail.sender,
        to=mail.to,
        cc=mail.cc,
        bcc=draft.bcc,
        subject=mail.subject,
        sent_at=mail.date,
        folds=read.folds,
        links=read.links,
        attachments=mail.attachments,
        macro=draft.macro,
        size=read.size,
        machine=MachineKind.OTHER if row.automatic else MachineKind.HUMAN,
        machine_words="Sent by a rule." if row.automatic else "",
    )

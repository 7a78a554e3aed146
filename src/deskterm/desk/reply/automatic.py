"""Queues letters that nobody pressed a key for (RFC 3834)."""

from deskterm.desk.reply.mail import compose_mail
from deskterm.desk.reply.recipients import sending_mailbox
from deskterm.desk.reply.sending import follows_reply, promised_in
from deskterm.desk.shop import DeskContext
from deskterm.domain.events import By, What
from deskterm.domain.review.replies import Draft, Follows, Review
from deskterm.domain.rules.letters import LetterKind
from deskterm.domain.tickets import Ticket
from deskterm.errors import SendStopped
from deskterm.intake import planned_replies
from deskterm.intake.still_true import order_snapshot
from deskterm.storage import events, tickets
from deskterm.storage.replies import outbox
from deskterm.storage.schema.database import Tx
from deskterm.storage.ticket_work import promises


def queue_automatic(  # noqa: PLR0917 - what a letter is made of
    tx: Tx, shop: DeskContext, review: Review, now: int, kind: LetterKind, action: int
) -> int:
    """Queue a reviewed letter as part of a rule's action; gives its outbox row. The owner's draft stays.

    A letter sent by a rule goes only if nobody writes first, and its ticket changes as the macro says. A mere
    acknowledgement changes nothing: the customer still waits.
    """
    draft = review.draft
    ticket = tickets.get(tx, draft.ticket_id)
    mailbox = sending_mailbox(draft.sender, shop.settings)
    if mailbox is None:
        raise SendStopped(f"No mailbox sends as {draft.sender}.", todo="Add one to config.toml.")
    mail = compose_mail(tx, shop, draft, review.sender, now, automatic=True)
    answers = kind is LetterKind.SEND
    row = outbox.enqueue(
        tx, draft, account=mailbox.name, sender=draft.sender, message_id=mail.message_id, raw=mail.raw,
        recipients=mail.recipients, action=action, at=now, unless_answered=answers,
        send_at=now + shop.settings.undo_seconds, automatic=kind,
    )  # fmt: skip
    standing = order_snapshot(tx, draft) if draft.order_id is not None else ()
    outbox.put_follows(tx, row, Follows(None, order_was=standing))
    value = {"outbox": row, "macro": draft.macro, "planned": False, "automatic": str(kind)}
    events.add(tx, action, ticket.id, now, By.RULE, What.QUEUED, None, value)
    if answers:
        _follow(tx, shop, ticket, draft, now, action, mail.message_id)
    return row


def _follow(  # noqa: PLR0917 - as above
    tx: Tx, shop: DeskContext, ticket: Ticket, draft: Draft, now: int, action: int, message_id: str
) -> None:
    """Apply what follows the letter, as a person's review would say, and note the dates it promises."""
    planned_replies.apply(tx, ticket, follows_reply(shop, ticket, draft, now), now, By.RULE, action=action)
    promised = promised_in(shop, ticket, draft, now)
    if promised:
        made = promises.add(tx, ticket.id, promised, now, message_id)
        events.add(tx, action, ticket.id, now, By.RULE, What.PROMISE, None, {"promises": made})

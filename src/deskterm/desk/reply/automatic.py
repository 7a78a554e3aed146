"""Putting a letter that nobody pressed a key for into the outbox (RFC 3834)."""

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
from deskterm.intake.still_true import order_standing
from deskterm.storage import events, tickets
from deskterm.storage.matters import promises
from deskterm.storage.replies import outbox
from deskterm.storage.schema.database import Tx


def queue_automatic(  # noqa: PLR0917 - what a letter is made of
    tx: Tx, shop: DeskContext, review: Review, now: int, kind: LetterKind, action: int
) -> int:
    """Queue a reviewed letter as part of a rule's action; gives its row. A draft of the owner's stays.

    What a rule sends goes only unless somebody writes first, and its ticket becomes what the macro says. What
    only acknowledges changes nothing: the customer still waits.
    """
    draft = review.draft
    ticket = tickets.get(tx, draft.ticket_id)
    mailbox = sending_mailbox(draft.sender, shop.settings)
    if mailbox is None:
        raise SendStopped(
            f"No mailbox is set up that sends as {draft.sender}.", todo="Look into config.toml."
        )
    mail = compose_mail(tx, shop, draft, review.sender, now, automatic=True)
    answers = kind is LetterKind.SEND
    row = outbox.enqueue(
        tx, draft, account=mailbox.name, sender=draft.sender, message_id=mail.message_id, raw=mail.raw,
        recipients=mail.recipients, action=action, at=now, unless_answered=answers,
        send_at=now + shop.settings.undo_seconds, automatic=kind,
    )  # fmt: skip
    standing = order_standing(tx, draft) if draft.order_id is not None else ()
    outbox.put_follows(tx, row, Follows(None, order_was=standing))
    told = {"outbox": row, "macro": draft.macro, "planned": False, "automatic": str(kind)}
    events.add(tx, action, ticket.id, now, By.RULE, What.QUEUED, None, told)
    if answers:
        _follow(tx, shop, ticket, draft, now, action, mail.message_id)
    return row


def _follow(  # noqa: PLR0917 - as above
    tx: Tx, shop: DeskContext, ticket: Ticket, draft: Draft, now: int, action: int, message_id: str
) -> None:
    """What follows the letter, as the review of a person says it; the dates that it promises are noted."""
    planned_replies.apply(tx, ticket, follows_reply(shop, ticket, draft, now), now, By.RULE, action=action)
    promised = promised_in(shop, ticket, draft, now)
    if promised:
        made = promises.add(tx, ticket.id, promised, now, message_id)
        events.add(tx, action, ticket.id, now, By.RULE, What.PROMISE, None, {"promises": made})

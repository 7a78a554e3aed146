"""The follow-up letter of a macro, days later unless the customer writes: planned with it, in one action."""

from collections.abc import Iterable
from dataclasses import replace
from typing import NamedTuple

from deskterm.desk.reply import drafting, sending
from deskterm.desk.reply.mail import compose_mail
from deskterm.desk.reply.recipients import sending_mailbox
from deskterm.desk.reply.review_case import Moment, case_of, parts_of
from deskterm.desk.reply.sending import When
from deskterm.desk.reply.ticket_context import TicketContext, load_context
from deskterm.desk.shop import DeskContext
from deskterm.domain.events import By, What
from deskterm.domain.playbook import Macro
from deskterm.domain.review.concerns import concerns
from deskterm.domain.review.replies import Draft, Follows, Review
from deskterm.intake.planned_replies import queued_follow_ups
from deskterm.intake.still_true import order_snapshot
from deskterm.storage import events
from deskterm.storage.replies import follow_ups, outbox
from deskterm.storage.schema.database import Tx

_DAY = 86400


class FollowUpLetter(NamedTuple):
    """A follow-up: its draft, when it goes (UTC seconds), and why it is not planned, if so."""

    title: str
    draft: Draft
    goes: int
    refused: str = ""


def plan_follow_up(
    tx: Tx, shop: DeskContext, at: TicketContext, draft: Draft, now: int
) -> FollowUpLetter | None:
    """The follow-up of a draft that goes at `now`; refused unless its own review is green."""
    macros = shop.playbook.current().macros
    first = macros.get(draft.macro)
    wanted = first.effects.follow_up if first else None
    if wanted is None or at.ticket.beside is not None or not sending.answers_customer(tx, draft):
        return None
    macro, goes = macros.get(wanted.macro), now + wanted.days * _DAY
    if macro is None:
        return FollowUpLetter(wanted.macro, draft, goes, "there is no such macro")
    letter = _fill(tx, shop, at, draft, macro, goes)
    case = case_of(tx, shop, at, parts_of(tx, shop, at, letter, goes), Moment(now, goes))
    found = concerns(replace(case, answered=""))  # the "other reply" is the letter before it
    return FollowUpLetter(macro.title, letter, goes, found[0].words if found else "")


def _fill(  # noqa: PLR0917 - what a letter is made from
    tx: Tx, shop: DeskContext, at: TicketContext, draft: Draft, macro: Macro, goes: int
) -> Draft:
    new = replace(drafting.new_draft(shop, at), sender=draft.sender, to=draft.to, cc=draft.cc)
    order = draft.order_id if macro.speaks_of_order else None
    return drafting.with_macro(tx, shop, new, macro, order, goes)


def describe_follow_up(
    tx: Tx, shop: DeskContext, at: TicketContext, draft: Draft, now: int
) -> tuple[str, str]:
    """The follow-up in words (`“Still well?” goes Fri 4 Dec 09:00 unless they write`), else why none."""
    letter = plan_follow_up(tx, shop, at, draft, now)
    if letter is None:
        return "", ""
    if letter.refused:
        return "", f"“{letter.title}” will not follow: {letter.refused}"
    return f"“{letter.title}” goes {shop.formats.ahead(letter.goes, now)} unless they write", ""


def queue_with_follow_up(  # noqa: PLR0917 - as `sending.queue`
    tx: Tx, shop: DeskContext, review: Review, now: int, when: When, filled: str = "", *, action: int = 0
) -> int:
    """Queue a reply as `sending.queue` does, and plan its follow-up in the same action.

    A follow-up of an earlier letter is cancelled: it was written before this one.
    """
    at = load_context(tx, review.draft.ticket_id)
    letter = plan_follow_up(tx, shop, at, review.draft, max(now, when.at or 0))
    answers = sending.answers_customer(tx, review.draft)
    earlier = {one: queued_follow_ups(tx, one) for one in (at.ticket.id, *review.also)} if answers else {}
    action = sending.queue(tx, shop, review, now, when, filled, action=action)
    for ticket, rows in earlier.items():
        replace_follow_ups(tx, ticket, [row.id for row in rows], now, action)
    if letter is not None and not letter.refused:
        _plan(tx, shop, review, letter, now, action)
    return action


def replace_follow_ups(tx: Tx, ticket_id: int, outbox_ids: Iterable[int], now: int, action: int) -> None:
    """Cancel follow-ups in an action that answers the customer; undoing it restores them."""
    for one in outbox_ids:
        follow_ups.set_goes(tx, one, now, goes=False)
        was, new = ({"outbox": one, "goes": goes} for goes in (True, False))
        events.add(tx, action, ticket_id, now, By.OWNER, What.FOLLOW_UP, was, new)


def describe_replaced(tx: Tx, shop: DeskContext, at: TicketContext, draft: Draft, now: int) -> str:
    """Which follow-ups of earlier letters will be cancelled by this draft, in words."""
    if not sending.answers_customer(tx, draft):
        return ""
    macros = shop.playbook.current().macros
    names = ((outbox.draft(tx, row.id).macro, row.send_at) for row in queued_follow_ups(tx, at.ticket.id))
    titles = ((macros[macro].title if macro in macros else macro, goes) for macro, goes in names)
    return "; ".join(f"“{title}” of {shop.formats.ahead(goes, now)} does not go" for title, goes in titles)


def _plan(  # noqa: PLR0917 - as above
    tx: Tx, shop: DeskContext, review: Review, letter: FollowUpLetter, now: int, action: int
) -> None:
    draft = letter.draft
    mailbox = sending_mailbox(draft.sender, shop.settings)
    assert mailbox is not None
    mail = compose_mail(tx, shop, draft, review.sender, letter.goes)
    standing = order_snapshot(tx, draft) if draft.order_id is not None else ()
    row = outbox.enqueue(
        tx, draft, account=mailbox.name, sender=draft.sender, message_id=mail.message_id, raw=mail.raw,
        recipients=mail.recipients, action=action, at=now, unless_answered=True, send_at=letter.goes,
        planned=Follows(None, order_was=standing, follow_up=True),
    )  # fmt: skip
    value = {"outbox": row, "macro": draft.macro, "planned": True, "automatic": "follow-up"}
    events.add(tx, action, draft.ticket_id, now, By.MACRO, What.QUEUED, None, value)

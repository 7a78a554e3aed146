"""Whether a planned reply still says what is so, asked when it is due: it was judged when it was planned."""

from datetime import datetime
from zoneinfo import ZoneInfo

from deskterm.domain.orders.standing import OrderStanding, explain_change, standing_of
from deskterm.domain.review.replies import Draft, OutboxRow
from deskterm.domain.review.timeliness import untimely_words
from deskterm.errors import NotFound
from deskterm.storage import orders, tickets
from deskterm.storage.replies import outbox
from deskterm.storage.schema.database import Tx

_GONE = "the order it is about is not here any more"


def order_standing(tx: Tx, draft: Draft) -> tuple[str, ...]:
    """How the order stands that a draft or its ticket is about; empty where there is none."""
    order_id = _order_of(tx, draft)
    try:
        return standing_of(orders.get(tx, order_id)) if order_id is not None else ()
    except NotFound:
        return ()


def why_untrue(tx: Tx, row: OutboxRow, now: int, zone: ZoneInfo) -> str:
    """Why a reply that is due is not what the owner would say now; "" if nothing speaks against it.

    It was planned, or goes by itself. Its order stands otherwise, a day it names has passed while it waited,
    or its customer has written about the same order on another ticket since (this counts only where it goes
    unless answered).
    """
    draft = outbox.draft(tx, row.id)
    return (
        _order_changed(tx, row, draft) or _day_passed(row, draft, now, zone) or _wrote_beside(tx, row, draft)
    )


def _order_changed(tx: Tx, row: OutboxRow, draft: Draft) -> str:
    follows = outbox.follows(tx, row.id)
    if follows is None or not follows.order_was:
        return ""
    order_id = _order_of(tx, draft)
    try:
        now = standing_of(orders.get(tx, order_id)) if order_id is not None else None
    except NotFound:
        return _GONE
    return explain_change(OrderStanding(*follows.order_was), now) if now else ""


def _day_passed(row: OutboxRow, draft: Draft, now: int, zone: ZoneInfo) -> str:
    """A letter was read as of the day it was planned for or, by itself, queued on: it may go days later."""
    meant, goes = (datetime.fromtimestamp(at, zone).date() for at in (row.planned_at or row.queued_at, now))
    words = untimely_words(draft.body, meant, goes) if goes > meant else ()
    return f"“{words[0]}” is no longer so" if words else ""


def _wrote_beside(tx: Tx, row: OutboxRow, draft: Draft) -> str:
    if not row.unless_answered or not row.history:
        return ""
    ticket = tickets.get(tx, row.ticket_id)
    since, order = row.history[0][0], _order_of(tx, draft)
    other = tickets.newer_question(tx, ticket.id, ticket.customer_id, order, since)
    return f"the customer has written since, on T{other}" if other else ""


def _order_of(tx: Tx, draft: Draft) -> int | None:
    return draft.order_id if draft.order_id is not None else tickets.get(tx, draft.ticket_id).order_id

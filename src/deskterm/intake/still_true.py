"""Whether a planned reply is still true when it is due. Its review was at the time of planning."""

from datetime import datetime
from zoneinfo import ZoneInfo

from deskterm.domain.orders.snapshot import OrderSnapshot, explain_change, snapshot_of
from deskterm.domain.review.replies import Draft, OutboxRow
from deskterm.domain.review.timeliness import untimely_words
from deskterm.errors import NotFound
from deskterm.storage import orders, tickets
from deskterm.storage.replies import outbox
from deskterm.storage.schema.database import Tx

_GONE = "the order it is about is not here any more"


def order_snapshot(tx: Tx, draft: Draft) -> tuple[str, ...]:
    """The state of the order that a draft or its ticket is about; empty if there is none."""
    order_id = _order_of(tx, draft)
    try:
        return snapshot_of(orders.get(tx, order_id)) if order_id is not None else ()
    except NotFound:
        return ()


def why_untrue(tx: Tx, row: OutboxRow, now: int, zone: ZoneInfo) -> str:
    """Why the owner would no longer send a planned or automatic reply that is due; "" if nothing has changed.

    Its order has another state, a day it names has passed, or its customer has written about the same order
    on another ticket since (this counts only for a reply that goes "unless answered").
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
        now = snapshot_of(orders.get(tx, order_id)) if order_id is not None else None
    except NotFound:
        return _GONE
    return explain_change(OrderSnapshot(*follows.order_was), now) if now else ""


def _day_passed(row: OutboxRow, draft: Draft, now: int, zone: ZoneInfo) -> str:
    """What a letter says about days and is wrong now. Its review was for the day it was planned or queued."""
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

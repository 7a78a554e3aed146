"""A letter about a parcel of which nothing has been heard for longer than the shop's policy allows."""

from collections.abc import Collection

from deskterm.desk.reply.order_options import options
from deskterm.desk.reply.request import customer_request
from deskterm.desk.reply.ticket_context import TicketContext
from deskterm.desk.shop import DeskContext
from deskterm.domain.orders.radar import silent_parcel
from deskterm.domain.review.order_needs import Need
from deskterm.domain.review.replies import Draft
from deskterm.domain.review.under_way import says_under_way
from deskterm.domain.suggest.suggest import category
from deskterm.storage import orders
from deskterm.storage.schema.database import Tx

_DAY = 86400
_LAST_SCAN, _NEWS_BY = "tracking.last_scan", "ticket.news_by"


def describe_silence(tx: Tx, shop: DeskContext, at: TicketContext, draft: Draft, goes: int) -> str:
    """Since when the parcel of the draft's order has been silent when the letter goes; "" if it is not.

    Without an order in the draft, that is the one the ticket is certainly about.
    """
    certain = (one.order.id for one in options(tx, at) if one.certain)
    order_id = draft.order_id if draft.order_id is not None else next(certain, None)
    if order_id is None:
        return ""
    order = orders.get(tx, order_id)
    found = silent_parcel(order, goes, shop.settings.policy.silent_after_days)
    if found is None:
        return ""
    parcel, since = found
    days = f"{shop.formats.day(since)} ({(goes - since) // _DAY} days)"
    if parcel.last_scan_at:
        return f"The parcel of {order.mark} has not moved since {days}."
    if parcel.shipped_at:
        return f"Nothing is known of the parcel of {order.mark} since it left on {days}."
    return f"Nothing is known of the parcel of {order.mark}, which was ordered on {days}."


def asks_for_parcel(shop: DeskContext, at: TicketContext) -> bool:
    """Whether the newest mail is of a category that has macros for parcels which have not arrived."""
    playbook = shop.playbook.current()
    late = {one.category for one in playbook.macros.values() if Need.NOT_DELIVERED in one.needs} - {""}
    request = customer_request(at, playbook)
    return (request.category or category(request.words, request.subject, playbook)) in late


def speaks_as_if_moving(words: str, values: Collection[str], *, claims: bool, asked: bool) -> bool:
    """Whether a letter may tell of a silent parcel as if all were well.

    Words alone do not show it, as a parcel can be promised in many ways. So every letter counts whose
    customer has `asked` for the parcel, or that has tracking in it; `values` are the names of its values.

    A letter that names the last scan knows better. So does one that `claims` that something was done, unless
    it says that the parcel is on its way and promises no news.
    """
    if _LAST_SCAN in values:
        return False
    if claims:
        return _NEWS_BY not in values and says_under_way(words)
    tracked = any(name.startswith("tracking.") or name == "order.tracking" for name in values)
    return asked or tracked or says_under_way(words)

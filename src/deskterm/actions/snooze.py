"""Hide tickets until a time, or until something happens."""

from dataclasses import replace
from typing import TYPE_CHECKING

from deskterm.actions import time_options
from deskterm.actions.front import Front
from deskterm.actions.products import pick_product
from deskterm.domain.moments import TRIES, suggested_times
from deskterm.domain.products.naming import choices_of
from deskterm.widgets.picker import Option

_SHIPPED, _BACK, _ASKED = "shipped", "back", "asked"
_CUSTOMER_ASKED = Option(_ASKED, "the customer asked me to wait", "c", "pick until when")
_SHIPS = "when until once it is has been the order shipped ships sent leaves left"
_COMES_BACK = "when until once it is are they back in stock again available"


if TYPE_CHECKING:
    from deskterm.domain.views import Done


async def run(front: Front, ids: tuple[int, ...]) -> None:
    """Snooze until a picked or typed time, or until the store reports what is waited for."""
    work = front.work
    found = time_options.options(work, suggested_times(work.formats.local(work.now())))
    until = await front.pick(
        "Snooze until",
        [*found, *_events(front, ids), _CUSTOMER_ASKED],
        lambda words: time_options.parse_typed_time(work, words) or _cannot_wait(front, ids, words),
        tries=f"{TRIES}, when shipped",
    )
    if until == _SHIPPED:
        await front.change(ids, work.desk.products.stock_list.snooze_until_shipped, gone=True)
    elif until == _BACK:
        await _until_back(front, ids[0])
    elif until == _ASKED:
        await _as_customer_asked(front, ids)
    elif until:
        await _until_time(front, ids, int(until))


async def _as_customer_asked(front: Front, ids: tuple[int, ...]) -> None:
    """Snooze because the customer asked: the figures do not count that time as waiting."""
    work = front.work
    until = await front.pick(
        "The customer asked me to wait until",
        time_options.options(work, suggested_times(work.formats.local(work.now()))),
        lambda words: time_options.parse_typed_time(work, words),
        tries=TRIES,
    )
    if until:
        await _until_time(front, ids, int(until), asked=True)


def _events(front: Front, ids: tuple[int, ...]) -> list[Option]:
    """The events of its order and products that the ticket can wait for."""
    view = front.ticket_view
    if view is None or len(ids) > 1:
        return [Option(_SHIPPED, "the order ships", "s", "30 days at most", names=_SHIPS)] if view else []
    order = view.order.order if view.order else None
    options = []
    if order and not order.on_its_way and order.cancelled_at is None:
        options.append(Option(_SHIPPED, f"order {order.mark} ships", "s", "30 days at most", names=_SHIPS))
    if any(not one.variant.in_stock for beside in view.products for one in choices_of(beside.product)):
        options.append(Option(_BACK, "back in stock", "k", "30 days at most", names=_COMES_BACK))
    return options


def _cannot_wait(front: Front, ids: tuple[int, ...], words: str) -> list[Option]:
    """Why a typed event cannot be waited for here; empty for other words."""
    typed = words.casefold().split()
    offered = {one.value for one in _events(front, ids)}
    for value, names, why in (
        (_SHIPPED, _SHIPS, "no order here is waiting to ship"),
        (_BACK, _COMES_BACK, "no product of this ticket is out of stock"),
    ):
        known = names.split()
        if value not in offered and len(typed) > 1 and all(word in known for word in typed):
            return [Option("", words, detail=why, off=True)]
    return []


async def _until_time(front: Front, ids: tuple[int, ...], at: int, *, asked: bool = False) -> None:
    work = front.work

    def snooze_until(ids: tuple[int, ...], now: int) -> "Done":
        done = work.desk.tickets.snooze(ids, at, now, asked=asked)
        return replace(done, words=f"{done.words} until {work.formats.ahead(at, now)}")

    await front.change(ids, snooze_until, gone=True)


async def _until_back(front: Front, ticket_id: int) -> None:
    found = await pick_product(
        front, ticket_id, "Until which is back in stock?", only=lambda one: not one.variant.in_stock
    )
    if found is None:
        return
    _, choice = found

    def snooze_until(ids: tuple[int, ...], now: int) -> "Done":
        return front.work.desk.products.stock_list.snooze_until_back(ids[0], choice, now)

    await front.change((ticket_id,), snooze_until, gone=True)

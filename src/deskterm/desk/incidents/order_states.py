"""The state of each order of an incident: to be told, told, answered, cancelled, shipped, or left out."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from deskterm.domain.incidents.incident import Incident, IncidentKind, IncidentNews, IncidentRow, OrderState
from deskterm.domain.orders.order import Fulfilment, Order, Payment
from deskterm.storage import customers, tickets
from deskterm.storage.acting import incidents
from deskterm.storage.acting.incidents import IncidentLetter
from deskterm.storage.schema.database import Tx

_WAITS_FOR_PARCEL = frozenset({IncidentKind.DELAY, IncidentKind.SHORTAGE})
_Who = int | str  # a customer's id, or the address of one who never wrote
_SENT = frozenset({Fulfilment.SHIPPED, Fulfilment.DELIVERED})


class _NewsTimes(NamedTuple):
    """When this round's news, any news, and the shipping were announced in a ticket (UTC seconds)."""

    now_at: int | None
    ever_at: int | None
    ship_at: int | None


def rows_of(tx: Tx, incident: Incident) -> tuple[IncidentRow, ...]:
    """Its orders, oldest first. A customer is told once per round, about their oldest order to tell."""
    rows = list(_rows(tx, incident))
    mains = _mains(rows)
    return tuple(_beside(row, mains.get(who, row)) for who, row in rows)


def _mains(rows: Iterable[tuple[_Who, IncidentRow]]) -> dict[_Who, IncidentRow]:
    """The order for which each customer is told: that of this round's letter, else the oldest to tell."""
    mains: dict[_Who, IncidentRow] = {}
    for who, row in sorted(rows, key=lambda one: not one[1].told_now):
        if row.told_now or row.state is OrderState.TO_TELL:
            mains.setdefault(who, row)
    return mains


def _rows(tx: Tx, incident: Incident) -> Iterator[tuple[_Who, IncidentRow]]:
    """Each order by itself, with its customer."""
    found = incidents.orders_of(tx, incident.id)
    letters = incidents.letters_of(tx, incident.id)
    places = {order.id: tickets.root(tx, ticket) if ticket else 0 for order, ticket in found}
    wrote = incidents.written_since(tx, set(places.values()) - {0})
    for order, _ in found:
        ticket = places[order.id]
        told_at = _news_times_in(letters, ticket, incident)
        who = customers.find_by_address(tx, order.email) or order.email.casefold()
        yield who, _row(incident, order, ticket, told_at, wrote.get(ticket, 0))


def _news_times_in(letters: list[IncidentLetter], ticket: int, incident: Incident) -> _NewsTimes:
    here = [one for one in letters if ticket and one.ticket_id == ticket]
    news = [one for one in here if one.says is IncidentNews.NEWS]
    shipped = [one.at for one in here if one.says is IncidentNews.SHIPPED]
    this = [one.at for one in news if one.round == incident.round]
    return _NewsTimes(
        max(this, default=None), max((one.at for one in news), default=None), max(shipped, default=None)
    )


def _row(incident: Incident, order: Order, ticket: int, told_at: _NewsTimes, wrote_at: int) -> IncidentRow:
    state, why = _state(incident, order, told_at, wrote_at)
    return IncidentRow(
        order,
        state,
        told_at.now_at or told_at.ever_at,
        ticket,
        why,
        ship_told=told_at.ship_at is not None,
        told_now=told_at.now_at is not None,
    )


def _state(incident: Incident, order: Order, told_at: _NewsTimes, wrote_at: int) -> tuple[OrderState, str]:
    if order.cancelled_at is not None or order.fulfilment is Fulfilment.CANCELLED:
        return OrderState.CANCELLED, ""
    if incident.kind in _WAITS_FOR_PARCEL and order.fulfilment in _SENT:
        return OrderState.SHIPPED, "" if told_at.ever_at else "shipped before anybody was told"
    if told_at.now_at is not None:
        return (OrderState.ANSWERED if wrote_at > told_at.now_at else OrderState.TOLD), ""
    if not order.email:
        return OrderState.LEFT_OUT, "no mail address"
    if incident.kind in _WAITS_FOR_PARCEL and order.payment is Payment.REFUNDED:
        return OrderState.LEFT_OUT, "refunded"
    return OrderState.TO_TELL, ""


def _beside(row: IncidentRow, main: IncidentRow) -> IncidentRow:
    """The row of another order of a customer who is told about `main`."""
    if row is main or row.state not in (OrderState.TO_TELL, OrderState.TOLD, OrderState.ANSWERED):
        return row
    why = f"told with {main.order.mark}" if main.told_now else f"will be told with {main.order.mark}"
    return IncidentRow(
        row.order, OrderState.LEFT_OUT, main.told_at, main.ticket_id, why, beside=main.order.id
    )

"""The steps of a Shopify return: label, parcel, refund."""

from collections.abc import Iterable, Iterator, Sequence

from deskterm.domain.orders.returns import OrderReturn, ReturnState
from deskterm.domain.text import line
from deskterm.sync.stores.graphql import Answered
from deskterm.sync.stores.reading import utc_seconds
from deskterm.sync.stores.shopify.answers import Listed, OrderRow, ReturnRow
from deskterm.sync.stores.shopify.wire import ShopifyWire

_AT_ONCE = 25  # returns per query
_STATES = {
    "REQUESTED": ReturnState.REQUESTED,
    "OPEN": ReturnState.OPEN,
    "CLOSED": ReturnState.CLOSED,
    "DECLINED": ReturnState.DECLINED,
    "CANCELED": ReturnState.CANCELLED,
}


class WhenRow(Answered):
    """Something that has a time."""

    created_at: str | None = None


class DeliverableRow(Answered):
    """What belongs to a return parcel; a label only if Shopify made it."""

    label: WhenRow | None = None


class ReverseDeliveryRow(Answered):
    """A return parcel."""

    deliverable: DeliverableRow | None = None


class DisposedLineRow(Answered):
    """A returned line, with what became of its pieces."""

    dispositions: tuple[WhenRow, ...] = ()


class ReverseOrderRow(Answered):
    """Goods to be returned together."""

    reverse_deliveries: Listed[ReverseDeliveryRow]
    line_items: Listed[DisposedLineRow]


class ReturnStepsRow(Answered):
    """A return with its steps."""

    id: str
    refunds: Listed[WhenRow] | None = None
    reverse_fulfillment_orders: Listed[ReverseOrderRow] | None = None

    @property
    def label_at(self) -> int | None:
        """When the first label was made."""
        found = (two.deliverable for one in self._orders for two in one.reverse_deliveries.nodes)
        return _first(one.label for one in found if one and one.label)

    @property
    def back_at(self) -> int | None:
        """When the first piece was received."""
        lines = (two for one in self._orders for two in one.line_items.nodes)
        return _first(when for one in lines for when in one.dispositions)

    @property
    def money_at(self) -> int | None:
        """When it was refunded."""
        return _first(self.refunds.nodes if self.refunds else ())

    @property
    def _orders(self) -> list[ReverseOrderRow]:
        return self.reverse_fulfillment_orders.nodes if self.reverse_fulfillment_orders else []


class StepsAnswer(Answered):
    """Returns by their ids; null for each that is not there."""

    nodes: list[ReturnStepsRow | None]


def ask_steps(wire: ShopifyWire, rows: Iterable[OrderRow]) -> dict[str, ReturnStepsRow]:
    """Read the steps of the unfinished returns of these orders, by Shopify's ids."""
    going = [one.id for row in rows for one in _open_returns(row)]
    found: dict[str, ReturnStepsRow] = {}
    for at in range(0, len(going), _AT_ONCE):
        some = wire.ask("return_steps", StepsAnswer, ids=going[at : at + _AT_ONCE]).nodes
        found |= {one.id: one for one in some if one is not None}
    return found


def returns_of(row: OrderRow, steps: dict[str, ReturnStepsRow]) -> tuple[OrderReturn, ...]:
    """An order's returns. Raises BrokenRow for an invalid time."""
    return tuple(_return(one, steps.get(one.id)) for one in _listed_returns(row))


def _return(one: ReturnRow, steps: ReturnStepsRow | None) -> OrderReturn:
    return OrderReturn(
        opened_at=utc_seconds(one.created_at),
        name=line(one.name)[:100],
        state=_STATES.get(one.status, ReturnState.OPEN),
        pieces=one.total_quantity,
        label_at=steps.label_at if steps else None,
        back_at=steps.back_at if steps else None,
        money_at=steps.money_at if steps else None,
        closed_at=utc_seconds(one.closed_at) if one.closed_at else None,
        external_id=one.id.rpartition("/")[2],
    )


def _open_returns(row: OrderRow) -> Iterator[ReturnRow]:
    return (one for one in _listed_returns(row) if one.status in ("OPEN", "REQUESTED"))


def _listed_returns(row: OrderRow) -> Sequence[ReturnRow]:
    return row.returns.nodes if row.returns else ()


def _first(found: Iterable[WhenRow]) -> int | None:
    return min((utc_seconds(one.created_at) for one in found if one.created_at), default=None)

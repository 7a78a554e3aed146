"""Reading a shop's orders: all of them by a bulk operation, then what changed, oldest change first."""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

import msgspec
from msgspec import structs

from deskterm.config.settings_file import Store
from deskterm.domain.orders.order import Order, Shipment, TrackingSource
from deskterm.domain.text import line
from deskterm.sync.stores.adapter import OrderGap, OrderPage
from deskterm.sync.stores.graphql import Answered
from deskterm.sync.stores.reading import BrokenRow, utc_seconds
from deskterm.sync.stores.rows import describe_row, find_key
from deskterm.sync.stores.shopify import bulk
from deskterm.sync.stores.shopify.answers import EventRow, LineRow, Listed, OrderRow
from deskterm.sync.stores.shopify.orders import order_of_row
from deskterm.sync.stores.shopify.products.return_steps import ask_steps
from deskterm.sync.stores.shopify.rights import fault_gap
from deskterm.sync.stores.shopify.times import not_later, step_back
from deskterm.sync.stores.shopify.wire import ShopifyWire, TooCostly

_BULK, _SINCE = "bulk", "since"
_AT_ONCE = 200  # orders per page of a bulk file
_MOST = 100  # orders per page, until Shopify tells what a page costs
_POLLS = (1.0, 1.0, 2.0, 3.0, 5.0)  # seconds between polls of a bulk operation; the last one repeats


class OrdersAnswer(Answered):
    """A page of orders, each as undecoded text."""

    orders: Listed[msgspec.Raw]


class NodesAnswer(Answered):
    """Orders by their ids; null for each that is not there."""

    nodes: list[msgspec.Raw]


class _OrderLines(Answered):
    line_items: Listed[LineRow]


class _LinesAnswer(Answered):
    order: _OrderLines | None = None


class _ParcelEvents(Answered):
    id: str
    events: Listed[EventRow]


class _OrderEvents(Answered):
    fulfillments: list[_ParcelEvents]

    @property
    def newest(self) -> dict[str, EventRow]:
        """The newest event of each parcel that has one, by the parcel's number."""
        return {
            one.id.rpartition("/")[2]: one.events.nodes[0] for one in self.fulfillments if one.events.nodes
        }


class EventsAnswer(Answered):
    """What the carriers reported of an order's parcels."""

    order: _OrderEvents | None = None


class OrderReading:
    """One reading of a shop with the rights `customers` and `returns`, or without."""

    def __init__(
        self,
        store: Store,
        wire: ShopifyWire,
        now: int,
        *,
        customers: bool,
        returns: bool,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self._store, self._wire, self._now, self._sleep = store, wire, now, sleep
        self._rights = {"customers": customers, "returns": returns}
        self._admin = admin_address(store)
        self._size = _MOST
        self._hidden: set[OrderGap] = set()

    def pages(self, cursor: str) -> Iterator[OrderPage]:
        """The orders since a cursor: `since TIME`, `bulk ID TIME`, or nothing for all."""
        word, _, rest = cursor.partition(" ")
        if word == _SINCE:
            yield from self._changes(rest)
        elif word == _BULK:
            operation, _, begun = rest.partition(" ")
            yield from self._bulk(operation, begun)
        else:
            yield from self._first()

    def by_ids(self, ids: Sequence[str]) -> tuple[list[OrderRow], list[OrderGap]]:
        """Orders by Shopify's ids; unknown ones are missing."""
        gids = [order_gid(one) for one in ids]
        found = self._ask_fitting("orders_by_id", NodesAnswer, gids).nodes
        return self._whole_rows([raw for raw in found if bytes(raw) not in (b"null", b"{}")])

    def with_carriers_words(self, order: Order) -> Order:
        """The order, with the carriers' last events of its parcels."""
        if not order.shipments:
            return order
        found = self._wire.ask("carrier_events", EventsAnswer, id=order_gid(order.external_id)).order
        events = found.newest if found else {}
        return replace(order, shipments=tuple(_with_event(one, events) for one in order.shipments))

    def _ask_fitting(self, name: str, kind: type[NodesAnswer], ids: list[str]) -> NodesAnswer:
        try:
            return self._wire.ask(name, kind, ids=ids, **self._rights)
        except TooCostly:
            if len(ids) == 1:
                raise
            half = len(ids) // 2
            parts = [self._ask_fitting(name, kind, part) for part in (ids[:half], ids[half:])]
            return NodesAnswer(nodes=[raw for part in parts for raw in part.nodes])

    def _first(self) -> Iterator[OrderPage]:
        """Start a first reading: a shop whose orders fit on a page needs no bulk file."""
        page = self._ask_page(None, None)
        if page.page_info is None or not page.page_info.has_next_page:
            yield self._page(page.nodes, "")
            return
        operation = bulk.start_bulk(self._wire, **self._rights)
        if operation is None:
            yield from self._changes("", page)
            return
        yield OrderPage((), f"{_BULK} {operation.id} {operation.created_at}")
        yield from self._bulk(operation.id, operation.created_at)

    def _bulk(self, operation: str, begun: str) -> Iterator[OrderPage]:
        """The file of that operation, else all orders. Each look is a page, so that one may stop there."""
        cursor, waits = f"{_BULK} {operation} {begun}", iter(_POLLS)
        while (state := bulk.poll_bulk(self._wire, operation)) and state.is_running:
            yield OrderPage((), cursor)
            self._sleep(next(waits, _POLLS[-1]))
        if state is None or not state.is_complete:
            yield from self._changes("")
            return
        if state.url:
            yield from self._of_file(state.url, cursor, state.orders)
        yield OrderPage((), f"{_SINCE} {begun}")

    def _of_file(self, url: str, cursor: str, left: int) -> Iterator[OrderPage]:
        """The orders of the file, of which `left` are in it as far as is known."""
        rows: list[OrderRow] = []
        gaps: list[OrderGap] = []
        for found in bulk.read_bulk(self._store, url):
            if isinstance(found, OrderRow):
                rows.append(found)
            else:
                gaps.append(OrderGap(f"an order has another form: {found[1]}", found[0]))
            if len(rows) >= _AT_ONCE:
                left -= len(rows)
                more = left if left > 0 else None
                yield OrderPage(self.orders_of(rows, gaps), cursor, tuple(gaps), left=more)
                rows, gaps = [], []
        yield OrderPage(self.orders_of(rows, gaps), cursor, tuple(gaps), left=0)

    def _changes(self, since: str, page: Listed[msgspec.Raw] | None = None) -> Iterator[OrderPage]:
        """What changed since a time, oldest first: an order edited meanwhile is met again at the end."""
        query = f"updated_at:>='{step_back(since)}'" if since else None
        page = page or self._ask_page(None, query)
        while True:
            taken = self._page(page.nodes, since)
            since = taken.cursor.partition(" ")[2]
            yield taken
            if page.page_info is None or not page.page_info.has_next_page:
                return
            page = self._ask_page(page.page_info.end_cursor, query)

    def _ask_page(self, after: str | None, query: str | None) -> Listed[msgspec.Raw]:
        """A page as large as Shopify allows; it tells how much when asked for too much."""
        while True:
            try:
                return self._wire.ask(
                    "orders", OrdersAnswer, first=self._size, after=after, query=query, **self._rights
                ).orders
            except TooCostly as refusal:
                if self._size == 1:
                    raise
                self._size = max(1, min(self._size - 1, int(self._size * refusal.share * 0.95)))

    def _page(self, nodes: list[msgspec.Raw], since: str) -> OrderPage:
        rows, gaps = self._whole_rows(nodes)
        orders = self.orders_of(rows, gaps)
        newest = not_later(max([since, *(row.updated_at for row in rows)]), self._now)
        return OrderPage(orders, f"{_SINCE} {newest}" if newest else "", tuple(gaps))

    def orders_of(self, rows: Sequence[OrderRow], gaps: list[OrderGap]) -> tuple[Order, ...]:
        """The orders of rows, with what happened of their returns; what cannot be read goes to the gaps."""
        steps = ask_steps(self._wire, rows)
        orders: list[Order] = []
        for row in rows:
            try:
                orders.append(order_of_row(self._store.name, self._admin, row, steps))
            except BrokenRow as broken:
                gaps.append(OrderGap(f"{line(row.name)[:40]}: {broken}", row.legacy_resource_id))
        return tuple(orders)

    def _whole_rows(self, nodes: list[msgspec.Raw]) -> tuple[list[OrderRow], list[OrderGap]]:
        rows: list[OrderRow] = []
        gaps = self._new_gaps()
        for raw in nodes:
            try:
                rows.append(self._with_all_lines(msgspec.json.decode(raw, type=OrderRow)))
            except msgspec.DecodeError as error:
                key = find_key(raw, ("legacyResourceId", "id"))
                gaps.append(OrderGap(f"an order has another form: {describe_row(error)}", key))
        return rows, gaps

    def _with_all_lines(self, row: OrderRow) -> OrderRow:
        lines = row.line_items
        if lines is None:
            return row
        found, info = list(lines.nodes), lines.page_info
        while info and info.has_next_page:
            more = self._wire.ask("more_lines", _LinesAnswer, id=row.id, after=info.end_cursor).order
            if more is None:
                break
            found += more.line_items.nodes
            info = more.line_items.page_info
        return structs.replace(row, line_items=Listed(nodes=found))

    def _new_gaps(self) -> list[OrderGap]:
        """What the shop hides, reported once per reading."""
        found = {fault_gap(fault) for fault in self._wire.take_faults()} - self._hidden
        self._hidden |= found
        return sorted(found, key=lambda gap: gap.words)


def order_gid(number: str) -> str:
    """Shopify's global id of the order with that number."""
    return f"gid://shopify/Order/{number}"


def admin_address(store: Store) -> str:
    """The address of the shop's admin."""
    return f"{store.address.rstrip('/')}/admin"


def _with_event(shipment: Shipment, events: Mapping[str, EventRow]) -> Shipment:
    event = events.get(shipment.external_id)
    if event is None:
        return shipment
    where = ", ".join(part for part in (event.city, event.country) if part)
    words = event.status.replace("_", " ").lower() + (f" ({where})" if where else "")
    at = utc_seconds(event.happened_at)
    return replace(
        shipment,
        last_scan_at=max(at, shipment.last_scan_at or 0),
        status=line(words)[:100],
        source=TrackingSource.CARRIER,
    )

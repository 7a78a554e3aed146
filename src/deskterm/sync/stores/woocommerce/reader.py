"""Reading WooCommerce's orders, with refunds, notes and fulfilments, which need separate requests."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

import msgspec

from deskterm.config.store import Store
from deskterm.domain.orders.order import Fulfilment, Order
from deskterm.domain.orders.reported import count_parcels
from deskterm.errors import NotFound, ServerNonsense, ServerRefused
from deskterm.sync.stores.adapter import OrderGap, OrderPage, OrderPart
from deskterm.sync.stores.reading import BrokenRow
from deskterm.sync.stores.rows import decode, decode_row, describe_row, find_key, split_rows
from deskterm.sync.stores.woocommerce.changes import PAGE, RowPage, total_of
from deskterm.sync.stores.woocommerce.line import WooLine
from deskterm.sync.stores.woocommerce.orders import DRAFTS, to_note, to_order, to_seconds
from deskterm.sync.stores.woocommerce.rows import (
    WooFulfilment,
    WooHead,
    WooNote,
    WooOrder,
    WooRefund,
    WooState,
)
from deskterm.sync.stores.woocommerce.tracking import has_fulfilments, read_fulfilments, read_parcels
from deskterm.value_class import dataclass

_FIELDS = ",".join(WooOrder.__struct_fields__)  # makes the answers a third smaller
_FRESH = 3 * 86_400  # seconds after its last change for which a listed order's fulfilments are requested
_UNSENT = (Fulfilment.UNFULFILLED, Fulfilment.UNKNOWN)


@dataclass(slots=True)
class OrderReader:
    """Reads orders of one store as of `now` (UTC seconds)."""

    woo: WooLine
    store: Store
    now: int

    def ask_orders(self, asked: Mapping[str, str]) -> RowPage:
        """A page of undecoded orders of any status but trash."""
        return self._list({"status": "any", "_fields": _FIELDS, **asked})

    def pages(self, rows: Sequence[object], cursor: str, left: int | None = None) -> Iterator[OrderPage]:
        """RowPage orders as deskterm's. Notes, and old orders' fulfilments, stay as they are at hand.

        `left` of them are known to follow these.
        """
        gaps: list[OrderGap] = []
        orders = [row for raw in rows if (row := _decode_order(raw, gaps)) and row.status not in DRAFTS]
        refunds = self._refunds(orders)
        late = [row for row in orders if has_fulfilments(row.meta_data) and not self._is_fresh(row)]
        now = [row for row in orders if row not in late]
        kept = frozenset({OrderPart.NOTES})
        if late:
            found = tuple(self._orders(late, refunds, gaps))
            more = None if left is None else left + len(now)
            yield OrderPage(found, cursor, kept=kept | {OrderPart.SHIPMENTS}, left=more)
        yield OrderPage(tuple(self._orders(now, refunds, gaps)), cursor, tuple(gaps), kept=kept, left=left)

    def one(self, external_id: str) -> Order:
        """An order with all its parts. Raises NotFound if it is deleted or in the trash."""
        row = decode(self.woo.get(f"orders/{external_id}"), WooOrder)
        if row.status == "trash":
            raise NotFound(f"{self.store.name} has put that order into its trash.")
        try:
            order = self._order(row, self._refunds([row]))
            found = split_rows(self.woo.get(f"orders/{external_id}/notes"))
            notes = [to_note(decode_row(one, WooNote)) for one in found]
        except (BrokenRow, msgspec.DecodeError) as error:
            raise ServerNonsense(f"Order {row.number} cannot be read: {error}.") from error
        return replace(order, notes=tuple(sorted(notes, key=lambda note: note.at)))

    def trash(self, after: int) -> Iterator[str]:
        """The ids of orders put into the trash since `after` (UTC seconds)."""
        page = 1
        while True:
            found = self._list(
                {
                    "status": "trash",
                    "_fields": "id,date_modified_gmt",
                    "orderby": "modified",
                    "page": str(page),
                    "per_page": str(PAGE),
                }
            )
            yield from (str(id_) for id_, changed, _ in found.rows if changed > after)
            if len(found.rows) < PAGE or found.rows[-1][1] <= after:
                return
            page += 1

    def is_gone(self, external_id: str) -> bool:
        """Whether an order missing from the lists is deleted or in the trash."""
        try:
            return (
                decode(self.woo.get(f"orders/{external_id}", {"_fields": "id,status"}), WooState).status
                == "trash"
            )
        except NotFound:
            return True

    def _list(self, asked: Mapping[str, str]) -> RowPage:
        answer = self.woo.get("orders", asked)
        rows: list[tuple[int, int, object]] = []
        for raw in split_rows(answer):
            head = _head(raw)
            changed = head[1] or (rows[-1][1] if rows else 0)
            rows.append((head[0], changed, raw))
        return RowPage(rows, total_of(answer))

    def _orders(
        self, rows: Iterable[WooOrder], refunds: Mapping[int, WooRefund], gaps: list[OrderGap]
    ) -> Iterator[Order]:
        for row in rows:
            try:
                yield self._order(row, refunds)
            except BrokenRow as broken:
                gaps.append(OrderGap(f"order {row.number}: {broken}", str(row.id)))

    def _order(self, row: WooOrder, refunds: Mapping[int, WooRefund]) -> Order:
        parcels, sent = read_parcels(row), dict[int, int]()
        if has_fulfilments(row.meta_data):
            more, sent = read_fulfilments(self._fulfilments(row.id))
            parcels += more
        order = to_order(row, self.store, refunds, parcels, sent)
        if sent and order.fulfilment in _UNSENT:
            whole = all((one.sent or 0) + one.refunded >= one.quantity for one in order.lines)
            order = replace(order, fulfilment=Fulfilment.SHIPPED if whole else Fulfilment.PARTLY)
        return count_parcels(order)

    def _refunds(self, rows: Sequence[WooOrder]) -> dict[int, WooRefund]:
        """The refunds of these orders: all in one request (WooCommerce 9 and later), else order by order."""
        wanted = {one.id for row in rows for one in row.refunds}
        found: dict[int, WooRefund] = {}
        if len(wanted) > 1:
            for some in _in_pages(sorted(wanted)):
                found |= self._refunds_at(
                    "refunds", {"include": ",".join(map(str, some)), "per_page": str(PAGE)}
                )
        for row in rows:
            if {one.id for one in row.refunds} - found.keys():
                found |= self._refunds_at(f"orders/{row.id}/refunds", {"per_page": str(PAGE)})
        return found

    def _refunds_at(self, path: str, asked: Mapping[str, str]) -> dict[int, WooRefund]:
        try:
            answer = self.woo.get(path, asked)
        except (NotFound, ServerRefused):
            return {}
        found = {}
        for raw in split_rows(answer):
            try:
                one = decode_row(raw, WooRefund)
                found[one.id] = one
            except msgspec.DecodeError:
                continue  # the order says its amount and reason, and stands in for its time
        return found

    def _fulfilments(self, order: int) -> list[WooFulfilment]:
        try:
            return decode(self.woo.get(f"orders/{order}/fulfillments"), list[WooFulfilment])
        except (NotFound, ServerRefused):  # the feature was switched off again
            return []

    def _is_fresh(self, row: WooOrder) -> bool:
        return _seconds(row.date_modified_gmt) > self.now - _FRESH


def _decode_order(raw: object, gaps: list[OrderGap]) -> WooOrder | None:
    assert isinstance(raw, msgspec.Raw)
    try:
        return decode_row(raw, WooOrder)
    except msgspec.DecodeError as error:
        key = find_key(raw)
        gaps.append(OrderGap(f"order {find_key(raw, ('number', 'id')) or '?'}: {describe_row(error)}", key))
        return None


def _head(raw: msgspec.Raw) -> tuple[int, int]:
    """The id of a row and the time of its change; 0 for an invalid one."""
    try:
        head = decode_row(raw, WooHead)
    except msgspec.DecodeError:
        return 0, 0
    return head.id, _seconds(head.date_modified_gmt)


def _seconds(text: str) -> int:
    try:
        return to_seconds(text, "time it was changed")
    except BrokenRow:
        return 0


def _in_pages(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    yield from (ids[at : at + PAGE] for at in range(0, len(ids), PAGE))

"""Vendure as a store: its orders and products by the Admin API."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from types import TracebackType
from typing import Self

import msgspec

from deskterm.config.store_kinds import STORE_KINDS, Ability
from deskterm.domain.orders.actions import ActionAnswer, StoreAction
from deskterm.domain.orders.order import Order
from deskterm.errors import NotFound
from deskterm.sync.stores.adapter import (
    READ_AGAIN,
    OrderGap,
    OrderPage,
    ProductPage,
    RightCheck,
    StoreAccess,
)
from deskterm.sync.stores.graphql import Answered
from deskterm.sync.stores.http import StoreLine
from deskterm.sync.stores.reading import BrokenRow
from deskterm.sync.stores.rows import describe_row, find_key
from deskterm.sync.stores.vendure import products
from deskterm.sync.stores.vendure.acting import VendureActing
from deskterm.sync.stores.vendure.orders import VendureOrderRow, order_of_vendure
from deskterm.sync.stores.vendure.wire import VendureWire

_AT_ONCE = 100  # orders per page; Vendure allows 1,000, which take it five seconds


class _OrderList(Answered):
    total_items: int
    items: list[msgspec.Raw]


class _OrdersAnswer(Answered):
    orders: _OrderList


class ChannelRow(Answered):
    """What the user may do in one channel."""

    code: str
    permissions: tuple[str, ...] = ()


class UserRow(Answered):
    """Who is logged in."""

    identifier: str
    channels: tuple[ChannelRow, ...] = ()


class _RightsAnswer(Answered):
    me: UserRow | None = None


_PERMISSIONS = (
    ("ReadOrder", "orders", "no orders can be read"),
    ("ReadCatalog", "products and stock", "products are not known"),
    ("UpdateOrder", "acting on orders", "orders are changed in Vendure's own dashboard"),
    ("CreateOrder", "replacements", "replacements are made in Vendure's own dashboard"),
    ("ReadPromotion", "looking for codes", "codes and replacements are made in Vendure's own dashboard"),
    ("CreatePromotion", "making codes", "codes and replacements are made in Vendure's own dashboard"),
)


_ON_ORDERS = (Ability.REFUND, Ability.CANCEL, Ability.ADDRESS, Ability.NOTE, Ability.FULFIL)
_NEEDS = {
    **dict.fromkeys(_ON_ORDERS, frozenset({"UpdateOrder"})),
    Ability.CODE: frozenset({"ReadPromotion", "CreatePromotion"}),
    Ability.REPLACE: frozenset({"UpdateOrder", "CreateOrder", "ReadPromotion", "CreatePromotion"}),
}


class VendureStore:
    """The adapter for one Vendure server."""

    reads_whole = False
    read_again_at_once = READ_AGAIN  # `updatedAt` misses parcels, addresses, refunds and notes

    def __init__(self, access: StoreAccess) -> None:
        self._access = access
        self._line = StoreLine(access.store)
        self._wire = VendureWire(access, self._line)
        self._permissions: frozenset[str] | None = None
        self._now = datetime.fromtimestamp(access.now, UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")

    @property
    def abilities(self) -> frozenset[Ability]:
        """What it can do with the user's permissions; all of it before the server was asked for them."""
        known = self._permissions
        lacks = [ability for ability, needs in _NEEDS.items() if known is not None and not needs <= known]
        return (STORE_KINDS["vendure"].can - {*lacks}) | {Ability.ONE_ORDER, Ability.PRODUCTS, Ability.STOCK}

    def pages(self, cursor: str) -> Iterator[OrderPage]:
        """The orders changed since the cursor (`TIME SKIP NEWEST BEGUN`), in order of creation.

        In that order a change moves none over the edge of a page. What changes after the reading was begun is
        read the next time, also where the page it stands on was read before: `NEWEST` is never later.
        """
        self._permissions = self._ask_permissions()
        since, skip_text, newest, begun = (*cursor.split(" "), "", "", "", "")[:4]
        skip, begun = int(skip_text or 0), begun or self._now
        while True:
            found = self._ask(_since_filter(since), skip)
            orders, gaps, latest = self._read(found.items)
            skip += len(found.items)
            newest = min(max(newest, latest), begun)  # nor may a future date hide the others
            is_last = skip >= found.total_items or not found.items
            cursor = newest if is_last else f"{since} {skip} {newest} {begun}"
            yield OrderPage(tuple(orders), cursor, tuple(gaps), left=max(0, found.total_items - skip))
            if is_last:
                return

    def read_again(self, ids: Sequence[str]) -> Iterator[OrderPage]:
        """These orders now; what is not there is gone."""
        for at in range(0, len(ids), _AT_ONCE):
            asked = list(ids[at : at + _AT_ONCE])
            orders, gaps, _ = self._read(self._ask({"id": {"in": asked}}, 0).items)
            there = {one.external_id for one in orders} | {gap.external_id for gap in gaps}
            yield OrderPage(tuple(orders), "", tuple(gaps), tuple(one for one in asked if one not in there))

    def one_order(self, external_id: str) -> Order:
        """The order now. NotFound where the store has it no longer."""
        for page in self.read_again([external_id]):
            for order in page.orders:
                return order
        raise NotFound("The store has that order no longer.")

    def products(self, cursor: str) -> Iterator[ProductPage]:  # noqa: ARG002 - stock moves no date: all are read
        """All products, each time."""
        return products.read_all(self._wire, self._access.store.name)

    def products_again(self, ids: Sequence[str]) -> Iterator[ProductPage]:
        """These products, by their ids."""
        return products.read_some(self._wire, self._access.store.name, ids)

    def check_rights(self) -> Iterable[RightCheck]:
        """Check the permissions of the user, in any channel."""
        given = self._ask_permissions() or frozenset()
        for right, use, without in _PERMISSIONS:
            granted = right in given
            todo = "" if granted else f"Give the user a role with {right} in Vendure."
            yield RightCheck(right, granted, use if granted else without, todo)

    def _ask_permissions(self) -> frozenset[str] | None:
        """The user's permissions in any channel, None where the server does not say who we are.

        Who may do everything has each that is used here.
        """
        me = self._wire.ask("rights", _RightsAnswer).me
        if me is None:
            return None
        given = {right for channel in me.channels for right in channel.permissions}
        return frozenset(right for right, *_ in _PERMISSIONS) if "SuperAdmin" in given else frozenset(given)

    def act(self, action: StoreAction) -> ActionAnswer:
        """Do it, once."""
        return VendureActing(self._wire).act(action)

    def look_up(self, action: StoreAction) -> ActionAnswer:
        """Find out whether it happened."""
        return VendureActing(self._wire).look_up(action)

    def _ask(self, chosen: dict[str, object], skip: int) -> _OrderList:
        options = {
            "take": _AT_ONCE,
            "skip": skip,
            "sort": {"createdAt": "ASC", "id": "ASC"},
            "filter": {"orderPlacedAt": {"isNull": False}, **chosen},
        }
        return self._wire.ask("orders", _OrdersAnswer, options=options).orders

    def _read(self, rows: Sequence[msgspec.Raw]) -> tuple[list[Order], list[OrderGap], str]:
        """Convert rows: the orders, what could not be read, and the newest date."""
        orders: list[Order] = []
        gaps: list[OrderGap] = []
        newest = ""
        for raw in rows:
            try:
                row = msgspec.json.decode(raw, type=VendureOrderRow)
                orders.append(order_of_vendure(self._access.store.name, row))
                newest = max(newest, row.updated_at)
            except (msgspec.DecodeError, BrokenRow) as error:
                words = describe_row(error) if isinstance(error, msgspec.DecodeError) else str(error)
                gaps.append(OrderGap(f"order {find_key(raw)}: {words}", find_key(raw)))
        return orders, gaps, newest

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._line.__exit__(kind, error, trace)


def _since_filter(since: str) -> dict[str, object]:
    """A filter for changes since a time. Vendure's `after` excludes the time itself, so it starts earlier."""
    return {"updatedAt": {"after": _second_before(since)}} if since else {}


def _second_before(text: str) -> str:
    return (datetime.fromisoformat(text) - timedelta(seconds=2)).isoformat()

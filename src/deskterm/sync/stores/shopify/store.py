"""Shopify as a store: its orders, products and rights by the Admin GraphQL API."""

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from types import TracebackType
from typing import Self

from deskterm.config.store_kinds import Ability
from deskterm.domain.orders.actions import ActionAnswer, StoreAction
from deskterm.domain.orders.order import Order
from deskterm.errors import NotFound
from deskterm.sync.stores.adapter import OrderGap, OrderPage, ProductPage, RightCheck, StoreAccess
from deskterm.sync.stores.http import StoreLine
from deskterm.sync.stores.reading import BrokenRow
from deskterm.sync.stores.shopify import rights
from deskterm.sync.stores.shopify.acting import ShopifyActing
from deskterm.sync.stores.shopify.products.products import (
    ProductRow,
    changed_products,
    product_of_row,
    products_by_id,
)
from deskterm.sync.stores.shopify.reading import OrderReading, admin_address
from deskterm.sync.stores.shopify.times import not_later
from deskterm.sync.stores.shopify.wire import ShopifyWire

_BY_ID_AT_ONCE = 50


class ShopifyStore:
    """The adapter for one shop. `sleep` waits for the rate limit or a bulk operation (seconds)."""

    reads_whole = False
    read_again_at_once = (
        50  # one request; `updatedAt` moves with every change, but nothing tells of a deletion
    )

    def __init__(self, access: StoreAccess, sleep: Callable[[float], None] = time.sleep) -> None:
        self._access, self._sleep = access, sleep
        self._line = StoreLine(access.store)
        self._wire = ShopifyWire(access, self._line, sleep)
        self._known: rights.ShopAnswer | None = None

    @property
    def abilities(self) -> frozenset[Ability]:
        """What it can do with the app's scopes; with all of them before the shop was asked."""
        return rights.abilities(self._known.scopes if self._known else None)

    def pages(self, cursor: str) -> Iterator[OrderPage]:
        """The orders since the cursor; the last page says what the app may not see."""
        for page in self._reading.pages(cursor):
            cursor = page.cursor
            yield page
        gaps = (*rights.scope_gaps(self._shop.scopes), *self._version_gap())
        if gaps:
            yield OrderPage((), cursor, gaps)

    def read_again(self, ids: Sequence[str]) -> Iterator[OrderPage]:
        """These orders now. One that is missing is gone, unless the app may see the last 60 days alone."""
        for at in range(0, len(ids), _BY_ID_AT_ONCE):
            asked = ids[at : at + _BY_ID_AT_ONCE]
            rows, gaps = self._reading.by_ids(asked)
            there = {row.legacy_resource_id for row in rows} | {gap.external_id for gap in gaps}
            sees_all = "read_all_orders" in self._shop.scopes
            gone = tuple(one for one in asked if one not in there) if sees_all else ()
            orders = self._reading.orders_of(rows, gaps)
            yield OrderPage(orders, "", tuple(gaps), gone)

    def one_order(self, external_id: str) -> Order:
        """The order now. NotFound where the shop has it no longer, or hides it for its age."""
        for page in self.read_again([external_id]):
            for order in page.orders:
                return self._reading.with_carriers_words(order)
        raise NotFound("The shop has that order no longer, or does not show it to this app.")

    def products(self, cursor: str) -> Iterator[ProductPage]:
        """Products by their change; with the last page what the app may not see."""
        stock = "read_inventory" in self._shop.scopes
        for rows, since in changed_products(self._wire, cursor, stock=stock):
            cursor = not_later(since, self._access.now) if since else ""
            yield self._product_page(rows, cursor)

    def products_again(self, ids: Sequence[str]) -> Iterator[ProductPage]:
        """These products now; one that is missing is gone."""
        stock = "read_inventory" in self._shop.scopes
        for at in range(0, len(ids), _BY_ID_AT_ONCE):
            asked = ids[at : at + _BY_ID_AT_ONCE]
            rows = products_by_id(self._wire, asked, stock=stock)
            there = {row.legacy_resource_id for row in rows}
            yield self._product_page(rows, "", tuple(one for one in asked if one not in there))

    def _product_page(self, rows: list[ProductRow], cursor: str, gone: tuple[str, ...] = ()) -> ProductPage:
        currency = self._shop.shop.currency_code
        products, gaps = [], []
        for row in rows:
            try:
                products.append(product_of_row(self._access.store.name, self._admin, currency, row))
            except BrokenRow as broken:
                gaps.append(OrderGap(f"{row.title[:60]}: {broken}", row.legacy_resource_id))
        return ProductPage(tuple(products), cursor, tuple(gaps), gone)

    def check_rights(self) -> Iterable[RightCheck]:
        """The app's rights by Shopify's own list, and its version."""
        return rights.right_checks(self._shop, self._wire.version)

    def act(self, action: StoreAction) -> ActionAnswer:
        """Do it, once."""
        return self._acting.act(action)

    def look_up(self, action: StoreAction) -> ActionAnswer:
        """Find out whether it happened."""
        return self._acting.look_up(action)

    @cached_property
    def _acting(self) -> ShopifyActing:
        return ShopifyActing(self._wire, self._access.now, self._sleep)

    @property
    def _shop(self) -> rights.ShopAnswer:
        if self._known is None:
            self._known = self._wire.ask("shop", rights.ShopAnswer)
        return self._known

    @cached_property
    def _reading(self) -> OrderReading:
        scopes = self._shop.scopes
        return OrderReading(
            self._access.store,
            self._wire,
            self._access.now,
            customers="read_customers" in scopes,
            returns="read_returns" in scopes,
            sleep=self._sleep,
        )

    @property
    def _admin(self) -> str:
        return admin_address(self._access.store)

    def _version_gap(self) -> Iterable[OrderGap]:
        answered = self._wire.answered_by
        if answered != self._wire.version:
            words = f"Shopify keeps version {self._wire.version} no longer and answers in {answered}"
            yield OrderGap(words, is_limit=True)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._line.__exit__(kind, error, trace)

"""The adapter for WooCommerce (REST v3, WooCommerce 3.5 and later; times of change need 5.8)."""

from collections.abc import Iterable, Iterator, Sequence
from types import TracebackType
from typing import Self

from deskterm.config.store_kinds import STORE_KINDS, Ability
from deskterm.domain.orders.actions import ActionAnswer, StoreAction
from deskterm.domain.orders.order import Order
from deskterm.domain.text import line
from deskterm.errors import LoginRefused, NotFound, ServerRefused
from deskterm.sync.line.failures import Busy
from deskterm.sync.stores.adapter import READ_AGAIN, OrderPage, ProductPage, RightCheck, StoreAccess
from deskterm.sync.stores.woocommerce import products
from deskterm.sync.stores.woocommerce.acting import WooActing
from deskterm.sync.stores.woocommerce.changes import OVERLAP, PAGE, ChangeWalk
from deskterm.sync.stores.woocommerce.line import WooLine, error_of
from deskterm.sync.stores.woocommerce.reader import OrderReader

_NO_SUCH_ORDER = "woocommerce_rest_shop_order_invalid_id"
_TRACKERS = {"wc-shipment-tracking/v3": "Shipment Tracking", "wc-ast/v3": "Advanced Shipment Tracking"}


class WooStore:
    """One store. What WooCommerce lacks (tags, carrier events) stays empty."""

    reads_whole = False
    read_again_at_once = READ_AGAIN  # dates in the posts tables miss addresses, tracking and notes
    abilities = STORE_KINDS["woocommerce"].can | {Ability.ONE_ORDER, Ability.PRODUCTS, Ability.STOCK}

    def __init__(self, access: StoreAccess) -> None:
        self._store, self._now = access.store, access.now
        self._woo = WooLine(access.store, access.secret)
        self._orders = OrderReader(self._woo, access.store, access.now)

    def pages(self, cursor: str) -> Iterator[OrderPage]:
        """The changed orders, then those put into the trash."""
        after, last = int(cursor) if cursor.isdecimal() else 0, cursor
        for page in ChangeWalk(self._orders.ask_orders, after, self._now - OVERLAP).pages():
            last = str(page.then)
            yield from self._orders.pages(page.rows, last, page.left)
        if after:
            yield OrderPage((), last, gone=tuple(self._orders.trash(after)))

    def read_again(self, ids: Sequence[str]) -> Iterator[OrderPage]:
        """Read by ids; missing ones are requested one by one, as the trash is in no list."""
        asked = [one for one in ids if one.isdecimal()]
        for at in range(0, len(asked), PAGE):
            some = asked[at : at + PAGE]
            found = self._orders.ask_orders({"include": ",".join(some), "per_page": str(PAGE)})
            there = {str(id_) for id_, _, _ in found.rows}
            yield from self._orders.pages([row for _, _, row in found.rows], "")
            gone = tuple(one for one in some if one not in there and self._orders.is_gone(one))
            yield OrderPage((), "", gone=gone)

    def one_order(self, external_id: str) -> Order:
        """An order with its notes and fulfilments."""
        return self._orders.one(external_id)

    def products(self, cursor: str) -> Iterator[ProductPage]:
        """Products with their variations."""
        return products.read(self._woo, self._store, cursor, self._now)

    def products_again(self, ids: Sequence[str]) -> Iterator[ProductPage]:
        """These products, by their ids."""
        return products.read_again(self._woo, self._store, ids)

    def check_rights(self) -> Iterable[RightCheck]:
        """Check what the key may read, whether it may write, and whether there are tracking numbers."""
        may_read = False
        for name in ("orders", "products"):
            try:
                self._woo.get(name, {"per_page": "1"})
                if name == "products":
                    products.shop_currency(self._woo, self._store)
            except Busy:
                raise  # which says nothing of a right
            except (LoginRefused, ServerRefused, NotFound) as error:
                yield RightCheck(name, granted=False, words=error.what, todo=error.todo)
            else:
                may_read = True
                yield RightCheck(name, granted=True)
        if may_read:
            yield self._check_writing()
        yield self._check_tracking()

    def _check_writing(self) -> RightCheck:
        """Check whether the key may write, by changing order 0, which never exists."""
        answer = self._woo.change("PUT", "orders/0", b"{}")
        error = error_of(answer)
        if error.code == _NO_SUCH_ORDER:
            return RightCheck("acting", granted=True, words="refunds, cancelling, addresses, notes")
        words = line(error.message)[:200] or f"the shop answers with status {answer.status}"
        return RightCheck(
            "acting",
            granted=False,
            words=f"orders are changed in the shop alone: {words}",
            todo="Give the key Read/Write under WooCommerce, Settings, Advanced, REST API.",
        )

    def _check_tracking(self) -> RightCheck:
        known = [name for space, name in _TRACKERS.items() if space in self._woo.site().namespaces]
        if known or self._store.shipments:
            return RightCheck("tracking numbers", granted=True, words=f"from {', '.join(known) or 'a file'}")
        return RightCheck(
            "tracking numbers",
            granted=False,
            words="no plugin that keeps them was found",
            todo="Install one (Advanced Shipment Tracking is free), or name your label service's file as "
            "`shipments`. WooCommerce's own fulfilments are read, too.",
        )

    def act(self, action: StoreAction) -> ActionAnswer:
        """Do it, once."""
        return WooActing(self._woo, self._store.currency).act(action)

    def look_up(self, action: StoreAction) -> ActionAnswer:
        """Find out whether it happened."""
        return WooActing(self._woo).look_up(action)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._woo.line.__exit__(kind, error, trace)

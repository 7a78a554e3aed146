"""The interface of a store adapter, for export files as well as for shops' APIs.

A new live store needs a file or package here that implements `StoreAdapter`, a record in
`config/store_kinds.py`, which names it, and a test.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from enum import StrEnum
from types import TracebackType
from typing import Protocol, Self
from zoneinfo import ZoneInfo

from deskterm.config.store import Store
from deskterm.config.store_kinds import Ability
from deskterm.domain.orders.actions import ActionAnswer, StoreAction
from deskterm.domain.orders.order import Order
from deskterm.domain.products.product import StoreProduct
from deskterm.value_class import dataclass


@dataclass(frozen=True, slots=True)
class OrderGap:
    """Something that could not be read: an order, or a field the store hides. `words` has no full stop.

    `external_id` is the order's key if known: the gap is closed once that order has been read.
    `is_limit` says that no order lacks, but something of all of them that the key may not see: it is listed,
    and is no failure.
    """

    words: str
    external_id: str = ""
    is_limit: bool = False


READ_AGAIN = 500  # orders to read again per pass, for stores whose dates miss some changes: five requests


class OrderPart(StrEnum):
    """A part of an order that may have to be requested separately."""

    NOTES = "notes"
    SHIPMENTS = "shipments"
    REFUNDS = "refunds"


@dataclass(frozen=True, slots=True)
class OrderPage:
    """A page of a store's orders as they are now.

    `cursor` says where to go on after this page; only the store's own adapter understands it. `gone` are
    the keys of orders that the store has no longer. `complete_to` (UTC seconds) is given where orders are
    complete up to another time than the one the reading began at: a file's. `kept` are parts that were not
    asked for: what is known of them stays. `left` is how many are known to follow, None where the store
    does not say.
    """

    orders: tuple[Order, ...]
    cursor: str
    gaps: tuple[OrderGap, ...] = ()
    gone: tuple[str, ...] = ()
    complete_to: int | None = None
    kept: frozenset[OrderPart] = frozenset()
    left: int | None = None


@dataclass(frozen=True, slots=True)
class ProductPage:
    """A page of a store's products; the fields are as in OrderPage."""

    products: tuple[StoreProduct, ...]
    cursor: str
    gaps: tuple[OrderGap, ...] = ()
    gone: tuple[str, ...] = ()
    left: int | None = None


@dataclass(frozen=True, slots=True)
class RightCheck:
    """A permission that deskterm's key has or lacks: what it is for, and what to do if it is missing."""

    name: str
    granted: bool
    words: str = ""
    todo: str = ""


@dataclass(frozen=True, slots=True)
class StoreAccess:
    """What an adapter is opened with. `secret` is asked for where it is needed, and may raise SecretError.

    `now` is UTC seconds. `keep` puts away a token that the store gave (a text; empty forgets it), `kept`
    gives it back.
    """

    store: Store
    zone: ZoneInfo
    now: int
    secret: Callable[[], str] = str
    kept: Callable[[], str] = str
    keep: Callable[[str], None] = lambda _: None


class StoreAdapter(Protocol):
    """The interface to one store. A context manager: leaving it closes the connection.

    Everything raises DesktermError: a WireError for what the line or the store failed at, LoginRefused for
    a key that is wrong or was taken back, SecretError where the key cannot be had.
    """

    reads_whole: bool
    """Whether each reading gives all orders anew (a file); after a failure it begins without a cursor."""

    read_again_at_once: int
    """How many open and recent orders are read again in each pass, those read longest ago first: all that can
    be where the store's date of change stands still for some changes (an address, a tracking number), else a
    few, which finds those that are gone; none of a file."""

    @property
    def abilities(self) -> frozenset[Ability]:
        """What it can do with the permissions of its key, as far as they are known."""
        ...

    def pages(self, cursor: str) -> Iterator[OrderPage]:
        """The orders that changed since `cursor` ("" for all), oldest change first.

        Each page is stored with its cursor before the next one is asked for, so a reading that breaks off
        goes on from there. Nothing at all means that there was nothing to look at (an unchanged file).
        """
        ...

    def read_again(self, ids: Sequence[str]) -> Iterator[OrderPage]:
        """Read orders by the store's ids. The cursors of these pages are not kept."""
        ...

    def one_order(self, external_id: str) -> Order:
        """An order's current state. Raises NotFound if the store no longer has it."""
        ...

    def products(self, cursor: str) -> Iterator[ProductPage]:
        """The products that changed since `cursor` ("" for all), oldest change first."""
        ...

    def products_again(self, ids: Sequence[str]) -> Iterator[ProductPage]:
        """Read products by the store's ids. The cursors of these pages are not kept."""
        ...

    def check_rights(self) -> Iterable[RightCheck]:
        """Try each permission that deskterm uses, those needed for reading first."""
        ...

    def act(self, action: StoreAction) -> ActionAnswer:
        """Perform the action once. UNKNOWN if no answer came; raises NotNow if the store cannot do that.

        Any other error means that nothing was sent. If the store shows that it was done before, it is DONE.
        """
        ...

    def look_up(self, action: StoreAction) -> ActionAnswer:
        """Find out whether an action happened: DONE, REFUSED (it did not and may be retried), or UNKNOWN.

        Changes nothing. Raises WireError if the store does not answer.
        """
        ...

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...

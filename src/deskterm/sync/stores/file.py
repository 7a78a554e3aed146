"""The adapter for a store whose orders come from a file: an export, or deskterm's JSON."""

from collections.abc import Iterable, Iterator, Sequence
from types import TracebackType
from typing import Self

from deskterm.config.store_kinds import Ability
from deskterm.domain.orders.actions import ActionAnswer, ActionState, StoreAction
from deskterm.domain.orders.order import Order
from deskterm.errors import NotFound, NotNow
from deskterm.sync.stores.adapter import OrderGap, OrderPage, ProductPage, RightCheck, StoreAccess
from deskterm.sync.stores.exports import files
from deskterm.sync.stores.statuses import describe_unknown_states


class FileStore:
    """Reads the whole file when it has changed. It cannot act."""

    reads_whole = True
    read_again_at_once = 0
    abilities: frozenset[Ability] = frozenset()

    def __init__(self, access: StoreAccess) -> None:
        self._store, self._zone = access.store, access.zone

    def pages(self, cursor: str) -> Iterator[OrderPage]:
        """All orders of the file in one page; no page if the file is unchanged."""
        mark = files.mark(self._store, self._zone)
        if mark == cursor:
            return
        reading = files.read_file(self._store, self._zone)
        notes = describe_unknown_states(reading.orders, self._store.status)
        gaps = (
            *(OrderGap(words) for words in reading.problems),
            *(OrderGap(words, is_limit=True) for words in notes),
        )
        yield OrderPage(reading.orders, mark, gaps, complete_to=files.written_at(self._store), left=0)

    def read_again(self, ids: Sequence[str]) -> Iterator[OrderPage]:  # noqa: ARG002 - required by the interface
        """No pages: `pages` has read the whole file."""
        return iter(())

    def one_order(self, external_id: str) -> Order:
        """The order as the file has it."""
        found = files.read_file(self._store, self._zone).orders
        for order in found:
            if order.external_id == external_id:
                return order
        raise NotFound("That order is not in the file.")

    def products(self, cursor: str) -> Iterator[ProductPage]:  # noqa: ARG002 - required by the interface
        """No pages: the file has only orders."""
        return iter(())

    def products_again(self, ids: Sequence[str]) -> Iterator[ProductPage]:  # noqa: ARG002 - required by the interface
        """No pages: product files are read whole."""
        return iter(())

    def check_rights(self) -> Iterable[RightCheck]:
        """Check that the file can be read."""
        found = files.read_file(self._store, self._zone)
        yield RightCheck("orders", granted=True, words=f"{len(found.orders)} orders can be read")

    def act(self, action: StoreAction) -> ActionAnswer:
        """Raises NotNow: a file cannot act."""
        raise NotNow(f"A file cannot do that ({action.ability}).", todo="Do it in your shop.")

    def look_up(self, action: StoreAction) -> ActionAnswer:  # noqa: ARG002 - required by the interface
        """REFUSED: nothing can have happened."""
        return ActionAnswer(ActionState.REFUSED)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        pass

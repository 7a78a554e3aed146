"""A store whose orders come from a file: an export, or deskterm's JSON."""

from collections.abc import Iterable, Iterator, Sequence
from types import TracebackType
from typing import Self

from deskterm.domain.orders.actions import Ability, ActionAnswer, ActionState, StoreAction
from deskterm.domain.orders.order import Order
from deskterm.errors import NotFound, NotNow
from deskterm.sync.stores.adapter import OrderGap, OrderPage, ProductPage, RightCheck, StoreAccess
from deskterm.sync.stores.exports import files


class FileStore:
    """Reads the file whole when it changed. It can do nothing else."""

    reads_whole = True
    read_again_at_once = 0
    abilities: frozenset[Ability] = frozenset()

    def __init__(self, access: StoreAccess) -> None:
        self._store, self._zone = access.store, access.zone

    def pages(self, cursor: str) -> Iterator[OrderPage]:
        """All orders of the file in one page; none if the file is as it was."""
        mark = files.mark(self._store)
        if mark == cursor:
            return
        reading = files.read_file(self._store, self._zone)
        gaps = tuple(OrderGap(words) for words in reading.problems)
        yield OrderPage(reading.orders, mark, gaps, complete_to=files.written_at(self._store), left=0)

    def read_again(self, ids: Sequence[str]) -> Iterator[OrderPage]:  # noqa: ARG002 - as the door has it
        """Nothing: the file says what it says."""
        return iter(())

    def one_order(self, external_id: str) -> Order:
        """The order as the file has it."""
        found = files.read_file(self._store, self._zone).orders
        for order in found:
            if order.external_id == external_id:
                return order
        raise NotFound("That order is not in the file.")

    def products(self, cursor: str) -> Iterator[ProductPage]:  # noqa: ARG002 - as the door has it
        """None: the file is one of orders."""
        return iter(())

    def products_again(self, ids: Sequence[str]) -> Iterator[ProductPage]:  # noqa: ARG002 - as the door has it
        """None: a file of products is read whole."""
        return iter(())

    def check_rights(self) -> Iterable[RightCheck]:
        """That the file can be read."""
        found = files.read_file(self._store, self._zone)
        yield RightCheck("orders", granted=True, words=f"{len(found.orders)} orders can be read")

    def act(self, action: StoreAction) -> ActionAnswer:
        """NotNow: a file does nothing."""
        raise NotNow(f"A file cannot do that ({action.ability}).", todo="Do it in your shop.")

    def look_up(self, action: StoreAction) -> ActionAnswer:  # noqa: ARG002 - as the door has it
        """Nothing can have happened."""
        return ActionAnswer(ActionState.REFUSED)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        pass

"""Which orders an incident is about: a filter, and how many orders and customers it means."""

from deskterm.actions.work import Work
from deskterm.domain.incidents.order_filter import ORDER_FIELDS
from deskterm.domain.orders.order import Order
from deskterm.screens.base.choose import Choose
from deskterm.widgets.picker import Option

_COUNTING = "counting …"


class FilterPicker(Choose):
    """Dismissed with the filter. The orders are gone through on a thread of their own: no key waits for it.

    `ready` is a filter to begin with, counted already.
    """

    def __init__(self, work: Work, orders: tuple[Order, ...], ready: Option | None = None) -> None:
        tries = ", ".join(f"{one}:" for one in ORDER_FIELDS)
        options = [ready] if ready else []
        super().__init__(work, "Which orders?", options, free=self._offer, typing=True, tries=tries)
        self._orders, self._counted, self._wanted = orders, dict[str, Option](), ""
        self._counts = False

    def _offer(self, typed: str) -> list[Option]:
        if problems := self.work.desk.incidents.filter(typed, self.work.now()).problems:
            return [Option("", typed, "", problems[0], off=True)]
        self._wanted = typed
        if typed in self._counted:
            return [self._counted[typed]]
        if not self._counts:
            self._counts = True
            self.run_worker(self._count(), group="counting")
        return [Option(typed, typed, "", _COUNTING)]

    async def _count(self) -> None:
        """Count what is typed, and again what was typed meanwhile; what lies between is passed over."""
        while (typed := self._wanted) not in self._counted:
            self._counted[typed] = await self.work.read(count_orders, self.work, typed, self._orders)
            self.picker.offer(())
        self._counts = False


def count_orders(work: Work, query: str, orders: tuple[Order, ...]) -> Option:
    """A filter as it can be picked, with how many orders and customers it means."""
    wanted = work.desk.incidents.filter(query, work.now())
    found = [one for one in orders if wanted.matches(one)]
    people = len({one.email.casefold() for one in found if one.email})
    return Option(query, query, "", f"{len(found)} orders of {people} customers", off=not found)

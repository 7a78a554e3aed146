"""The rows of a list, read a page at a time: a hundred thousand tickets cost as much as forty."""

from collections.abc import Callable, Sequence

from deskterm.domain.tickets import Row
from deskterm.value_class import dataclass
from deskterm.widgets.drawing.ticket_row import RowColumns, whole_width

PAGE = 100
_KEPT_PAGES = 8


@dataclass(frozen=True, slots=True)
class RowSource:
    """Where rows come from. `position` gives a ticket's place from 0, or None."""

    page: Callable[[int, int], Sequence[Row]]
    count: Callable[[], int]
    position: Callable[[int], int | None]


class RowPages:
    """The recently read pages of a source.

    Column widths come from the first page, so that scrolling does not move them.
    """

    def __init__(self, source: RowSource | None = None) -> None:
        self._source = source
        self._pages: dict[int, Sequence[Row]] = {}
        self.count = 0
        self.columns = RowColumns()
        self.whole_width = 0  # cells needed for the first page's subjects; 0 while unknown

    def read_again(self) -> bool:
        """Forget what was read and count again; gives whether there is a source."""
        self._pages.clear()
        self.count = self._source.count() if self._source else 0
        return self._source is not None

    def row(self, index: int) -> Row | None:
        """A row by its place."""
        if self._source is None or not 0 <= index < self.count:
            return None
        number, within = divmod(index, PAGE)
        if number not in self._pages:
            if len(self._pages) >= _KEPT_PAGES:
                self._pages.pop(next(iter(self._pages)))
            page = self._pages[number] = self._source.page(number * PAGE, PAGE)
            if number == 0:
                self.columns, self.whole_width = RowColumns.of(page), whole_width(page)
        page = self._pages[number]
        return page[within] if within < len(page) else None

    def place_of(self, ticket_id: int) -> int | None:
        """A ticket's place in the list, or None."""
        return None if self._source is None else self._source.position(ticket_id)

    def all_ids(self) -> list[int]:
        """All tickets of the list; the pages are not kept."""
        if self._source is None:
            return []
        firsts = range(0, self.count, PAGE)
        return [row.ticket_id for first in firsts for row in self._source.page(first, PAGE)]

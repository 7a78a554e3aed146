"""What screens with one list of rows share: the keys that move its cursor."""

from collections.abc import Iterable
from typing import ClassVar

from textual.geometry import Size
from textual.screen import ScreenResultType
from textual.widget import Widget

from deskterm.actions.work import Work
from deskterm.screens.base.command_runner import tell_failures
from deskterm.screens.base.moves import Movable
from deskterm.screens.base.screen import DeskScreen
from deskterm.screens.base.screen_bars import Shown
from deskterm.screens.base.screen_front import ScreenFront
from deskterm.widgets.drawing.lines import DrawnLine
from deskterm.widgets.rows import Item, Rows

_TALL = 30  # lines from which there is room for air
_MANY = 9  # places from which a key counts as one that works everywhere


class ListScreen(DeskScreen[ScreenResultType]):
    """A screen whose keys move through one `Rows`. A subclass has `do_open_row`."""

    def __init__(self, work: Work) -> None:
        super().__init__(work)
        self.front: ScreenFront = ScreenFront(self)

    @property
    def rows(self) -> Rows:
        """The list."""
        return self.query_one(Rows)

    def fit(self, size: Size) -> None:
        """Leave a blank line above the list on a tall screen."""
        self.set_class(size.height >= _TALL, "tall")

    @property
    def movable(self) -> Movable:
        """The list."""
        return self.rows

    def footer_commands(self, shown: list[Shown]) -> list[Shown]:
        """What the footer shows: the keys of this place before those that work everywhere."""
        there = [pair for pair in shown if pair[0].id != f"go-{self.PLACE}"]
        return sorted(there, key=lambda pair: len(pair[0].where) >= _MANY)

    def do_open_row(self) -> None:
        """Open the row under the cursor."""

    def on_rows_picked(self) -> None:
        """Open the chosen row on a click."""
        self.do_open_row()


class ReadScreen(ListScreen[None]):
    """A list that is read in the background because it can take long; `READING` is shown meanwhile.

    A subclass reads in `read`, which keeps the result, and draws it in `items`.
    """

    READING: ClassVar[str]

    def __init__(self, work: Work) -> None:
        super().__init__(work)
        self.is_read = False

    def body(self) -> Iterable[Widget]:
        """The list."""
        yield Rows(ident="rows")

    def refresh_desk(self) -> None:
        """Read again, in the background."""
        if not self.is_read:
            self.rows.show(self._items)
        self.run_worker(tell_failures(self, self.read_and_show()), group=self.PLACE, exclusive=True)

    async def read_and_show(self) -> None:
        """Read, and show the result unless the screen is gone."""
        await self.read()
        self.is_read = True
        if self.stands:
            self.rows.show(self._items)
            self.call_after_refresh(self.show_keys)

    async def read(self) -> None:
        """Read what the screen shows."""
        raise NotImplementedError

    def items(self, width: int) -> list[Item]:
        """The rows for what was read."""
        raise NotImplementedError

    def _items(self, width: int) -> list[Item]:
        return self.items(width) if self.is_read else [Item((DrawnLine.of(f"  {self.READING}", "dim"),))]

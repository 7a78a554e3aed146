"""What screens over one list of rows share: the keys that move its cursor."""

from textual.screen import ScreenResultType

from deskterm.actions.work import Work
from deskterm.screens.base.moves import Movable
from deskterm.screens.base.screen import DeskScreen, Shown
from deskterm.screens.base.screen_front import ScreenFront
from deskterm.widgets.rows import Rows

_MANY = 9  # places from which a key counts as one that works everywhere


class ListScreen(DeskScreen[ScreenResultType]):
    """A screen whose keys move through one `Rows`. A subclass gives `do_open_row`."""

    def __init__(self, work: Work) -> None:
        super().__init__(work)
        self.front: ScreenFront = ScreenFront(self)

    @property
    def rows(self) -> Rows:
        """The list."""
        return self.query_one(Rows)

    @property
    def movable(self) -> Movable:
        """The list."""
        return self.rows

    def footer_commands(self, shown: list[Shown]) -> list[Shown]:
        """What the footer offers: the keys of this place before those of everywhere."""
        there = [pair for pair in shown if pair[0].id != f"go-{self.PLACE}"]
        return sorted(there, key=lambda pair: len(pair[0].where) >= _MANY)

    def do_open_row(self) -> None:
        """Open what the cursor is on."""

    def on_rows_picked(self) -> None:
        """A click on the chosen row opens it."""
        self.do_open_row()

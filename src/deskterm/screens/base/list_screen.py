"""What screens over one list of rows share: the keys that move its cursor."""

from textual.screen import ScreenResultType

from deskterm.screens.base.screen import DeskScreen, Shown
from deskterm.widgets.rows import Rows

_MANY = 5  # places from which a key counts as one that works everywhere


class ListScreen(DeskScreen[ScreenResultType]):
    """A screen whose keys move through one `Rows`. A subclass gives `do_open_row`."""

    @property
    def rows(self) -> Rows:
        """The list."""
        return self.query_one(Rows)

    def footer_commands(self, shown: list[Shown]) -> list[Shown]:
        """What the footer offers: the keys of this place before those of everywhere."""
        there = [pair for pair in shown if pair[0].id != f"go-{self.PLACE}"]
        return sorted(there, key=lambda pair: len(pair[0].where) >= _MANY)

    def do_open_row(self) -> None:
        """Open what the cursor is on."""

    def on_rows_picked(self) -> None:
        """A click on the chosen row opens it."""
        self.do_open_row()

    def do_down(self) -> None:
        """Go to the next row."""
        self.rows.move(1)

    def do_up(self) -> None:
        """Go to the row before."""
        self.rows.move(-1)

    def do_page_down(self) -> None:
        """Go a page down."""
        self.rows.page(1)

    def do_page_up(self) -> None:
        """Go a page up."""
        self.rows.page(-1)

    def do_top(self) -> None:
        """Go to the first row."""
        self.rows.end(last=False)

    def do_bottom(self) -> None:
        """Go to the last row."""
        self.rows.end(last=True)

"""What stands behind a figure: how it is counted, and the tickets it was counted from."""

from collections.abc import Iterable

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from deskterm.actions.work import Work
from deskterm.commands.record import Where
from deskterm.screens.base.list_screen import ListScreen
from deskterm.screens.base.messages import Open
from deskterm.screens.base.ticket_items import ticket_item
from deskterm.value_class import dataclass
from deskterm.widgets.drawing.lines import DrawnLine
from deskterm.widgets.rows import Item, Rows


@dataclass(frozen=True, slots=True)
class Behind:
    """A figure's title, the lines that explain it, and its tickets."""

    title: str
    explained: tuple[str, ...]
    tickets: tuple[int, ...]


class FigureTicketsScreen(ListScreen[None]):
    """The tickets of a figure; Enter opens one."""

    WHERE = Where.BEHIND
    PLACE = "metrics"
    CSS_PATH = "figure_tickets.tcss"

    def __init__(self, work: Work, behind: Behind) -> None:
        super().__init__(work)
        self.behind = behind

    def body(self) -> Iterable[Widget]:
        """The explanation above, the tickets below."""
        yield Static(self._head(), id="head", markup=False)
        yield Rows(ident="rows")

    def _head(self) -> Content:
        lines = [Content.styled(self.behind.title, "bold")]
        lines += [Content.styled(text, "$soft") for text in self.behind.explained if text]
        return Content("\n").join(lines)

    def refresh_desk(self) -> None:
        """Read the tickets' rows."""
        rows = self.work.desk.inbox.rows(self.behind.tickets)
        self.rows.show(
            lambda width: (
                [ticket_item(row, self.work, width, key=row.ticket_id) for row in rows]
                or [Item((DrawnLine.of(" No ticket stands behind it.", "dim"),))]
            )
        )

    def do_open_row(self) -> None:
        """Open the ticket under the cursor."""
        key = self.rows.key
        if isinstance(key, int):
            self.post_message(Open(key, self.behind.tickets))

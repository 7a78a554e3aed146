"""Past tickets like the one in front: what was asked, and what was answered."""

from collections.abc import Iterable

from textual.widget import Widget

from deskterm.actions.work import Work
from deskterm.commands.record import Where
from deskterm.domain.views import SimilarTicket
from deskterm.screens.base.command_runner import tell_failures
from deskterm.screens.base.list_screen import ListScreen
from deskterm.screens.base.messages import Open
from deskterm.screens.base.ticket_items import ticket_item
from deskterm.widgets.drawing.cells import fit
from deskterm.widgets.drawing.lines import Bit, DrawnLine, line
from deskterm.widgets.rows import Item, Rows

_INDENT = 11
_NONE = "No ticket that was answered before is like this one."


class SimilarScreen(ListScreen[None]):
    """Tickets whose customer asked much the same, the likest first; Enter opens one."""

    WHERE = Where.SIMILAR
    CSS_PATH = "../outbox.tcss"

    def __init__(self, work: Work, ticket_id: int) -> None:
        super().__init__(work)
        self.ticket_id = ticket_id
        self.found: tuple[SimilarTicket, ...] | None = None

    @property
    def place(self) -> str:
        """Which ticket they are like."""
        return f"like T{self.ticket_id}"

    def body(self) -> Iterable[Widget]:
        """The tickets."""
        yield Rows(ident="rows")

    def refresh_desk(self) -> None:
        """Look for them again, beside the screen."""
        self.run_worker(tell_failures(self, self._read()), group="similar", exclusive=True)

    async def _read(self) -> None:
        found = await self.work.read(self.work.desk.search.similar, self.ticket_id)
        if self.stands:
            self.found = found
            self.rows.show(self._items)
            self.call_after_refresh(self.show_keys)

    def _items(self, width: int) -> list[Item]:
        if not self.found:
            words = _NONE if self.found is not None else "Looking for them …"
            return [Item((DrawnLine.of("  " + words, "dim"),))]
        return [
            ticket_item(
                one.row, self.work, width, key=one.row.ticket_id, at=one.at, below=_conversation(one, width)
            )
            for one in self.found
        ]

    def do_open_row(self) -> None:
        """Open the ticket."""
        among = tuple(one.row.ticket_id for one in self.found or ())
        if self.rows.key in among:
            self.post_message(Open(among[among.index(self.rows.key)], among))


def _conversation(one: SimilarTicket, width: int) -> tuple[DrawnLine, ...]:
    room = max(0, width - _INDENT - 5)
    return (
        line(Bit(" " * _INDENT), Bit(fit(one.asked, room), "soft")),
        line(Bit(" " * _INDENT), Bit("You  ", "green"), Bit(fit(one.answered, room), "soft")),
        DrawnLine(),
    )

"""Past tickets like this one: what was asked and what was answered."""

from deskterm.actions.work import Work
from deskterm.commands.record import Where
from deskterm.domain.views import SimilarTicket
from deskterm.screens.base.list_screen import ReadScreen
from deskterm.screens.base.messages import Open
from deskterm.screens.base.ticket_items import ticket_item
from deskterm.widgets.drawing.cells import fit
from deskterm.widgets.drawing.lines import Bit, DrawnLine, line
from deskterm.widgets.rows import Item

_INDENT = 11
_BY_CATEGORY = "same category  "
_NONE = "No answered ticket is like this one."


class SimilarScreen(ReadScreen):
    """Tickets that asked much the same, the most similar first; Enter opens one."""

    WHERE = Where.SIMILAR
    READING = "Looking for similar tickets …"
    CSS_PATH = "../outbox.tcss"

    def __init__(self, work: Work, ticket_id: int) -> None:
        super().__init__(work)
        self.ticket_id = ticket_id
        self.found: tuple[SimilarTicket, ...] = ()

    @property
    def place(self) -> str:
        """Names the ticket they are similar to."""
        return f"like T{self.ticket_id}"

    async def read(self) -> None:
        """Search all answered tickets."""
        self.found = await self.work.read(self.work.desk.search.similar, self.ticket_id)

    def items(self, width: int) -> list[Item]:
        """One row for each ticket."""
        if not self.found:
            return [Item((DrawnLine.of("  " + _NONE, "dim"),))]
        return [
            ticket_item(
                one.row, self.work, width, key=one.row.ticket_id, at=one.at, below=_conversation(one, width)
            )
            for one in self.found
        ]

    def do_open_row(self) -> None:
        """Open the ticket."""
        among = tuple(one.row.ticket_id for one in self.found)
        if self.rows.key in among:
            self.post_message(Open(among[among.index(self.rows.key)], among))


def _conversation(one: SimilarTicket, width: int) -> tuple[DrawnLine, ...]:
    room = max(0, width - _INDENT - 5)
    return (
        line(Bit(" " * _INDENT), *_asked_bits(one, room)),
        line(Bit(" " * _INDENT), Bit("You  ", "green"), Bit(fit(one.answered, room), "soft")),
        DrawnLine(),
    )


def _asked_bits(one: SimilarTicket, room: int) -> tuple[Bit, ...]:
    """What was asked, marked if only the category is the same."""
    only = _BY_CATEGORY * one.by_category
    return Bit(only, "dim"), Bit(fit(one.asked, max(0, room - len(only))), "soft")

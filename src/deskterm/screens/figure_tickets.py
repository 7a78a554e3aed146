"""What is behind a figure: how it is counted, and the tickets counted."""

from collections.abc import Iterable

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from deskterm.actions.work import Work
from deskterm.commands.record import Where
from deskterm.domain.incidents.incident import IncidentIdea
from deskterm.screens.base.list_screen import ListScreen
from deskterm.screens.base.messages import Go, Open
from deskterm.screens.base.ticket_items import ticket_item
from deskterm.screens.incidents.new_incident import ask_about
from deskterm.screens.ticket_groups import TicketGroup
from deskterm.widgets.drawing.cells import fit
from deskterm.widgets.drawing.lines import Bit, DrawnLine, line
from deskterm.widgets.rows import Item, Rows

_INCIDENT = "incident"  # the key of the row that starts one


class FigureTicketsScreen(ListScreen[None]):
    """The tickets of a figure; Enter opens one."""

    WHERE = Where.BEHIND
    PLACE = "metrics"
    CSS_PATH = "figure_tickets.tcss"

    def __init__(self, work: Work, group: TicketGroup) -> None:
        super().__init__(work)
        self.group = group

    def body(self) -> Iterable[Widget]:
        """The explanation above, the tickets below."""
        yield Static(self._head(), id="head", markup=False)
        yield Rows(ident="rows")

    def _head(self) -> Content:
        lines = [Content.styled(self.group.title, "bold")]
        lines += [Content.styled(text, "$soft") for text in self.group.explained if text]
        return Content("\n").join(lines)

    def refresh_desk(self) -> None:
        """Read the tickets' rows."""
        rows = self.work.desk.inbox.rows(self.group.tickets)
        self.rows.show(
            lambda width: [
                *self._offer(width),
                *(ticket_item(row, self.work, width, key=row.ticket_id) for row in rows),
                *([] if rows else [Item((DrawnLine.of(" No tickets.", "dim"),))]),
            ]
        )

    def _offer(self, width: int) -> list[Item]:
        """The row that starts an incident, if one fits and the desk may write."""
        idea = self.group.idea
        if idea is None or self.work.desk.read_only:
            return []
        words = line(Bit(" Tell them all at once: ", "accent", bold=True), Bit("start an incident"))
        below = DrawnLine.of(" " + fit(idea.query, width - 2), "dim")
        return [Item((words, below), _INCIDENT)]

    def do_open_row(self) -> None:
        """Open the ticket under the cursor, or start the incident."""
        key = self.rows.key
        if isinstance(key, int):
            self.post_message(Open(key, self.group.tickets))
        elif key == _INCIDENT and self.group.idea is not None:
            self.commands.start(self._begin_incident(self.group.idea))

    async def _begin_incident(self, idea: IncidentIdea) -> None:
        made = await ask_about(self, idea)
        if made is not None:
            self.post_message(Go("incident", incident_id=made.id))

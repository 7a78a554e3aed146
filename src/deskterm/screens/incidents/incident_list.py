"""All incidents: how many customers each affects, who was told, and how long its clock still runs."""

from deskterm.actions.work import Work
from deskterm.commands.record import Where
from deskterm.domain.incidents.incident import Incident, OrderState
from deskterm.screens.base.list_screen import ReadScreen
from deskterm.screens.base.messages import Go
from deskterm.screens.incidents.new_incident import ask_incident
from deskterm.widgets.drawing.cells import fit, fit_right, wrap
from deskterm.widgets.drawing.lines import Bit, DrawnLine, line
from deskterm.widgets.rows import Item

_EMPTY = (
    "No incidents. If one cause affects many customers (a delay, a shortage, a recall), {new-incident} "
    "starts one: a filter over orders, a letter to each customer; who was told and who answered is kept."
)
LOOKING = "Searching the orders …"
_HOUR = 3600


def clock_words(incident: Incident, now: int) -> str:
    """`41 h left to tell the authority`; empty without a clock, or once the incident is over."""
    if incident.due_at is None or incident.ended_at is not None:
        return ""
    left = (incident.due_at - now) // _HOUR
    return f"{left} h left to tell the authority" if left >= 0 else f"{-left} h too late for the authority"


class IncidentListScreen(ReadScreen):
    """The incidents: Enter opens one, `n` starts one."""

    WHERE = Where.INCIDENTS
    PLACE = "incidents"
    READING = LOOKING
    CSS_PATH = "../outbox.tcss"

    def __init__(self, work: Work) -> None:
        super().__init__(work)
        self.found: tuple[tuple[Incident, dict[OrderState, int]], ...] = ()

    async def read(self) -> None:
        """Read them with their orders, which can be many."""
        self.found = await self.work.read(self.work.desk.incidents.summaries)

    def items(self, width: int) -> list[Item]:
        """One row for each incident."""
        if not self.found:
            words = self.work.with_keys(_EMPTY)
            return [Item(tuple(DrawnLine.of("  " + text, "dim") for text in wrap(words, width - 4)))]
        return [self._item(incident, counts, width) for incident, counts in self.found]

    def _item(self, incident: Incident, counts: dict[OrderState, int], width: int) -> Item:
        over = incident.ended_at is not None
        clock = clock_words(incident, self.work.now())
        states = ", ".join(f"{number} {state}" for state, number in counts.items() if number)
        head = line(
            Bit("  " + fit(incident.title, max(8, width - 32)), "dim" if over else "text", bold=not over),
            Bit(fit_right(f"{incident.kind} · {self.work.formats.day(incident.began_at)}", 29), "dim"),
        )
        words = f"  round {incident.round} · {states}{' · over' if over else ''}"
        below = [DrawnLine.of(fit(words, width), "soft")]
        if clock:
            below.append(DrawnLine.of(fit(f"  {clock}", width), "red"))
        return Item((head, *below, DrawnLine()), incident.id)

    def do_open_row(self) -> None:
        """Open the incident under the cursor."""
        if self.found and self.rows.key is not None:
            self.post_message(Go("incident", incident_id=self.rows.key))

    async def do_new_incident(self) -> None:
        """Ask what has happened and whom it affects, then open it."""
        made = await ask_incident(self)
        if made is not None:
            await self.read_and_show()
            self.post_message(Go("incident", incident_id=made.id))

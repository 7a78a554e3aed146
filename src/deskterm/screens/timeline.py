"""The timeline: everything about a customer, newest first."""

from collections.abc import Iterable

from textual.widget import Widget

from deskterm.actions.work import Work
from deskterm.commands.record import Where
from deskterm.domain.people.timeline import EntryKind, TimelineEntry
from deskterm.screens.base.list_screen import ListScreen
from deskterm.screens.base.messages import Open
from deskterm.widgets.drawing.cells import fit, fit_right, wrap
from deskterm.widgets.drawing.lines import Bit, DrawnLine, line
from deskterm.widgets.rows import Item, Rows

_SHADES = {
    EntryKind.ANSWERED: "green",
    EntryKind.REFUND: "amber",
    EntryKind.MACHINE: "dim",
    EntryKind.NOTE: "amber",
    EntryKind.PROMISE: "amber",
    EntryKind.WAIT: "amber",
}
# Of these the first words are shown, of everything else all: a tracking number is read whole or not at all.
_BEGINNINGS = (EntryKind.WROTE, EntryKind.ANSWERED, EntryKind.NOTE, EntryKind.MACHINE)
_DAY, _KIND, _MARK = 12, 9, 6


class TimelineScreen(ListScreen[None]):
    """A customer's mails, orders, parcels and refunds in order; Enter opens the ticket of one."""

    WHERE = Where.TIMELINE
    CSS_PATH = "outbox.tcss"

    def __init__(self, work: Work, ticket_id: int) -> None:
        super().__init__(work)
        self.ticket_id = ticket_id
        self.found: tuple[TimelineEntry, ...] = ()

    @property
    def place(self) -> str:
        """Whose timeline it is."""
        rows = self.work.desk.inbox.rows((self.ticket_id,))
        return f"timeline {rows[0].name}" if rows else "timeline"

    def body(self) -> Iterable[Widget]:
        """The entries."""
        yield Rows(ident="rows")

    def refresh_desk(self) -> None:
        """Read it again."""
        self.found = self.work.desk.timeline.for_ticket(self.ticket_id)
        self.rows.show(
            lambda width: (
                [self._item(at, one, width) for at, one in enumerate(self.found)]
                or [Item((DrawnLine.of("  Nothing is known about this customer.", "dim"),))]
            )
        )

    def _item(self, at: int, entry: TimelineEntry, width: int) -> Item:
        ticket = f"T{entry.ticket_id}" if entry.ticket_id else ""
        room = max(1, width - _DAY - _KIND - _MARK - 4)
        first, *rest = [entry.words] if entry.kind in _BEGINNINGS else wrap(entry.words, room)
        bits = [
            Bit(" " + fit_right(self.work.formats.day(entry.at), _DAY) + "  ", "dim"),
            Bit(fit(entry.kind, _KIND), _SHADES.get(entry.kind, "soft")),
            Bit(fit(first, room)),
            Bit(fit_right(ticket, _MARK), "accent"),
        ]
        indent = Bit(" " * (_DAY + _KIND + 3))
        return Item((line(*bits), *(line(indent, Bit(part)) for part in rest)), at)

    def do_open_row(self) -> None:
        """Open the entry's ticket."""
        key = self.rows.key
        entry = self.found[key] if isinstance(key, int) and key < len(self.found) else None
        if entry is not None and entry.ticket_id:
            self.post_message(Open(entry.ticket_id))
        elif entry is not None:
            self.tell("This belongs to no ticket.", "amber")

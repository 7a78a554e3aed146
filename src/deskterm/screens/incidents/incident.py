"""One incident: its orders, with whether each customer was told, answered, cancelled or got it shipped."""

from collections.abc import Iterable

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from deskterm.actions.work import Work
from deskterm.commands.record import Where
from deskterm.domain.incidents.incident import (
    SHIPPED_MACRO,
    Incident,
    IncidentNews,
    IncidentRow,
    OrderState,
    count_states,
)
from deskterm.screens.base.list_screen import ReadScreen
from deskterm.screens.base.messages import Go, Open
from deskterm.screens.incidents.incident_list import LOOKING, clock_words
from deskterm.screens.incidents.new_incident import ask_macro
from deskterm.screens.reply.take_macro import ask_each
from deskterm.widgets.drawing.cells import fit, fit_right
from deskterm.widgets.drawing.lines import Bit, line
from deskterm.widgets.rows import Item, Rows

_SHADES = {
    OrderState.TO_TELL: "amber",
    OrderState.TOLD: "green",
    OrderState.ANSWERED: "accent",
    OrderState.SHIPPED: "green",
    OrderState.CANCELLED: "dim",
    OrderState.LEFT_OUT: "dim",
}
_MARK, _NAME, _STATE = 10, 20, 12


class IncidentScreen(ReadScreen):
    """`m` writes to customers not told yet, `n` starts a round, `f` writes to those whose order shipped."""

    WHERE = Where.INCIDENT
    PLACE = "incident"
    READING = LOOKING
    CSS_PATH = "../outbox.tcss"

    def __init__(self, work: Work, incident_id: int) -> None:
        super().__init__(work)
        self.number = incident_id
        self.incident: Incident | None = None
        self.orders: tuple[IncidentRow, ...] = ()

    def body(self) -> Iterable[Widget]:
        """The heading and the orders."""
        yield Static(id="incident-head", markup=False)
        yield Rows(ident="rows")

    async def read(self) -> None:
        """Read the incident with its orders, which can be many."""
        incidents = self.work.desk.incidents
        incident = await self.work.read(incidents.get, self.number)
        self.incident, self.orders = incident, await self.work.read(incidents.rows, self.number)
        if self.stands:
            self.query_one("#incident-head", Static).update(self._head(incident))

    def _head(self, incident: Incident) -> Content:
        counts = count_states(self.orders)
        states = " · ".join(f"{number} {state}" for state, number in counts.items() if number)
        left = sum(
            one.state is OrderState.SHIPPED and bool(one.told_at) and not one.ship_told for one in self.orders
        )
        then = f"   {self.work.key('tell-shipped')} tells {left} that their order has shipped" if left else ""
        over = f" · over since {self.work.formats.day(incident.ended_at)}" if incident.ended_at else ""
        clock = clock_words(incident, self.work.now())
        return Content.assemble(
            (f"  {incident.title}", "bold"),
            (f"   {incident.kind} · {incident.query} · round {incident.round}{over}\n", "$dim"),
            (f"  {states}", "$soft"),
            (then, "$amber"),
            (f"\n  {clock}" if clock else "", "$red"),
        )

    def items(self, width: int) -> list[Item]:
        """Its orders."""
        return [self._item(row, width) for row in self.orders]

    def _item(self, row: IncidentRow, width: int) -> Item:
        order = row.order
        ticket = f"T{row.ticket_id}" if row.ticket_id else ""
        when = f"told {self.work.formats.moment(row.told_at, self.work.now())}" if row.told_at else ""
        words = " · ".join(filter(None, (row.why, when, "told that it shipped" if row.ship_told else "")))
        bits = [
            Bit("  " + fit(order.mark, _MARK), "accent"),
            Bit(fit(order.customer_name or order.email, _NAME) + "  ", bold=True),
            Bit(fit(str(row.state), _STATE), _SHADES[row.state]),
            Bit(fit(words, max(0, width - _MARK - _NAME - _STATE - 14)), "soft"),
            Bit(fit_right(ticket, 8), "dim"),
        ]
        return Item((line(*bits),), order.id)

    # keys

    def do_open_row(self) -> None:
        """Open the ticket in which the order's customer was told."""
        row = next((one for one in self.orders if one.order.id == self.rows.key), None)
        if row is not None and row.ticket_id and row.told_at:
            self.post_message(Open(row.ticket_id))
        elif row is not None:
            self.tell(self.work.with_keys("Not written to yet: {tell-all} writes to all."), "amber")

    async def do_tell_all(self) -> None:
        """Ask once for what the macro needs, then show all letters."""
        asked = await ask_each(self, self.work.desk.incidents.questions(self.number))
        if asked is None:
            return
        if asked:
            await self.work.write(self.work.desk.incidents.answer, self.number, asked)
        self._go_to_letters(IncidentNews.NEWS)

    def do_tell_shipped(self) -> None:
        """Show the letters to customers who waited and whose order has shipped."""
        self._go_to_letters(IncidentNews.SHIPPED)

    def _go_to_letters(self, says: IncidentNews) -> None:
        if self.incident is None:
            self.tell("The orders are still being searched.", "amber")
            return
        to_tell = [one for one in self.orders if _is_for(one, says)]
        if not to_tell:
            self.tell("There is nobody to tell now.", "amber")
            return
        macro = SHIPPED_MACRO if says is IncidentNews.SHIPPED else self.incident.macro
        if macro not in self.work.desk.playbook.current().macros:
            self.tell(f"There is no macro {macro}: {self.work.key('change-macro')} picks another.", "amber")
            return
        self.post_message(Go("bulk", ids=(), macro_id=macro, incident=(self.number, says)))

    async def do_next_round(self) -> None:
        """Start another round for a new date: everyone who waits is told again."""
        front = self.front
        ask = f"Everyone who waits is told again: {self.work.key('next-round')} again starts it."
        if front.asks_again("round", self.number, ask):
            return
        number = await self.work.write(self.work.desk.incidents.next_round, self.number)
        await self.read_and_show()
        self.tell(f"Round {number}: {self.work.key('tell-all')} asks for the new date and fills the letters.")

    async def do_look_again(self) -> None:
        """Add the orders that match the filter by now."""
        found = await self.work.write(self.work.desk.incidents.look_again, self.number)
        await self.read_and_show()
        self.tell(f"{found} more order{'s'[: found != 1]}." if found else "No more orders.")

    async def do_change_macro(self) -> None:
        """Pick another macro for it."""
        macro = await ask_macro(self)
        if macro:
            await self.work.write(self.work.desk.incidents.choose_macro, self.number, macro)
            await self.read_and_show()

    async def do_end_incident(self) -> None:
        """End the incident, or reopen it."""
        if self.incident is not None:
            lasts = self.incident.ended_at is None
            await self.work.write(self.work.desk.incidents.end, self.number, self.work.now(), over=lasts)
            await self.read_and_show()


def _is_for(row: IncidentRow, says: IncidentNews) -> bool:
    if says is IncidentNews.NEWS:
        return row.state is OrderState.TO_TELL
    return row.state is OrderState.SHIPPED and bool(row.told_at) and not row.ship_told

"""The radar: orders likely to become tickets, with what the store or carrier reported."""

from deskterm.actions.work import Work
from deskterm.commands.record import Where
from deskterm.domain.messages import Address
from deskterm.domain.orders.radar import LETTERS, Worry
from deskterm.domain.playbook import Macro
from deskterm.domain.review.order_needs import unmet
from deskterm.domain.sources import SourcePart
from deskterm.domain.tickets import Row, Status
from deskterm.domain.views import RadarRow
from deskterm.screens.base.list_screen import ReadScreen
from deskterm.screens.base.messages import Go, Open
from deskterm.widgets.drawing.cells import fit, fit_right, wrap
from deskterm.widgets.drawing.lines import Bit, DrawnLine, line, spread
from deskterm.widgets.picker import Option
from deskterm.widgets.rows import Item

_EMPTY = (
    "Every order is on its way as promised. Orders that were paid but not shipped in time, and parcels that "
    "do not move, are listed here."
)
_NO_STORE = (
    "No store is set up: `deskterm stores add` adds a live one, `deskterm setup` a file of orders. "
    "Then orders likely to become tickets are listed here."
)
_COMES = "Not all orders are here yet: {standing} shows how far they are."
_WORDS = {
    Worry.UNSHIPPED: "paid {} days ago, not shipped",
    Worry.SILENT: "no movement for {} days",
    Worry.NO_DATA: "shipped {} days ago, no carrier data",
    Worry.NOT_BACK: "return label sent {} days ago, nothing back",
    Worry.NO_MONEY: "returned {} days ago, not refunded",
}
_DAY = 86400
_MARK, _NAME = 9, 18


class RadarScreen(ReadScreen):
    """Orders to look after: Enter opens an order's ticket, `m` writes to its customer."""

    WHERE = Where.RADAR
    PLACE = "radar"
    READING = "Searching the orders …"
    CSS_PATH = "outbox.tcss"

    def __init__(self, work: Work) -> None:
        super().__init__(work)
        self.found: tuple[RadarRow, ...] = ()

    async def read(self) -> None:
        """Search the orders: many can be under way."""
        self.found = await self.work.read(self.work.desk.radar.rows, self.work.now())

    def items(self, width: int) -> list[Item]:
        """One row for each order."""
        if not self.found:
            words = self._why_empty()
            return [Item(tuple(DrawnLine.of("  " + text, "dim") for text in wrap(words, width - 4)))]
        return [self._item(row, width) for row in self.found]

    def _why_empty(self) -> str:
        """Why the list is empty. That all is well is only said if all orders are here."""
        if not self.work.settings.stores:
            return _NO_STORE
        state = self.work.facts.state
        orders = [one for one in state.orders if one.source.part is SourcePart.READING] if state else []
        return self.work.with_keys(_COMES) if any(one.complete_to <= 0 for one in orders) else _EMPTY

    def _item(self, row: RadarRow, width: int) -> Item:
        order, days = row.order, (self.work.now() - row.since) // _DAY
        shade = "red" if row.worry in (Worry.SILENT, Worry.NO_MONEY) else "amber"
        ticket = _ticket_words(row.ticket) if row.ticket else "no ticket"
        words = _WORDS[row.worry].format(days)
        room = max(0, width - _MARK - _NAME - len(ticket) - 4)
        bits = [
            Bit(" " + fit(order.mark, _MARK), "accent"),
            Bit(fit(order.customer_name or order.email, _NAME) + "  ", bold=True),
            Bit(fit(words, room), shade),
            Bit(" " + fit_right(ticket, len(ticket)), "dim"),
        ]
        goods = ", ".join(f"{one.quantity} × {one.title}" for one in order.lines)
        below = Bit(f"          {self.work.formats.day(order.placed_at)}  {goods}", "dim")
        letter = self._letter(row) if _may_write(row) else None
        would = Bit(f"  {self.work.key('write-first')} {letter.title}", "dim") if letter else Bit("")
        return Item((line(*bits), spread([below], [would], width), DrawnLine()), row.key)

    def _letter(self, row: RadarRow) -> Macro | None:
        """The macro that the problem calls for, if there is one and it fits the order."""
        macros = self.work.desk.playbook.current().macros
        known = (macros[name] for name in LETTERS[row.worry] if name in macros)
        return next((one for one in known if not unmet(one.needs, row.order)), None)

    @property
    def chosen(self) -> RadarRow | None:
        """The order under the cursor."""
        return next((row for row in self.found if row.key == self.rows.key), None)

    def do_open_row(self) -> None:
        """Open the order's ticket."""
        row = self.chosen
        if row is not None and row.ticket is not None:
            self.post_message(Open(row.ticket.ticket_id))
        elif row is not None:
            self.tell(
                self.work.with_keys("No ticket mentions it: {write-first} writes to the customer."), "amber"
            )

    async def do_write_first(self) -> None:
        """Pick a macro, fill it from this order, and open the review: in its solved ticket, if it has one."""
        row = self.chosen
        if row is None:
            return
        order, replies, now = row.order, self.work.desk.replies, self.work.now()
        if row.ticket is not None and not _may_write(row):
            self.tell(
                f"T{row.ticket.ticket_id} is about it already: {self.work.key('open-row')} opens it.", "amber"
            )
            return
        macro = await self.front.pick(f"Write about {order.mark} with", self._macros(row))
        if macro and row.ticket is not None:
            ticket = row.ticket.ticket_id
        elif macro:
            to = Address(order.customer_name, order.email)
            draft = await self.work.write(replies.compose, to, f"Your order {order.mark}", now)
            ticket = draft.ticket_id
        else:
            return
        await self.work.write(replies.take, ticket, macro, order.id, now)
        self.post_message(Go("review", ticket_id=ticket))

    def _macros(self, row: RadarRow) -> list[Option]:
        """The macros that fit the order's state, first the one that its problem calls for."""
        macros, first = self.work.desk.playbook.current().macros.values(), self._letter(row)
        fitting = [one for one in macros if one.needs and not unmet(one.needs, row.order)]
        listed = dict.fromkeys((*filter(None, (first,)), *fitting))
        return [Option(one.id, one.title, one.key, one.category) for one in listed]


def _may_write(row: RadarRow) -> bool:
    """Whether a letter can be begun here: there is no ticket about it, or it is solved and holds no draft."""
    ticket = row.ticket
    return ticket is None or (ticket.status is Status.SOLVED and not ticket.draft)


def _ticket_words(ticket: Row) -> str:
    """`T1043 waiting`; a letter that was begun from here and not sent makes nobody wait."""
    begun = ticket.draft and not ticket.outbox and ticket.status is Status.WAITING
    return f"T{ticket.ticket_id} {'draft' if begun else ticket.standing}"

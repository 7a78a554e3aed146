"""The back-in-stock list: who is to be told; those whose product is back come first."""

from collections.abc import Iterable
from datetime import date, datetime, time

from textual.widget import Widget

from deskterm.actions.work import Work
from deskterm.commands.record import Where
from deskterm.domain.products.notes import is_past
from deskterm.domain.views import WaitingRow
from deskterm.screens.base.list_screen import ListScreen
from deskterm.screens.base.messages import Go, Open
from deskterm.screens.reply.take_macro import take
from deskterm.widgets.drawing.cells import fit, fit_right, wrap
from deskterm.widgets.drawing.lines import Bit, DrawnLine, line
from deskterm.widgets.product_card import stock_words
from deskterm.widgets.rows import Item, Rows

_EMPTY = (
    "Nobody is waiting. {back-in-stock} on a ticket puts its customer on this list, and so does a macro with "
    "the effect `back_in_stock: promise`."
)
_NO_MACRO = "No macro has the effect `back_in_stock: tell`. Write one, then this key fills it."
_NAME, _TICKET = 20, 7


class StockListScreen(ListScreen[None]):
    """The customers waiting: Enter opens the ticket, `m` writes to one, `d` removes one."""

    WHERE = Where.STOCK
    PLACE = "back in stock"
    CSS_PATH = "../outbox.tcss"

    def __init__(self, work: Work) -> None:
        super().__init__(work)
        self.found: tuple[WaitingRow, ...] = ()

    def body(self) -> Iterable[Widget]:
        """The list."""
        yield Rows(ident="rows")

    def refresh_desk(self) -> None:
        """Read it again."""
        self.found = self.work.desk.products.stock_list.rows()
        self.rows.show(self._items)

    def _items(self, width: int) -> list[Item]:
        if not self.found:
            words = self.work.with_keys(_EMPTY)
            return [Item(tuple(DrawnLine.of("  " + text, "dim") for text in wrap(words, width - 4)))]
        return [self._item(row, width) for row in self.found]

    def _item(self, row: WaitingRow, width: int) -> Item:
        wait = row.wait
        state, shade = self._state(row)
        room = max(0, width - _NAME - _TICKET - 4)
        bits = [
            Bit(" " + fit(row.ticket.name, _NAME) + "  ", bold=True),
            Bit(fit(wait.title, room)),
            Bit(fit_right(f"T{wait.ticket_id}", _TICKET), "dim"),
        ]
        since = f"asked {self.work.formats.day(wait.asked_at)}"
        below = line(
            Bit(" " * (_NAME + 3)), Bit(fit(f"{state}  ·  {since}", max(0, width - _NAME - 4)), shade)
        )
        return Item((line(*bits), below, DrawnLine()), wait.id)

    def _state(self, row: WaitingRow) -> tuple[str, str]:
        formats = self.work.formats
        goods = stock_words(row.goods.variant)[0] if row.goods else "not known any more"
        if row.wait.back_at is not None:
            return f"back since {formats.moment(row.wait.back_at, self.work.now())}: {goods}", "green"
        if row.day:
            noon = datetime.combine(date.fromisoformat(row.day), time(12), formats.zone)
            day = formats.day(int(noon.timestamp()))
            if is_past(row.day, formats.local(self.work.now()).date()):
                return f"{goods}, was expected {day}", "amber"
            return f"{goods}, expected {day}", "soft"
        return goods, "soft"

    @property
    def chosen(self) -> WaitingRow | None:
        """The row under the cursor."""
        return next((row for row in self.found if row.wait.id == self.rows.key), None)

    def do_open_row(self) -> None:
        """Open the ticket."""
        if self.chosen is not None:
            self.post_message(Open(self.chosen.wait.ticket_id))

    async def do_tell_back(self) -> None:
        """Fill the macro that says that it is back, and show the review."""
        row, macro = self.chosen, self.work.desk.products.stock_list.telling_macro()
        if row is None:
            return
        if not macro:
            self.tell(_NO_MACRO, "amber")
        elif row.wait.back_at is None:
            self.tell(f"{row.wait.title} is not back yet, as far as the store says.", "amber")
        else:
            await take(self, row.wait.ticket_id, macro, wait_id=row.wait.id)

    async def do_tell_all_back(self) -> None:
        """One letter to each whose goods are back, in one list with its warnings."""
        macro = self.work.desk.products.stock_list.telling_macro()
        ids = tuple(dict.fromkeys(row.wait.ticket_id for row in self.found if row.wait.back_at is not None))
        if not macro:
            self.tell(_NO_MACRO, "amber")
        elif not ids:
            self.tell("Nothing that somebody waits for is back.", "amber")
        else:
            self.post_message(Go("bulk", ids=ids, macro_id=macro))

    async def do_off_list(self) -> None:
        """Take the customer off the list."""
        if self.chosen is not None:
            drop = self.work.desk.products.stock_list.drop
            self.front.show_change(await self.work.write(drop, self.chosen.wait.id, self.work.now()))

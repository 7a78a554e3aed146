"""Which order a reply is about: asked once if several fit."""

from collections.abc import Iterable, Sequence

from textual.containers import Vertical
from textual.widget import Widget
from textual.widgets import Static

from deskterm.actions.work import Work
from deskterm.domain.orders.order import Order
from deskterm.domain.review.replies import OrderOption
from deskterm.screens.base.picker_screen import PickerScreen
from deskterm.widgets.drawing.cells import fit
from deskterm.widgets.drawing.lines import Bit, DrawnLine, line, spread
from deskterm.widgets.rows import Item, Rows


class OrderScreen(PickerScreen[int | None]):
    """Gives the chosen order's id."""

    KEYS = (("Enter", "take"), ("↑ ↓", "move"), ("Esc", "back"))

    def __init__(self, work: Work, options: Sequence[OrderOption]) -> None:
        super().__init__(work)
        self.options = options

    def body(self) -> Iterable[Widget]:
        """The orders, best first, each with why it may be the one."""
        yield Vertical(
            Static("Which order is it about?", classes="title", markup=False),
            Rows(ground="raised", ident="rows"),
            classes="panel",
        )

    def refresh_desk(self) -> None:
        """Show the orders."""
        self.query_one(Rows).show(lambda width: [self._item(option, width) for option in self.options])

    def on_row_picked(self, key: object) -> None:
        """Choose the order."""
        if isinstance(key, int):
            self.dismiss(key)

    def _item(self, option: OrderOption, width: int) -> Item:
        order, formats = option.order, self.work.formats
        head = [Bit(f"  {order.mark} ", "accent", bold=True), Bit(f" {order.fulfilment_text}", bold=True)]
        day = [Bit(f"{formats.day(order.placed_at)}   {formats.money(order.total)} ", "soft")]
        why = Bit(fit(f"  {order.store} · {option.because}", width), "green" if option.certain else "dim")
        return Item(
            (
                spread(head, day, width),
                line(Bit(fit(f"  {what(order)}", width), "soft")),
                line(why),
                DrawnLine(),
            ),
            order.id,
        )


def what(order: Order) -> str:
    """The order's lines in one line: `2 × Wool throw, grey; 1 × Mug`."""
    return "; ".join(
        f"{row.quantity} × {row.title}" + (f", {row.variant}" if row.variant else "") for row in order.lines
    )

"""The macros that fit the ticket, best first, under the conversation; and a waiting draft."""

from typing import TYPE_CHECKING

from deskterm.widgets.drawing.lines import Bit, Drawn, DrawnLine, cells

if TYPE_CHECKING:
    from deskterm.domain.orders.order import Order
    from deskterm.domain.playbook import Macro

_SHOWN = 4


class Suggestions(Drawn):
    """One line of macros, each with the keys that take it."""

    GROUND = "bar"

    def __init__(self) -> None:
        super().__init__()
        self._macros: tuple[Macro, ...] = ()
        self._order: Order | None = None
        self._draft = False

    def show(self, macros: "tuple[Macro, ...]", order: "Order | None", *, draft: bool) -> None:
        """Take the macros, best first, and the order they would speak of; `draft`: a reply has been begun."""
        if (macros, order, draft) != (self._macros, self._order, self._draft):
            self._macros, self._order, self._draft = macros, order, draft
            self.refresh()

    def lines(self, width: int) -> list[DrawnLine]:
        """The line, in the middle of the widget's height."""
        above = [DrawnLine()] * ((self.size.height - 1) // 2)
        if self._draft:
            return [
                *above,
                DrawnLine((Bit("  r", "accent", bold=True), Bit(" go on with the draft", bold=True))),
            ]
        bits: list[Bit] = [Bit("  ")]
        for number, macro in enumerate(self._macros[:_SHOWN]):
            offered = self._macro_line(macro, "text" if number == 0 else "soft")
            if number and cells([*bits, *offered]) > width:
                break
            bits += offered
        return [*above, DrawnLine(tuple(bits))]

    def _macro_line(self, macro: "Macro", shade: str) -> list[Bit]:
        """A macro's keys and title, and what it needs that the order is not."""
        from deskterm.domain.review.order_needs import unmet  # noqa: PLC0415 - the first picture is without

        keys = f"m {macro.key}" if macro.key else "m"
        missing = ", ".join(unmet(macro.needs, self._order))
        needs = [Bit(f" needs {missing}", "amber")] if missing else []
        return [Bit(keys, "accent", bold=True), Bit(f" {macro.title}", shade), *needs, Bit("   ")]

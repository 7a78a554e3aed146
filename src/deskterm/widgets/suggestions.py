"""The answers offered for the newest mail, best first, under the conversation; and a waiting draft."""

from typing import TYPE_CHECKING

from deskterm.widgets.drawing.lines import Bit, Drawn, DrawnLine, cells

if TYPE_CHECKING:
    from deskterm.domain.orders.order import Order
    from deskterm.domain.playbook import Macro
    from deskterm.domain.suggest.offer import Offer

_SHOWN = 3
_WHY = {
    "dispute": "a dispute: no ready answer",
    "language": "no macro in their language",
    "unsure": "no ready answer",
}


class Suggestions(Drawn):
    """One line of answers, each with the key that takes it; the first stands out where it is sure."""

    GROUND = "bar"

    def __init__(self) -> None:
        super().__init__()
        self._macros: tuple[Macro, ...] = ()
        self._order: Order | None = None
        self._offer: Offer | None = None
        self._draft = False

    def show(
        self, macros: "tuple[Macro, ...]", order: "Order | None", offer: "Offer | None" = None, *, draft: bool
    ) -> None:
        """Take the macros, best first, and the order they would speak of; `draft`: a reply has been begun."""
        given = (macros, order, offer, draft)
        if given != (self._macros, self._order, self._offer, self._draft):
            self._macros, self._order, self._offer, self._draft = given
            self.GROUND = "bar" if draft or offer else "ground"  # nothing to say, no bar
            self.refresh()

    def lines(self, width: int) -> list[DrawnLine]:
        """The line, in the middle of the widget's height."""
        above = [DrawnLine()] * ((self.size.height - 1) // 2)
        return [*above, DrawnLine(tuple(self._bits(width)))]

    def _bits(self, width: int) -> list[Bit]:
        if self._draft:
            return [Bit("  r", "accent", bold=True), Bit(" go on with the draft", bold=True)]
        if self._offer is None:
            return []
        if not self._macros:
            return _without(str(self._offer.why), width)
        bits: list[Bit] = [Bit("  ")]
        for number, macro in enumerate(self._macros[:_SHOWN], 1):
            offered = self._macro_line(number, macro)
            if number > 1 and cells([*bits, *offered]) > width:
                break
            bits += offered
        return [*bits, *_read_it(self._offer, width - cells(bits))]

    def _macro_line(self, number: int, macro: "Macro") -> list[Bit]:
        """A macro's key and title, and what it needs that the order is not."""
        from deskterm.domain.review.order_needs import unmet  # noqa: PLC0415 - the first picture is without

        missing = ", ".join(unmet(macro.needs, self._order))
        needs = [Bit(f" needs {missing}", "amber")] if missing else []
        sure = number == 1 and self._offer is not None and self._offer.sure
        title = Bit(f" {macro.title}", "text" if sure else "soft", bold=sure)
        mark = [Bit(" ✓", "green")] if sure else []
        return [Bit(str(number), "accent", bold=True), title, *mark, *needs, Bit("   ")]


def _read_it(offer: "Offer", room: int) -> list[Bit]:
    """Where the mail asks two things at once: the key that answers neither yet."""
    words = " say you have read it"
    if offer.why != "two questions" or len(words) >= room:
        return []
    return [Bit("a", "accent", bold=True), Bit(words, "soft")]


def _without(why: str, width: int) -> list[Bit]:
    """Why nothing is offered, and what helps then."""
    bits = [Bit(f"  {_WHY.get(why, _WHY['unsure'])}   ", "soft")]
    for key, words in (("s", "its SOP"), ("a", "say you have read it"), ("m", "all macros")):
        if cells(bits) + len(f"{key} {words}") <= width:
            bits += [Bit(key, "accent", bold=True), Bit(f" {words}   ", "soft")]
    return bits

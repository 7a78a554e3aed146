"""The suggested answers for the newest mail, best first, below the conversation; and a waiting draft."""

from typing import TYPE_CHECKING

from deskterm.widgets.drawing.cells import cell_len, fit
from deskterm.widgets.drawing.lines import Bit, Drawn, DrawnLine, cells

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from deskterm.commands.keymap import KeyOf
    from deskterm.domain.orders.order import Order
    from deskterm.domain.playbook import Macro
    from deskterm.domain.suggest.offer import Offer

_COMMANDS = ("first-answer", "second-answer", "third-answer")
_GAP = "   "
_WHY = {
    "dispute": "a dispute: no suggested answer",
    "language": "no macro in their language",
    "returned": "your mail came back: no suggested answer",
    "machine": "a program wrote this: nobody waits for an answer",
    "unread": "nobody reads the address it came from",
    "unsure": "no suggested answer",
}


class Suggestions(Drawn):
    """The answers, each with its key, and the SOP; the first answer stands out if it is certain.

    They share a line if there is room, else they are listed one below the other, as far as the height allows.
    """

    GROUND = "bar"

    def __init__(self, key: "KeyOf") -> None:
        super().__init__()
        self._key = key
        self._macros: tuple[Macro, ...] = ()
        self._order: Order | None = None
        self._offer: Offer | None = None
        self._sop = ""
        self._draft = False

    def show(
        self,
        macros: "tuple[Macro, ...]",
        order: "Order | None",
        offer: "Offer | None" = None,
        *,
        sop: str = "",
        draft: bool,
    ) -> None:
        """Show the macros, best first, for an order, and the SOP's title; `draft`: a reply has been begun."""
        given = (macros, order, offer, sop, draft)
        if given != (self._macros, self._order, self._offer, self._sop, self._draft):
            self._macros, self._order, self._offer, self._sop, self._draft = given
            self.GROUND = "bar" if draft or offer else "ground"  # nothing to say: no bar
            self.refresh()

    def lines(self, width: int) -> list[DrawnLine]:
        """The keys, in the middle of the widget's height."""
        height = self.size.height
        drawn = _in_lines(self._parts(width), width)[: max(1, height)]
        return [*[DrawnLine()] * ((height - len(drawn)) // 2), *drawn]

    def _parts(self, width: int) -> "Iterator[list[Bit]]":
        """What a key does, one after the other."""
        if self._draft:
            yield [Bit(self._key("reply"), "accent", bold=True), Bit(" continue the draft", bold=True)]
            return
        if self._offer is None:
            return
        for number, macro in enumerate(self._macros[: len(_COMMANDS)]):
            yield self._macro_part(number, macro, width)
        if not self._macros:
            yield [Bit(_cut(_WHY.get(self._offer.why, _WHY["unsure"]), width - 2), "soft")]
        if self._sop:
            yield _key_part(self._key("sop"), self._sop, width)
        if self._offer.reaches_nobody:
            return
        if not self._macros or self._offer.why == "two questions":
            yield _key_part(self._key("received"), "say you have read it", width)
        if not self._macros:
            yield _key_part(self._key("macro"), "all macros", width)

    def _macro_part(self, number: int, macro: "Macro", width: int) -> list[Bit]:
        """A macro's key and title, and what it needs that the order lacks."""
        from deskterm.domain.review.order_needs import unmet  # noqa: PLC0415 - not in the first picture

        missing = ", ".join(unmet(macro.needs, self._order))
        needs = [Bit(f" needs {missing}", "amber")] if missing else []
        sure = number == 0 and self._offer is not None and self._offer.sure
        mark = [Bit(" ✓", "green")] if sure else []
        key = self._key(_COMMANDS[number])
        title = _cut(f" {macro.title}", width - 4 - cell_len(key) - cells([*mark, *needs]))
        shade = "text" if sure else "soft"
        return [Bit(key, "accent", bold=True), Bit(title, shade, bold=sure), *mark, *needs]


def _key_part(key: str, words: str, width: int) -> list[Bit]:
    return [Bit(key, "accent", bold=True), Bit(_cut(f" {words}", width - 4 - cell_len(key)), "soft")]


def _cut(text: str, width: int) -> str:
    return fit(text, min(width, cell_len(text)))


def _in_lines(parts: "Iterable[list[Bit]]", width: int) -> list[DrawnLine]:
    """The parts in as few lines as hold them whole."""
    lines: list[list[Bit]] = []
    for part in parts:
        if lines and cells([*lines[-1], *part]) + len(_GAP) <= width:
            lines[-1] += [Bit(_GAP), *part]
        else:
            lines.append([Bit("  "), *part])
    return [DrawnLine(tuple(bits)) for bits in lines]

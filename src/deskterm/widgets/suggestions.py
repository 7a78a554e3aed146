"""The macros that fit the ticket, best first, under the conversation; and a waiting draft."""

from typing import TYPE_CHECKING

from deskterm.widgets.lines import Bit, Drawn, Line

if TYPE_CHECKING:
    from deskterm.domain.playbook import Macro

_SHOWN = 4


class Suggestions(Drawn):
    """One line of macros, each with the keys that take it."""

    GROUND = "bar"

    def __init__(self) -> None:
        super().__init__()
        self._macros: tuple[Macro, ...] = ()
        self._draft = False

    def show(self, macros: "tuple[Macro, ...]", *, draft: bool) -> None:
        """Take the macros, best first; `draft` says that a reply has been begun."""
        if (macros, draft) != (self._macros, self._draft):
            self._macros, self._draft = macros, draft
            self.refresh()

    def lines(self, width: int) -> list[Line]:
        """The line, in the middle of the widget's height."""
        above = [Line()] * ((self.size.height - 1) // 2)
        if self._draft:
            return [*above, Line((Bit("  r", "accent", bold=True), Bit(" go on with the draft", bold=True)))]
        bits: list[Bit] = [Bit("  ")]
        room = width - 4
        for number, macro in enumerate(self._macros[:_SHOWN]):
            keys = f"m {macro.key}" if macro.key else "m"
            room -= len(keys) + len(macro.title) + 4
            if room < 0 and number:
                break
            bits += [
                Bit(keys, "accent", bold=True),
                Bit(f" {macro.title}   ", "text" if number == 0 else "soft"),
            ]
        return [*above, Line(tuple(bits))]

"""The keys of the screen that was in front."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import zip_longest

from textual.widget import Widget

from deskterm.actions.work import Work
from deskterm.commands.keymap import shown_keys
from deskterm.commands.record import Command, Where
from deskterm.screens.base.moves import Movable
from deskterm.screens.base.screen import DeskScreen
from deskterm.screens.base.screen_front import ScreenFront
from deskterm.widgets.drawing.cells import cell_len, fit, wrap
from deskterm.widgets.drawing.lines import Bit, DrawnLine, Scroll, line

_TWO_COLUMNS = 108  # cells from which the groups stand side by side
_GAP = 4
_MANY = len(Where) // 2  # a command of at least that many places counts as working everywhere

Shown = tuple[Command, list[str]]
Group = tuple[str, list[Shown]]


def groups(about: Where, commands: Sequence[Shown]) -> list[Group]:
    """The commands of a place in groups: here, moving, going, everywhere. Empty groups are left out."""
    named: dict[str, list[Shown]] = {f"In {about}": [], "Moving": [], "Going": [], "Everywhere": []}
    for shown in commands:
        named[_group(shown[0], about)].append(shown)
    return [(title, found) for title, found in named.items() if found]


def _group(command: Command, about: Where) -> str:
    if command.moves:
        return "Moving"
    if command.id.startswith("go-"):
        return "Going"
    return "Everywhere" if len(command.where) >= _MANY else f"In {about}"


_LEGEND = (
    ("9h", "How long the customer has waited for an answer; amber, then red, when that is too long."),
    ("due", "Due, so above tickets that wait longer: a change before shipping, a date, a promise."),
    ("×3", "Three open tickets of one customer, kept together."),
    ("~late", "A guessed category; {category} sets it."),
    ("! ✎ →", "In the one-line list: due, has a draft, a reply is on its way."),
)


class Keys(Scroll):
    """Groups of commands with their keys, in one column or two."""

    def __init__(self, found: Sequence[Group], legend: Sequence[tuple[str, str]] = ()) -> None:
        super().__init__()
        self._found, self._legend = found, legend

    def picture(self, width: int) -> list[DrawnLine]:
        """All lines at that width."""
        if width < _TWO_COLUMNS:
            first, rest = self._found[:1], self._found[1:]
            return [DrawnLine(), *_column(first, width), *self._signs(width), *_column(rest, width)]
        half = (width - _GAP) // 2
        left, right = _column(self._found[:1], half), [*self._signs(half), *_column(self._found[1:], half)]
        pairs = zip_longest(left, right, fillvalue=DrawnLine())
        return [
            DrawnLine(),
            *(DrawnLine((*_fill_line(one, half + _GAP), *other.bits)) for one, other in pairs),
        ]

    def _signs(self, width: int) -> list[DrawnLine]:
        """What the marks in the list's rows mean."""
        if not self._legend:
            return []
        room = max(cell_len(sign) for sign, _ in self._legend) + 2
        lines = [DrawnLine.of("The list: what is due first, then who has waited longest", bold=True)]
        for sign, words in self._legend:
            lines += _explain_command(fit(sign, room), words, width)
        return [*lines, DrawnLine()]


def _column(found: Sequence[Group], width: int) -> list[DrawnLine]:
    """Groups below each other; the key column is as wide as the widest keys."""
    shown = ["  ".join(keys) for _, commands in found for _, keys in commands]
    room = max(map(cell_len, shown), default=0) + 2
    lines: list[DrawnLine] = []
    for title, commands in found:
        lines.append(DrawnLine.of(title, bold=True))
        for command, keys in commands:
            lines += _explain_command(fit("  ".join(keys), room), command.help, width)
        lines.append(DrawnLine())
    return lines


def _explain_command(keys: str, words: str, width: int) -> list[DrawnLine]:
    """A command's keys, and beside them its help, wrapped."""
    room = cell_len(keys)
    parts = wrap(words, max(8, width - room))
    first = line(Bit(keys, "accent", bold=True), Bit(parts[0], "soft"))
    return [first, *(line(Bit(" " * room), Bit(part, "soft")) for part in parts[1:])]


def _fill_line(one: DrawnLine, width: int) -> tuple[Bit, ...]:
    used = sum(cell_len(bit.text) for bit in one.bits)
    return (*one.bits, Bit(" " * max(0, width - used)))


class HelpScreen(DeskScreen[None]):
    """The keys of the place `about`."""

    WHERE = Where.HELP
    PLACE = "keys"
    CSS_PATH = "help.tcss"

    def __init__(self, work: Work, about: Where) -> None:
        super().__init__(work)
        self.front = ScreenFront(self)
        self.about = about

    def body(self) -> Iterable[Widget]:
        """The keys in force."""
        found = groups(self.about, shown_keys(self.about, self.work.keys(self.about)))
        legend = [(sign, self.work.with_keys(words)) for sign, words in _LEGEND]
        yield Keys(found, legend if self.about is Where.LIST else ())

    def footer_commands(self, shown: list[Shown]) -> list[Shown]:
        """The keys that scroll, and the way back."""
        words = {"down": "down", "up": "up", "page-down": "page", "back": "back"}
        return [(replace(one, label=words[one.id]), keys) for one, keys in shown if one.id in words]

    @property
    def movable(self) -> Movable:
        """The text that scrolls."""
        return self.query_one(Scroll)

    def do_help(self) -> None:
        """Hide the help again."""
        self.dismiss(None)

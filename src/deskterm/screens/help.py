"""The keys of the screen one came from, told from the one list of commands."""

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
_MANY = len(Where) // 2  # places from which a key counts as one that works everywhere

Shown = tuple[Command, list[str]]
Group = tuple[str, list[Shown]]


def groups(about: Where, commands: Sequence[Shown]) -> list[Group]:
    """Give the commands of a place in groups, empty ones left out: here, moving, going, everywhere."""
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
    ("9h", "How long the customer has been unanswered; amber and red when that is too long."),
    ("due", "It stands above tickets that wait longer: a change before shipping, a date, a promise."),
    ("×3", "Three open tickets of one customer, standing together."),
    ("~late", "A category that was guessed; t sets it."),
    ("! ✎ →", "With one line a ticket: it is due, a draft waits, a reply is on its way."),
)


class Keys(Scroll):
    """Groups of keys with what they do, in one column or in two."""

    def __init__(self, found: Sequence[Group], *, legend: bool = False) -> None:
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
        """What the rows of the list show, first what is due, then who waits longest."""
        if not self._legend:
            return []
        room = max(cell_len(sign) for sign, _ in _LEGEND) + 2
        lines = [DrawnLine.of("In a row: what is due first, then who waits longest", bold=True)]
        for sign, words in _LEGEND:
            lines += _explain_command(fit(sign, room), words, width)
        return [*lines, DrawnLine()]


def _column(found: Sequence[Group], width: int) -> list[DrawnLine]:
    """Groups below each other; all keys of a column take the same room."""
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
    """A command's keys, and beside them its sentence, wrapped there."""
    room = cell_len(keys)
    parts = wrap(words, max(8, width - room))
    first = line(Bit(keys, "accent", bold=True), Bit(parts[0], "soft"))
    return [first, *(line(Bit(" " * room), Bit(part, "soft")) for part in parts[1:])]


def _fill_line(one: DrawnLine, width: int) -> tuple[Bit, ...]:
    used = sum(cell_len(bit.text) for bit in one.bits)
    return (*one.bits, Bit(" " * max(0, width - used)))


class HelpScreen(DeskScreen[None]):
    """The keys of `about`."""

    WHERE = Where.HELP
    PLACE = "keys"
    CSS_PATH = "help.tcss"

    def __init__(self, work: Work, about: Where) -> None:
        super().__init__(work)
        self.front = ScreenFront(self)
        self.about = about

    def body(self) -> Iterable[Widget]:
        """The keys as the owner has them."""
        found = groups(self.about, shown_keys(self.about, self.work.keys(self.about)))
        yield Keys(found, legend=self.about is Where.LIST)

    def footer_commands(self, shown: list[Shown]) -> list[Shown]:
        """What scrolls, and the way back."""
        words = {"down": "down", "up": "up", "page-down": "page", "back": "back"}
        return [(replace(one, label=words[one.id]), keys) for one, keys in shown if one.id in words]

    @property
    def movable(self) -> Movable:
        """What scrolls."""
        return self.query_one(Scroll)

    def do_help(self) -> None:
        """The key that showed this hides it."""
        self.dismiss(None)

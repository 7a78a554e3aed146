"""How a ticket's row is laid out: how long, who, what; below, order, category and what is special."""

from typing import NamedTuple

from rich.cells import cell_len

from deskterm.domain.tickets import CategoryBy, Row
from deskterm.widgets.cells import fit, fit_right
from deskterm.widgets.lines import Bit, Line

_AGE = 5
_ORDER = 7
_LEAST_NAME = 10
_ROOM_FOR_SUBJECT = 48  # cells from which the subject fits beside the name
_ROOM_FOR_ORDER = 56  # cells from which one line a ticket shows the order too


class RowWords(NamedTuple):
    """A row's age as it is shown, how urgent it is (0, 1 amber, 2 red), and until when it is snoozed."""

    age: str
    urgency: int
    until: str = ""


_URGENT = ("dim", "amber", "red")
_SIGNS = (" ", "!", "‼")  # where colours cannot tell


def two_lines(row: Row, words: RowWords, width: int, *, mark: Bit, marks: bool) -> tuple[Line, Line]:
    """A row in two lines of `width` cells. In a narrow list the subject has the second line."""
    if width < _ROOM_FOR_SUBJECT:
        return _who_above_what(row, words, width, mark=mark, marks=marks)
    name = _name_width(width)
    rest = max(0, width - _AGE - name - 4)
    head = Line((*_edge(words, mark, marks=marks), *_who(row, name), _gap(), _what(row, rest)))
    under = [
        Bit(fit(row.order, _ORDER), "accent"),
        Bit(" "),
        Bit(fit(_category(row), name - _ORDER - 1), "dim"),
    ]
    return head, Line((mark, _due(row), *under, _gap(), *_as_fit(_special(row, words), rest)))


def _who_above_what(row: Row, words: RowWords, width: int, *, mark: Bit, marks: bool) -> tuple[Line, Line]:
    """In a narrow list: who, and what sets the ticket apart; below, the whole line for the subject."""
    room = width - _AGE - 2
    *first, messages = _special(row, words)
    found = [*first, (row.order, "accent"), (_category(row), "dim"), messages]
    right = _as_fit(found, room - _LEAST_NAME - 2)[:-1]  # without the gap after the last
    name = room - sum(cell_len(bit.text) for bit in right) - 2
    head = Line((*_edge(words, mark, marks=marks), *_who(row, name), _gap(), *right))
    return head, Line((mark, _due(row), _what(row, room)._replace(bold=False)))


def _due(row: Row) -> Bit:
    """Why a ticket stands above one that has waited longer, at the edge."""
    return Bit(fit_right("due" if row.due else "", _AGE - 1) + "  ", "amber")


def one_line(row: Row, words: RowWords, width: int, *, mark: Bit, marks: bool) -> Line:
    """A row in one line of `width` cells: the order at the right where there is room for it."""
    name = _name_width(width)
    order = _ORDER + 1 if width >= _ROOM_FOR_ORDER else 0
    rest = max(0, width - _AGE - name - 4 - order)
    sign = _sign(row)
    bits = [*_edge(words, mark, marks=marks), *_who(row, name), _gap(), *sign]
    bits.append(_what(row, rest - sum(len(bit.text) for bit in sign)))
    if order:
        bits += [Bit(" "), Bit(fit_right(row.order, _ORDER), "accent")]
    return Line(tuple(bits))


def _name_width(width: int) -> int:
    """The column of names: some third of the list."""
    return max(8, min(18, width * 3 // 10))


def _edge(words: RowWords, mark: Bit, *, marks: bool) -> tuple[Bit, ...]:
    age = Bit(fit_right(words.age, _AGE - 1), _URGENT[words.urgency], bold=words.urgency > 0)
    return mark, age, Bit(_SIGNS[words.urgency] if marks else " ", bold=True), Bit(" ")


def _gap() -> Bit:
    return Bit("  ")


def _who(row: Row, width: int) -> tuple[Bit, ...]:
    """The name; how many tickets of theirs stand together is never cut off."""
    more = f" ×{row.siblings}" if row.siblings > 1 else ""
    return Bit(fit(row.name, width - len(more)), bold=True), Bit(more, "amber")


def _what(row: Row, width: int) -> Bit:
    return Bit(fit(row.subject or "(no subject)", width), bold=row.unanswered_since is not None)


def _category(row: Row) -> str:
    """The category; a guessed one says so."""
    if not row.category:
        return ""
    return f"~{row.category}" if row.category_by is CategoryBy.GUESS else row.category


def _special(row: Row, words: RowWords) -> list[tuple[str, str]]:
    """What sets the ticket apart, each in its shade: why it is due, a draft, a reply on its way, a snooze."""
    return [
        (f"until {words.until}" if words.until else "", "soft"),
        (row.due, "amber"),
        ("draft" if row.draft else "", "accent"),
        ("on its way" if row.outbox else "", "green"),
        (f"{row.messages} messages" if row.messages > 1 else "", "dim"),
    ]


def _as_fit(found: list[tuple[str, str]], width: int) -> list[Bit]:
    """As many of them as there is room for; the first one is cut rather than left out."""
    bits: list[Bit] = []
    for text, shade in found:
        room = width - sum(len(bit.text) for bit in bits)
        if text and (len(text) <= room or not bits):
            bits += [Bit(fit(text, min(len(text), room)), shade), Bit("  "[: max(0, room - len(text))])]
    return bits


def _sign(row: Row) -> list[Bit]:
    """The same in one character, for one line a ticket."""
    if row.due:
        return [Bit("! ", "amber", bold=True)]
    if row.draft:
        return [Bit("✎ ", "accent")]
    return [Bit("→ ", "green")] if row.outbox else []

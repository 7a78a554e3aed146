"""Lays out a ticket's row: how long, who, what; below, order, category and what is special.

The values are those of `Row` in `domain/tickets.py`; `storage/lists.py` reads them.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from deskterm.domain.tickets import CategoryBy, Mood, Row
from deskterm.widgets.drawing.cells import cell_len, fit, fit_right
from deskterm.widgets.drawing.lines import Bit, DrawnLine, cells
from deskterm.widgets.drawing.row_answer import DEFAULT_KEYS, Keys, answer_bits

_AGE = 5
_ORDER = 7
_NAME = 18  # cells of the column of names, with `#1042 ~complaint` below
_LEAST_NAME = 10
_LEAST_ORDER = 6
_REASON, _LEAST_REASON = 16, 10  # cells of a short reason; the least for one that is cut
_ROOM_FOR_SUBJECT = 60  # cells from which the subject is beside the name
_ROOM_FOR_ORDER = 56  # cells from which a one-line row shows the order
_ROOM_FOR_REASON = 70  # cells from which it shows reasons in words
_LEAST_SUBJECT = 16
_LEAST_BESIDE = 20  # cells of the subject where an answer stands beside it


class RowWords(NamedTuple):
    """The words of a row: its age, urgency (0, 1 amber, 2 red), and until when it is snoozed.

    `goes` is when its planned reply goes; `held` (` until Thu 14:00`) how long it is on hold; `promised` the
    date of a promise, `late` once that has passed; `keys` take its first answer and its SOP.
    """

    age: str
    urgency: int
    until: str = ""
    goes: str = ""
    held: str = ""
    fresh: bool = False  # arrived within the last hour
    promised: str = ""
    late: bool = False
    target: str = ""  # time left to answer, or `2h late`
    target_shade: str = "soft"
    keys: Keys = DEFAULT_KEYS


class RowColumns(NamedTuple):
    """The widths of a list's columns: as its first rows need, within limits."""

    name: int = _NAME
    order: int = _ORDER

    @classmethod
    def of(cls, rows: Sequence[Row]) -> "RowColumns":
        """The widths at which the names and orders of these rows are shown in full, as far as possible."""
        names = max((cell_len(row.name) + len(_together(row)) for row in rows), default=_NAME)
        orders = max((cell_len(row.order) for row in rows), default=_ORDER)
        return cls(max(_LEAST_NAME, min(_NAME, names)), max(_LEAST_ORDER - 1, min(_ORDER, orders)))


def whole_width(rows: Sequence[Row]) -> int:
    """The width of a list in which every subject of these rows is shown in full beside its name."""
    longest = max((cell_len(row.subject) for row in rows), default=0)
    return max(_ROOM_FOR_SUBJECT, longest + _AGE + _NAME + 4)


_USUAL = RowColumns()
_URGENT = ("dim", "amber", "red")
_SIGNS = (" ", "!", "‼")  # where there are no colours


def two_lines(
    row: Row, words: RowWords, width: int, *, mark: Bit, marks: bool
) -> tuple[DrawnLine, DrawnLine]:
    """A row in two lines of `width` cells. In a narrow list the subject gets the second line."""
    if width < _ROOM_FOR_SUBJECT:
        return _who_above_what(row, words, width, mark=mark, marks=marks)
    rest = max(0, width - _AGE - _NAME - 4)
    heavy = _is_heavy(row, words)
    who, what = _customer_name(row, _NAME, bold=heavy), _what(row, rest, bold=heavy)
    head = DrawnLine((*_edge(row, words, mark, marks=marks), *who, _gap(), what))
    order = max(_LEAST_ORDER, cell_len(row.order))
    under = [
        Bit(fit(row.order, min(order, _NAME)), "accent"),
        Bit(fit(f" {_category(row)}", _NAME - order), "dim"),
    ]
    special = _as_fit(_special(row, words), rest, cut=bool(row.why))
    answer = answer_bits(row, words.keys, rest - cells(special))
    return head, DrawnLine((mark, _due_words(row), *under, _gap(), *special, *answer))


def _who_above_what(
    row: Row, words: RowWords, width: int, *, mark: Bit, marks: bool
) -> tuple[DrawnLine, DrawnLine]:
    """A narrow row: above, who, why the ticket stands out or its category, and the order; below, what.

    The full name comes first, then the full reason.
    """
    room = width - _AGE - 4
    whole = min(cell_len(row.name + _together(row)), max(_LEAST_NAME, min(_NAME, room - _REASON)))
    first, *others, _ = _in_brief(_special(row, words))
    category = (_category(row), "dim")
    shown = _as_fit([first if first[0] else category], room - whole, cut=True)
    order = f"  {row.order}" if row.order and cells(shown) + cell_len(row.order) + 2 <= room - whole else ""
    left = room - whole - cells(shown) - cell_len(order)
    if first[0]:
        others = [category if row.category not in first[0] else ("", ""), *others]
    right = [*shown, *_as_fit(others, left)][-2::-1]  # what is first at the edge
    who = _customer_name(row, room - cells(right) - cell_len(order), bold=_is_heavy(row, words))
    head = (*_edge(row, words, mark, marks=marks), *who, _gap(), *right, Bit(order, "accent"))
    subject = max(_LEAST_BESIDE, (room + 2) // 2)
    what = _what_and_answer(row, words.keys, room + 2, subject, shade="soft", cut=True)
    return DrawnLine(head), DrawnLine((mark, _due_words(row), *what))


def _due_words(row: Row) -> Bit:
    """Why a ticket is above one that has waited longer, at the right edge."""
    return Bit(fit_right("due" if row.due else "", _AGE - 1) + "  ", "soft")


def one_line(
    row: Row, words: RowWords, width: int, columns: RowColumns = _USUAL, *, mark: Bit, marks: bool
) -> DrawnLine:
    """A row in one line of `width` cells; the order is at the right if there is room."""
    if width >= _ROOM_FOR_REASON:
        return _whole_line(row, words, width, columns, mark=mark, marks=marks)
    name = _name_width(width)
    order = _ORDER + 1 if width >= _ROOM_FOR_ORDER else 0
    rest = max(0, width - _AGE - name - 4 - order)
    sign = _sign(row)
    heavy = _is_heavy(row, words)
    bits = [*_edge(row, words, mark, marks=marks), *_customer_name(row, name, bold=heavy), _gap(), *sign]
    bits.append(_what(row, rest - sum(len(bit.text) for bit in sign), bold=heavy))
    if order:
        bits += [Bit(" "), Bit(fit_right(row.order, _ORDER), "accent")]
    return DrawnLine(tuple(bits))


def _whole_line(
    row: Row, words: RowWords, width: int, columns: RowColumns, *, mark: Bit, marks: bool
) -> DrawnLine:
    """A whole ticket in one line: age, who, what; on the right why it stands out, and the order.

    The category is shown where nothing else is: an answer says what the ticket is about.
    """
    *found, _ = _in_brief(_special(row, words))
    rest = width - _AGE - columns.name - columns.order - 6
    offers = cell_len(row.subject) <= _LEAST_BESIDE and answer_bits(row, words.keys, rest - _LEAST_BESIDE - 2)
    reason = next(((text, shade) for text, shade in found if text), ("" if offers else _category(row), "dim"))
    why = Bit(fit(reason[0], min(cell_len(reason[0]), rest - _LEAST_SUBJECT)), reason[1])
    heavy = _is_heavy(row, words)
    room = rest - cell_len(why.text) - 2 * bool(why.text)
    what = _what_and_answer(row, words.keys, room, _LEAST_BESIDE, bold=heavy)
    who = _customer_name(row, columns.name, bold=heavy)
    right = (*([_gap(), why] if why.text else []), Bit(fit_right(row.order, columns.order + 2), "accent"))
    return DrawnLine((*_edge(row, words, mark, marks=marks), *who, _gap(), *what, *right))


def _what(row: Row, width: int, *, bold: bool, shade: str = "text") -> Bit:
    return Bit(fit(row.subject or "(no subject)", width), shade, bold)


def _what_and_answer(
    row: Row,
    keys: Keys,
    room: int,
    subject: int,
    *,
    bold: bool = False,
    shade: str = "text",
    cut: bool = False,
) -> Iterator[Bit]:
    """The subject, and in a column of their own the answers, so that they stand below one another.

    `subject` is the width of the first column: a longer one is `cut` there, or has all the room.
    """
    answer = answer_bits(row, keys, room - subject - 2)
    if not answer or (cell_len(row.subject) > subject and not cut):
        yield _what(row, room, bold=bold, shade=shade)
        return
    yield _what(row, subject, bold=bold, shade=shade)
    yield _gap()
    yield from answer
    yield Bit(" " * (room - subject - 2 - cells(answer)))


def _name_width(width: int) -> int:
    """The width of the column of names: about a third of the list."""
    return max(8, min(18, width * 3 // 10))


def _edge(row: Row, words: RowWords, mark: Bit, *, marks: bool) -> tuple[Bit, ...]:
    """The age in its shade; amber only if nothing else is."""
    shade = _URGENT[words.urgency]
    if shade == "amber" and any(other == "amber" and text for text, other in _special(row, words)):
        shade = "soft"
    age = Bit(fit_right(words.age, _AGE - 1), shade)
    return mark, age, Bit(_SIGNS[words.urgency] if marks else " ", shade), Bit(" ")


def _gap() -> Bit:
    return Bit("  ")


def _is_heavy(row: Row, words: RowWords) -> bool:
    """Only what is due or has just arrived is bold, so that bold says something."""
    return bool(row.due) or words.fresh


def _customer_name(row: Row, width: int, *, bold: bool) -> tuple[Bit, ...]:
    """The name; the number of this customer's tickets is never cut off."""
    more = _together(row)
    return Bit(fit(row.name, width - len(more)), bold=bold), Bit(more, "soft")


def _together(row: Row) -> str:
    """How many tickets of the same customer are listed together."""
    return f" ×{row.siblings}" if row.siblings > 1 else ""


def _category(row: Row) -> str:
    """The category, marked if it is a guess."""
    if not row.category:
        return ""
    return f"~{row.category}" if row.category_by is CategoryBy.GUESS else row.category


_MOODS = {Mood.ANGRY: "amber", Mood.PLEASED: "green"}
_PRIORITY = {1: ("high", "amber"), -1: ("low", "dim")}


def _special(row: Row, words: RowWords) -> list[tuple[str, str]]:
    """What sets the ticket apart, each with its shade: why it is due, a draft, an outgoing reply, a snooze.

    At most one is amber, the first; the others are soft.
    """
    found = [
        (f"until {words.until}" if words.until else row.why, "soft"),
        (row.due, "amber"),
        (words.target, words.target_shade),
        (f"for {row.held_for}{words.held}" if row.held_for else "", "soft"),
        _PRIORITY.get(row.priority, ("", "")),
        (str(row.mood), _MOODS.get(row.mood, "soft")),
        (f"promised {words.promised}" if words.promised else "", "red" if words.late else "soft"),
        ("draft" if row.draft else "", "accent"),
        _outgoing(row, words),
        (f"{row.messages} messages" if row.messages > 1 else "", "dim"),
    ]
    reason = next((text for text, shade in found if text and shade == "amber"), "")
    return [(text, "soft" if shade == "amber" and text != reason else shade) for text, shade in found]


# Shorter forms of reasons for beside a name; the ticket has the full ones.
_BRIEF = {"change before shipping": "before shipping", "your mail came back": "mail came back"}


def _in_brief(found: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """The same in short forms."""
    brief = [(_BRIEF.get(text, text), shade) for text, shade in found[:-1] if text]
    return [*(brief or [("", "")]), found[-1]]


_NOT_OUT = {"refused": ("reply refused", "red"), "may have been sent": ("may have been sent", "red")}


def _outgoing(row: Row, words: RowWords) -> tuple[str, str]:
    """The state of a reply that is not sent yet; while snoozed until it goes, the time is shown already."""
    if row.planned_at and not row.outbox.startswith(tuple(_NOT_OUT)):
        return ("reply planned" if words.until else f"reply goes {words.goes}"), "green"
    return _NOT_OUT.get(row.outbox, ("on its way" if row.outbox else "", "green"))


def _as_fit(found: list[tuple[str, str]], width: int, *, cut: bool = False) -> list[Bit]:
    """As many as fit in full (the ticket has the rest), or the first one `cut`."""
    bits: list[Bit] = []
    for text, shade in found:
        room = width - cells(bits)
        if cut and text and not bits and room >= min(_LEAST_REASON, cell_len(text)):
            bits.append(Bit(fit(text, min(room, cell_len(text))), shade))
            bits.append(Bit("  "[: width - cells(bits)]))
            continue
        if text and cell_len(text) <= room:
            bits += [Bit(text, shade), Bit("  "[: room - cell_len(text)])]
    return bits


def _sign(row: Row) -> list[Bit]:
    """The same as one character, for a one-line row."""
    if row.due:
        return [Bit("! ", "amber", bold=True)]
    if row.draft:
        return [Bit("✎ ", "accent")]
    if row.outbox in _NOT_OUT:
        return [Bit("■ ", "red", bold=True)]
    return [Bit("◷ " if row.planned_at else "→ ", "green")] if row.outbox else []

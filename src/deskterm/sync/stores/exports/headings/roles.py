"""What the columns of an orders file are for: by the meaning of headings in ten languages, and by cells.

A heading is judged by its parts: a word for an order, a word for a number. Cells decide in the end: a column
of addresses holds addresses whatever its heading is, and a column without dates holds no date.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import StrEnum
from functools import cache
from typing import NamedTuple

from deskterm.sync.stores.exports.amounts import currency_code
from deskterm.sync.stores.exports.headings.words import TABLE, WORDS

_MANY = 10_000  # columns
_SEEN = 200  # rows that are looked at
_MOST, _SOME = 0.8, 0.4  # of the cells that say something; odd ones may stand among them
_ADDRESS = re.compile(r"[^\s@]+@[^\s@]+\.\w{2,24}")
_DAY = re.compile(
    r"\d{1,4}[./-]\s?\d{1,2}[./-]\s?\d{2,4}(?:\b|T).*|\d{4}[年년].*|\d{1,2}\.?\s\w{3,12}\.?,?\s\d{4}.*|\w{3,12}\.?\s\d{1,2},\s\d{4}.*"
)
_WITH_LETTERS = re.compile(r"[\W\d_]*[^\W\d_].*", re.DOTALL)
_AMOUNT = re.compile(r"[^\w\d-]{0,3}(?:[A-Z]{1,3}\$?\s?)?-?\d[\d.,'\s\xa0]*(?:\s?\D{0,4})")
_CAMEL = re.compile(r"(?<=[a-zß-öø-ÿ])(?=[A-Z])")
_BREAKS = re.compile(r"[\s_\-.:/|()（）\[\]#]+")
_TAX = r"(?:tax(?:es)?|vat|gst|btw|mwst|ust|tva|iva|moms|mva)"
_WITH_TAX = re.compile(
    rf"\b(?:inc|incl\w*|inkl\w*|med|mit|avec|con|com|z|with) {_TAX}\b"
    rf"|税込み?|\b{_TAX} (?:incl|inkl|compr|enth|inb)\w*"
)


class ColumnRole(StrEnum):
    """What a column is for."""

    NUMBER = "number"
    PLACED = "placed"
    TOTAL = "total"
    CURRENCY = "currency"
    STATUS = "status"
    PAYMENT = "payment"
    SENDING = "sending"
    EMAIL = "email"
    FIRST_NAME = "first name"
    LAST_NAME = "last name"
    NAME = "name"
    PHONE = "phone"
    STREET = "street"
    POSTCODE = "postcode"
    CITY = "city"
    REGION = "region"
    COUNTRY = "country"
    NOTE = "note"
    TITLE = "title"
    SKU = "sku"
    QUANTITY = "quantity"
    PRICE = "price"
    SHIPPED = "shipped"
    REFUNDED = "refunded"
    CODE = "code"


class _HeadingMeaning(NamedTuple):
    """What a heading says: a word of each group of `all_of` is in it, none of `none_of`; see `TABLE`."""

    all_of: list[re.Pattern[str]]
    none_of: re.Pattern[str]
    more: re.Pattern[str]


@cache
def _meanings() -> list[tuple[ColumnRole, _HeadingMeaning]]:
    """The meanings of `TABLE`, in its order."""
    blocks = re.split(r"\n(?=\S)", TABLE.strip("\n"))
    return [(ColumnRole(block.split("\n")[0]), _read_meaning(block.split("\n")[1:])) for block in blocks]


def _read_meaning(lines: Sequence[str]) -> _HeadingMeaning:
    groups: dict[str, list[str]] = {"": [], "&": [], "!": [], "+": []}
    for line in lines:
        sign, _, words = line[4:].partition(" ") if line[4:5] in "&!+" else ("", "", line[4:])
        groups[sign].append(words)
    first, second, none, more = (_pattern(groups[sign]) for sign in groups)
    return _HeadingMeaning([first, second] if groups["&"] else [first], none, more)


def _pattern(words: Sequence[str]) -> re.Pattern[str]:
    """These words as one expression; one that fits nothing for none."""
    text = re.sub(r"\b[A-Z_]{4,}\b", lambda found: WORDS[found[0]], "|".join(words) or "(?!)")
    return re.compile(text)


def _are(pattern: re.Pattern[str], least: float) -> Callable[[Sequence[str]], bool]:
    return lambda cells: _share(cells, lambda cell: pattern.fullmatch(cell) is not None) >= least


def _are_numbers(cells: Sequence[str]) -> bool:
    """Whether cells may be order numbers: short, in one piece, and no days or addresses."""
    fit = _share(cells, lambda cell: len(cell) <= _LONGEST and " " not in cell and "@" not in cell)
    return fit >= _MOST and not _share(cells, lambda cell: _DAY.fullmatch(cell) is not None)


_LONGEST = 40
_HOLDS: Mapping[ColumnRole, Callable[[Sequence[str]], bool]] = {
    ColumnRole.NUMBER: _are_numbers,
    ColumnRole.PLACED: _are(_DAY, _SOME),
    ColumnRole.SHIPPED: _are(_DAY, _SOME),
    ColumnRole.TOTAL: _are(_AMOUNT, _SOME),
    ColumnRole.PRICE: _are(_AMOUNT, _SOME),
    ColumnRole.REFUNDED: _are(_AMOUNT, _SOME),
    ColumnRole.NAME: _are(_WITH_LETTERS, _MOST),
    ColumnRole.CITY: _are(_WITH_LETTERS, _MOST),
    ColumnRole.EMAIL: _are(_ADDRESS, _MOST),
    ColumnRole.CURRENCY: lambda cells: _share(cells, lambda cell: bool(currency_code(cell))) >= _MOST,
}


def _share(cells: Sequence[str], fits: Callable[[str], bool]) -> float:
    return sum(map(fits, cells)) / len(cells) if cells else 1.0  # empty cells speak against nothing


def find_roles(columns: Iterable[str], rows: Sequence[Mapping[str, str]]) -> dict[ColumnRole, str]:
    """The column for each role that a file has one for. A column has one role."""
    points: list[tuple[int, int, ColumnRole, str]] = []
    cells: dict[str, list[str]] = {}
    for place, column in enumerate(columns):
        cells[column] = [text for row in rows[:_SEEN] if (text := (row.get(column) or "").strip())]
        heading = _plain(column)
        for rank, (role, meaning) in enumerate(_meanings()):
            if weight := _weigh(heading, meaning):
                weight -= not cells[column]  # an empty column says less than one that is filled
                holds = _HOLDS.get(role)
                if holds is None or holds(cells[column]):
                    points.append((-weight, rank * _MANY + place, role, column))
    found = _choose(points)
    if ColumnRole.EMAIL not in found:  # told by its cells alone
        free = (one for one in cells if cells[one] and one not in found.values() and not _is_ours(one))
        if column := next((one for one in free if _are(_ADDRESS, _MOST)(cells[one])), ""):
            found[ColumnRole.EMAIL] = column
    if ColumnRole.TITLE not in found and (column := _name_beside(list(cells), found)):
        found = {role: one for role, one in found.items() if one != column} | {ColumnRole.TITLE: column}
    return found


def _name_beside(columns: Sequence[str], found: Mapping[ColumnRole, str]) -> str:
    """The column that is only called a name and stands beside those of goods: their name, not a person's."""
    places = [columns.index(found[role]) for role in _OF_GOODS if role in found]
    near = {place + step for place in places for step in (-1, 1)} - set(places)
    beside = (columns[place] for place in sorted(near) if 0 <= place < len(columns))
    return next((one for one in beside if re.fullmatch(WORDS["NAMED"], _plain(one))), "")


_OF_GOODS = (ColumnRole.SKU, ColumnRole.QUANTITY)


def tells_of_orders(columns: Iterable[str]) -> bool:
    """Whether a heading speaks of an order, of goods or of sending them: a list of payments does not."""
    of_orders = re.compile("|".join(WORDS[name] for name in ("ORDER", "ITEM", "SHIPPING")))
    return any(of_orders.search(_plain(column)) for column in columns)


def _is_ours(column: str) -> bool:
    """Whether a heading speaks of the seller's side: a sales agent's address is no customer's."""
    return re.search(WORDS["OURS"], _plain(column)) is not None


def says_done(column: str) -> bool:
    """Whether "yes" or a day below a heading can mean paid or sent: not below `To be paid`."""
    return re.search(f"{WORDS['NOT_DONE']}|{WORDS['BESIDE']}", _plain(column)) is None


def speaks_of(column: str, role: ColumnRole) -> bool:
    """Whether a heading has a word for paying or for sending (`role`)."""
    group = "PAYMENT" if role is ColumnRole.PAYMENT else "SHIPPING"
    return re.search(WORDS[group], _plain(column)) is not None


def _choose(points: list[tuple[int, int, ColumnRole, str]]) -> dict[ColumnRole, str]:
    found: dict[ColumnRole, str] = {}
    taken: set[str] = set()
    for _, _, role, column in sorted(points):
        if role not in found and column not in taken:
            found[role] = column
            taken.add(column)
    return found


def _plain(column: str) -> str:
    heading = _BREAKS.sub(" ", _CAMEL.sub(" ", column).casefold())
    return _WITH_TAX.sub("", heading).strip()


def _weigh(heading: str, meaning: _HeadingMeaning) -> int:
    """How well a heading fits a meaning: 0 not at all."""
    if meaning.none_of.search(heading) or not all(one.search(heading) for one in meaning.all_of):
        return 0
    return 2 * len(meaning.all_of) + bool(meaning.more.search(heading))

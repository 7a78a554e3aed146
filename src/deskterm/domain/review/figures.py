"""Figures in a letter that are in no source: numbers, codes, amounts, dates, times and web addresses."""

import re
from collections.abc import Iterable, Iterator
from datetime import date

from deskterm.domain.suggest.days import named_days

_PAGE = re.compile(r"https?://[^\s<>\"]+[\w/]|(?<![\w.+-])[\w.+-]+@[\w-]+\.[\w.]+")
_CLOCK = re.compile(r"\b\d{1,2}:\d{2}\b")
_CODE = re.compile(r"\b[^\W\d_]+\d\w*")  # of a discount, a parcel, an article
_NUMBER = re.compile(r"(?<![\w.,])(?:[€$£]\s?)?\d[\d.,]*\w*")


def unsourced_figures(letter: str, sources: Iterable[str], written: date) -> tuple[str, ...]:
    """The figures of a letter, as written there, that are in none of the sources.

    Dates and amounts are compared however they are written. `written` is today, for dates without a year.
    """
    known = {key for source in sources for key, _ in _figures(source, written)}
    return tuple(dict.fromkeys(text for key, text in _figures(letter, written) if key not in known))


def _figures(text: str, written: date) -> Iterator[tuple[object, str]]:
    """Each figure in a text: its value, and how it is written."""
    left = text
    for found in _PAGE.finditer(text):
        yield found[0].rstrip("/").casefold(), found[0]
        left = _blank(left, found.start(), found.end())
    for named in named_days(left, written):
        words = text[named.start : named.end]
        if any(char.isdigit() for char in words) and named.day is not None:
            yield named.day, words
            left = _blank(left, named.start, named.end)
    for found in _CLOCK.finditer(left):
        yield found[0].zfill(5), found[0]
        left = _blank(left, found.start(), found.end())
    for found in _CODE.finditer(left):
        yield found[0].casefold(), found[0]
        left = _blank(left, found.start(), found.end())
    for found in _NUMBER.finditer(left):
        yield _amount(found[0]), found[0].rstrip(".,")


def _blank(text: str, start: int, end: int) -> str:
    return text[:start] + " " * (end - start) + text[end:]


def _amount(text: str) -> str:
    """One form for `€1,204.50`, `1.204,50` and `1204.5`; text with letters only loses its case."""
    plain = text.strip("€$£ .,")
    if not re.fullmatch(r"[\d.,]+", plain):
        return plain.casefold()
    whole, mark, cents = re.fullmatch(r"([\d.,]*?)(?:([.,])(\d{1,2}))?", plain).groups()  # type: ignore[union-attr]
    digits = re.sub(r"\D", "", whole).lstrip("0") or "0"
    return f"{digits}.{cents.rstrip('0')}".rstrip(".") if mark else digits

"""Finding order numbers as customers write them: `#1042`, `my order number is 1042`, `Bestell-Nr. 1042`.

Every number in a text is judged by the words around it. `numbers` returns those that the text calls order
numbers, `unnamed_numbers` those that may be one. Whether such an order exists is not known here.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice, pairwise
from typing import NamedTuple

from deskterm.domain.orders.words import (
    CURRENCIES,
    LINKS,
    NUMBER_WORDS,
    OF_THINGS,
    ORDERING,
    OTHER_NUMBERS,
    UNITS,
    WANTING,
    is_order_word,
    is_shortened,
    set_apart,
)
from deskterm.lazy_regex import lazy_regex

# Digits with everything attached to them: a date, a price, a phone number, `R-1042`.
_CLUSTER = lazy_regex(
    r"(?<![A-Za-z0-9@])(?:[A-Za-z]{1,6}[-/]?)?[0-9][A-Za-z0-9]{0,20}(?:[-./:,_+@][A-Za-z0-9]{1,24}){0,6}"
)
_SINGLE = lazy_regex(r"(?:[A-Za-z]{1,6}-?)?[0-9]{1,12}(?:-[A-Za-z0-9]{1,3})?")
_COMPOUND = lazy_regex(
    r"(?:[A-Za-z]{1,6}[-/])?[0-9]{2,8}(?:[-/][0-9]{2,8}){1,2}"
)  # 2026-0042, 302-1234567-7654321
_SEVERAL = lazy_regex(r"[0-9]{4,12}(?:[/,+][0-9]{4,12})+")  # 1042/1043
_THOUSANDS = lazy_regex(r"[0-9]{1,3}(?:[.,][0-9]{3})+")
_PART = lazy_regex(r"([0-9]{3,12})(?:[-/_.]?[A-Za-z]|[-/_][0-9]{1,2})")  # 1044/1, 1044-A: of order 1044
_YEAR = lazy_regex(r"(?:19[5-9]|20[0-3])[0-9]")
_DAY = lazy_regex(r"[0-3]?[0-9]([-/])[0-3]?[0-9]\1(?:19|20)[0-9]{2}|20[0-9]{2}([-/])[01][0-9]\2[0-3][0-9]")
_MEASURED = lazy_regex(r"[0-9]+([a-z]{1,2})")  # 500g
_TOKEN = lazy_regex(r"[^\W\d_]+[°º]?|[#№]|[0-9]+|[€$£¥₺%]|[+]")
_PREFIX = lazy_regex(r"[A-Za-z]{1,6}(?=[0-9])")
_SENTENCE_END = lazy_regex(r"(?<=[^\W\d_]{4})(?<![nN]r)(?<![nN]um)[.!?]\s|[!?]\s")
_LONGER = lazy_regex(r"[  ][0-9]{3,}(?![0-9]*[-./:])")
_BEFORE_LONGER = lazy_regex(r"(?:\+[0-9]{1,3}|[0-9]{2,})[  ]\Z")
_NAMED_AFTER = lazy_regex(
    r"\s?(?:番|号|號|번)?\s?(?:の|的|의)?\s?(?:注文|订单|訂單|주문)|\s(?:order|bestellung)\b", re.IGNORECASE
)
_SAID_AFTER = lazy_regex(
    r"\s+(?:is|was|ist|war|lautet|est|es|è|é|is|to|jest|är|er|on|je)\s+((?:[^\W\d_]+['’\s-]+){0,4}[^\W\d_]+)",
    re.IGNORECASE,
)
_DIGITS = lazy_regex(r"[0-9]+")
_THING = lazy_regex(r"[ \u00a0]([^\W\d_]{3,})")
_NO_THINGS = LINKS | frozenset(
    "has had have did does been and but because when since last yesterday today from which still not never"
    " hat wurde aber und weil seit gestern heute noch nicht mais pas pero aún todavía non ancora".split()
)
_IN = frozenset(("in", "im", "en"))  # an order of a year
_AND = lazy_regex(r"\s?(?:,|&|/|\+|and|und|et|y|e|en|og|och|i|ja|ve|и|と|和)\s?#?", re.IGNORECASE)
_LEADING = NUMBER_WORDS | LINKS
_LOOK_BACK = 48
_SENTENCE = 90
_MOST_TEXT = 100_000
_MOST = 20
_MOST_LOOKED_AT = 1_000


class _Found(NamedTuple):
    """Digits with everything attached to them (`written`), and their place in the text."""

    text: str
    start: int
    end: int
    written: str


@lru_cache(maxsize=32)  # a review asks of the same few texts again and again
def numbers(text: str) -> tuple[str, ...]:
    """The numbers that a text calls order numbers, each once, in capitals, without #. Linear time."""
    return _first(_names_number(text))


def unnamed_numbers(text: str) -> tuple[str, ...]:
    """The numbers that may be an order's although no word says so; not dates, prices, phones or years."""
    return _first(found.written.upper() for found in _clusters(text) if _may_be_order(found))


def _names_number(text: str) -> Iterator[str]:
    """The numbers named by a word for an order, and those joined to them by "and" or a comma.

    If there are none, the numbers with only a word for "number".
    """
    end, likely, certain = -1, list[_Found](), False
    for found in _clusters(text):
        if _is_named(found) or (end >= 0 and _AND.fullmatch(found.text, end, found.start)):
            end, certain = found.end, True
            yield from _spellings(found)
        elif _is_numbered(found):
            likely.append(found)
    for found in () if certain else likely:
        yield from _spellings(found)


def _first(found: Iterator[str]) -> tuple[str, ...]:
    kept: dict[str, None] = {}
    for number in found:
        kept[number] = None
        if len(kept) >= _MOST:
            break
    return tuple(kept)


def _clusters(text: str) -> Iterator[_Found]:
    text = set_apart(_plain_digits(text[:_MOST_TEXT]))
    for found in islice(_CLUSTER.finditer(text), _MOST_LOOKED_AT):
        other = "@" in found[0] or _DAY.fullmatch(found[0]) or _in_address(text, found.start())
        if not other:
            yield _Found(text, found.start(), found.end(), found[0])


def _plain_digits(text: str) -> str:
    """The text with full-width signs and the digits of other scripts as ASCII."""
    if text.isascii():
        return text
    text = unicodedata.normalize("NFKC", text)
    return "".join(str(unicodedata.decimal(char)) if char.isdecimal() else char for char in text)


def _in_address(text: str, start: int) -> bool:
    """Whether a number is inside a web address, a mail address or a code such as `&#1042;`."""
    word = text[max(0, start - _SENTENCE) : start].rpartition(" ")[2].rpartition("\n")[2]
    if word.endswith("=") and not any(sign in word for sign in "/?&"):
        return False
    return "://" in word or word.endswith(("/", "&#", "@", "=", "_")) or ("/" in word and word.endswith("#"))


def _spellings(found: _Found) -> Iterator[str]:
    """The numbers that a cluster may mean; never a part of a longer number."""
    written = found.written
    if _SEVERAL.fullmatch(written):
        yield from re.split(r"[/,+]", written)
    elif _THOUSANDS.fullmatch(written):
        yield re.sub(r"[.,]", "", written)
    elif _SINGLE.fullmatch(written):
        yield written.upper()
        if (bare := written.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-")) != written:
            yield bare.upper()
    elif _COMPOUND.fullmatch(written):
        yield written.upper()
    if part := _PART.fullmatch(written):
        yield part[1]


def _may_be_order(found: _Found) -> bool:
    if not _SINGLE.fullmatch(found.written) or _YEAR.fullmatch(found.written):
        return False
    if _is_short(found) and not _is_called_order(found):
        return False
    words = _words_before(found)
    lead = _without_links(words)
    other = _names_another(words) or _names_another(lead) or _numbers_another(found)
    return not (other or _is_amount(found, words[-1] if words else "") or _is_spaced(found))


def _is_named(found: _Found) -> bool:
    """Whether the text calls this number an order number. A short one needs a word for "number"."""
    words = _words_before(found)
    last = words[-1] if words else ""
    return _is_called_order(found) and not (_is_short(found) and last not in NUMBER_WORDS)


def _is_called_order(found: _Found) -> bool:
    """Whether the words around a number call it an order number: also "order 75", which may be a quantity."""
    words = _words_before(found)
    last = words[-1] if words else ""
    if _is_spaced(found) or (last in _IN and _YEAR.fullmatch(found.written)):
        return False
    if last in ("#", "№") and not _is_short(found) and not _names_another(words[:-1]):
        return True
    lead = _without_links(words)
    if _is_amount(found, last) or _is_quantity(found, words) or _numbers_another(found):
        return False
    if lead and (is_order_word(lead[-1]) or is_shortened(lead[-1], numbered=len(lead) < len(words))):
        return True
    return _is_named_after(found) and not _names_another(lead)


def _is_numbered(found: _Found) -> bool:
    """Whether it bears a word for "number" where an order is spoken of: "it has the number 1042"."""
    words = _words_before(found)
    lead = _without_links(words)
    numbered = not NUMBER_WORDS.isdisjoint(words[len(lead) :]) and not _names_another(lead)
    last = words[-1] if words else ""
    another = (
        _is_spaced(found) or _is_amount(found, last) or _is_quantity(found, words) or _numbers_another(found)
    )
    return numbered and not another and _speaks_of_order(found)


def _is_named_after(found: _Found) -> bool:
    """Whether the words after a number call it an order number: "1042 is my order number"."""
    if _NAMED_AFTER.match(found.text, found.end):
        return True
    after = _SAID_AFTER.match(found.text, found.end)
    words = [word.lower() for word in _TOKEN.findall(after[1])] if after else []
    return any(map(is_order_word, words)) and not any(_names_another([word]) for word in words)


def _is_short(found: _Found) -> bool:
    return sum(char.isdigit() for char in found.written) < 3  # noqa: PLR2004 - "order 2 mugs" names none


def _words_before(found: _Found) -> list[str]:
    """The words and signs before a number in the same sentence, in lower case."""
    before = found.text[max(0, found.start - _LOOK_BACK) : found.start]
    sentence = _SENTENCE_END.split(before)[-1]
    prefix = _PREFIX.match(found.written)
    glued = prefix[0].lower() if prefix else ""
    words = [word.lower() for word in _TOKEN.findall(sentence)]
    return [*words, glued] if glued in NUMBER_WORDS or (glued and is_order_word(glued)) else words


def _without_links(words: list[str]) -> list[str]:
    """The words without those at the end that only lead to the number: "number is the"."""
    end = len(words)
    while end and words[end - 1] in _LEADING:
        end -= 1
    return words[:end]


def _names_another(words: list[str]) -> bool:
    """Whether the last word names another kind of number: of a customer, a parcel, a telephone."""
    return bool(words) and words[-1].startswith(OTHER_NUMBERS)


def _numbers_another(found: _Found) -> bool:
    """Whether the words before it call it another kind of number: "the tracking number of my order".

    Words before another number, or in the line above, are not about this one.
    """
    before = _DIGITS.split(found.text[max(0, found.start - _LOOK_BACK) : found.start])[-1]
    of_line = before.rpartition("\n")[2]
    beside = of_line if _TOKEN.search(of_line) else before
    words = _without_links([word.lower() for word in _TOKEN.findall(_SENTENCE_END.split(beside)[-1])])
    return any(_names_another([word]) and after in NUMBER_WORDS for word, after in pairwise(words))


def _is_quantity(found: _Found, words: list[str]) -> bool:
    """Whether it is a quantity that is ordered: "to order 123 mugs"."""
    of_things = len(words) > 1 and words[-1] in OF_THINGS and is_order_word(words[-2])
    verb = (
        bool(words)
        and is_order_word(words[-1])
        and (ORDERING.fullmatch(words[-1]) is not None or (len(words) > 1 and words[-2] in WANTING))
    )
    thing = _THING.match(found.text, found.end)
    return (of_things or verb) and thing is not None and thing[1].lower() not in _NO_THINGS


def _speaks_of_order(found: _Found) -> bool:
    near = found.text[max(0, found.start - _SENTENCE) : found.end + _SENTENCE // 2]
    return any(is_order_word(word.lower()) for word in _TOKEN.findall(near))


def _is_amount(found: _Found, last: str) -> bool:
    """Whether a number is an amount of money or a measurement."""
    after = _TOKEN.match(found.text, found.end + (found.text[found.end : found.end + 1] in (" ", "\u00a0")))
    unit = after[0].lower() if after else ""
    if (glued := _MEASURED.fullmatch(found.written)) and glued[1] in UNITS:
        return True
    return last in CURRENCIES or unit in CURRENCIES or unit in UNITS


def _is_spaced(found: _Found) -> bool:
    """Whether a number is part of a longer one written with spaces, as telephone numbers are."""
    before = found.text[max(0, found.start - _LOOK_BACK) : found.start]
    return bool(_LONGER.match(found.text, found.end) or _BEFORE_LONGER.search(before))

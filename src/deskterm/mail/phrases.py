"""Phrases that speak for something, kept as text that a person can read and add to.

A regular expression of a hundred alternatives is dear: each is tried at each
character. So every alternative is tried by itself, and only where the words it cannot
do without stand in the text; looking for a plain word is far quicker.
"""

import re
from collections.abc import Iterator
from functools import cache

Words = tuple[str, ...]  # of which one must stand

_ATOM = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|[^\\]")
_QUANTIFIER = re.compile(r"(?:[*+?]|\{\d*,?\d*\})?[?+]?")
_GROUP = re.compile(r"\((?:\?:|\?P<\w+>|(?!\?))")
_FEW = re.compile(r"\[([^\]\\^-]{2,3})\]")
_ANYWHERE: Words = ("",)
_SPECIAL = ".^$|"
_LONG_ENOUGH = 6  # bytes: a longer word is no rarer


class Phrases:
    """Alternatives of one regular expression, case ignored, that are looked for in texts.

    `near` are a few words, in lower case, of which one stands in whatever any alternative fits.
    """

    def __init__(self, pattern: str, flags: re.RegexFlag = re.NOFLAG, *, near: Words = ()) -> None:
        self._flags = flags | re.IGNORECASE
        self._near = near
        self._by_word = [
            (word, beside, one)
            for one in alternatives(pattern)
            for first, *beside in [required_words(one)]
            for word in first
        ]
        self._in_ascii = [row for row in self._by_word if row[0].isascii()]

    def stand_in(self, text: str) -> bool:
        """Whether any of them stands in a text."""
        return self.stand_in_both(text, lower_case(text))

    def stand_in_both(self, text: str, low: str) -> bool:
        """The same, for a text whose `lowered` form is at hand."""
        if self._near and not any_in(low, self._near):
            return False
        for word, beside, one in self._in_ascii if low.isascii() else self._by_word:
            if word in low and all(any_in(low, words) for words in beside) and self._fits(one, text):
                return True
        return False

    def _fits(self, pattern: str, text: str) -> bool:
        return _compile(pattern, self._flags).search(text) is not None


def any_in(low: str, words: Words) -> bool:
    """Whether any of the words stands in a text."""
    for word in words:  # noqa: SIM110 - a plain loop takes half the time
        if word in low:
            return True
    return False


def lower_case(text: str) -> str:
    """Give a text in lower case, without the dot that the Turkish capital leaves behind."""
    return text.lower().replace("\u0307", "")


def first_said(table: list[tuple[str, Phrases]], text: str) -> str:
    """Give the first name in a table whose phrases stand in a text; empty if none do."""
    low = lower_case(text)
    return next((name for name, said in table if said.stand_in_both(text, low)), "")


def phrases(table: str) -> list[tuple[str, Phrases]]:
    """Read a table: a name on a line of its own, under it, indented, its patterns."""
    found: list[tuple[str, list[str]]] = []
    for line in table.strip("\n").split("\n"):
        if line.startswith(" "):
            found[-1][1].append(line.strip())
        else:
            found.append((line, []))
    return [(name, Phrases("|".join(lines))) for name, lines in found]


@cache
def _compile(pattern: str, flags: re.RegexFlag) -> re.Pattern[str]:
    return re.compile(pattern, flags)


def alternatives(pattern: str) -> list[str]:
    """Split a regular expression at the bars outside its groups."""
    found = [""]
    for atom, quantifier in _pieces(pattern):
        if atom == "|":
            found.append("")
        else:
            found[-1] += atom + quantifier
    return found


def required_words(pattern: str) -> list[Words]:
    """Give the words, in lower case, without which one alternative fits no text, the rarest first.

    Of each entry one word stands in any text that it fits. A single empty word where none can be told.
    """
    found: list[Words] = []
    run = _ANYWHERE
    for atom, quantifier in (*_pieces(pattern), ("$", "")):
        letters = () if quantifier else _letters(atom)
        if letters:
            run = tuple(word + letter for word in run for letter in letters)
            continue
        found.append(run)
        run = _ANYWHERE
        if quantifier[:1] not in ("?", "*", "{") and (group := _GROUP.match(atom)):
            inner = alternatives(atom[group.end() : -1])
            found.append(tuple(dict.fromkeys(word for one in inner for word in required_words(one)[0])))
    return sorted((words for words in found if "" not in words), key=_selectivity, reverse=True) or [
        _ANYWHERE
    ]


def _selectivity(words: Words) -> tuple[int, int]:
    """Long words are rare ones; of equal ones, fewer are quicker."""
    return min(_LONG_ENOUGH, *(len(word.encode()) for word in words), _LONG_ENOUGH), -len(words)


def _letters(atom: str) -> Words:
    """Give the character an atom stands for, or a few of which it is one; none where it may be many."""
    if few := _FEW.fullmatch(atom):
        return tuple(dict.fromkeys(few[1].lower()))
    if len(atom) == 1 and atom not in _SPECIAL:
        return (atom.lower(),)
    return (atom[1],) if len(atom) == 2 and atom[0] == "\\" and not atom[1].isalnum() else ()  # noqa: PLR2004


def _pieces(pattern: str) -> Iterator[tuple[str, str]]:
    """Give the atoms of a regular expression, groups whole, each with its quantifier."""
    at = 0
    while at < len(pattern):
        end = _end(pattern, at)
        quantifier = _QUANTIFIER.match(pattern, end)
        stop = quantifier.end() if quantifier else end
        yield pattern[at:end], pattern[end:stop]
        at = stop


def _end(pattern: str, at: int) -> int:
    """Give where the atom or the group ends that begins at `at`."""
    depth = 0
    while at < len(pattern):
        atom = _ATOM.match(pattern, at)
        at = atom.end() if atom else at + 1
        found = atom.group() if atom else ""
        depth += (found == "(") - (found == ")")
        if depth <= 0:
            break
    return at

"""Lists of phrases to look for in texts, written so that a person can read and extend them.

A regular expression with a hundred alternatives is slow, because each is tried at each character. Here each
alternative is an expression of its own, and is tried only if the text has the words it must contain; plain
words are found much faster.
"""

import re
from collections.abc import Iterator
from functools import cache

Words = tuple[str, ...]  # of which the text must have one

_ATOM = re.compile(r"\\.|\[\^?\]?(?:\\.|[^\]\\])*\]|[^\\]")
_QUANTIFIER = re.compile(r"(?:[*+?]|\{\d*,?\d*\})?[?+]?")
_GROUP = re.compile(r"\((?:\?:|\?P<\w+>|(?!\?))")
_FEW = re.compile(r"\[([^\]\\^-]{2,3})\]")
_ANYWHERE: Words = ("",)
_SPECIAL = ".^$|"
_LONG_ENOUGH = 6  # bytes: a longer word is no rarer


class Phrases:
    """The alternatives of one regular expression, to look for in texts; case is ignored.

    `near`: a few words in lower case of which any match must contain one; this makes the search faster.
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

    def appear_in(self, text: str) -> bool:
        """Whether a text has any of the phrases."""
        return self.appear_in_both(text, lower_case(text))

    def appear_in_both(self, text: str, low: str) -> bool:
        """The same for a text whose lower case (`lower_case`) is known already."""
        if self._near and not any_in(low, self._near):
            return False
        for word, beside, one in self._in_ascii if low.isascii() else self._by_word:
            if word in low and all(any_in(low, words) for words in beside) and self._fits(one, text):
                return True
        return False

    def _fits(self, pattern: str, text: str) -> bool:
        return _compile(pattern, self._flags).search(text) is not None


def any_in(low: str, words: Words) -> bool:
    """Whether a text has any of the words."""
    for word in words:  # noqa: SIM110 - a plain loop takes half the time
        if word in low:
            return True
    return False


def lower_case(text: str) -> str:
    """A text in lower case, without the combining dot that the Turkish capital I leaves."""
    return text.lower().replace("\u0307", "")


def first_match(table: list[tuple[str, Phrases]], text: str) -> str:
    """The first name in a table whose phrases a text has; "" if there is none."""
    low = lower_case(text)
    return next((name for name, phrases in table if phrases.appear_in_both(text, low)), "")


def phrases(table: str) -> list[tuple[str, Phrases]]:
    """Read a table: each name on a line of its own, its patterns below it, indented."""
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
    """The words, in lower case, that any text matching this alternative must have, the rarest first.

    Of each entry the text has at least one word. A single empty word if nothing is certain.
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
    """Sort key: long words are rare; of equally long ones, fewer are faster."""
    return min(_LONG_ENOUGH, *(len(word.encode()) for word in words), _LONG_ENOUGH), -len(words)


def _letters(atom: str) -> Words:
    """The characters that an atom can match if they are few, else nothing."""
    if few := _FEW.fullmatch(atom):
        return tuple(dict.fromkeys(few[1].lower()))
    if len(atom) == 1 and atom not in _SPECIAL:
        return (atom.lower(),)
    return (atom[1],) if len(atom) == 2 and atom[0] == "\\" and not atom[1].isalnum() else ()  # noqa: PLR2004


def _pieces(pattern: str) -> Iterator[tuple[str, str]]:
    """The atoms of a regular expression, each with its quantifier; a group is one atom."""
    at = 0
    while at < len(pattern):
        end = _end(pattern, at)
        quantifier = _QUANTIFIER.match(pattern, end)
        stop = quantifier.end() if quantifier else end
        yield pattern[at:end], pattern[end:stop]
        at = stop


def _end(pattern: str, at: int) -> int:
    """Where the atom or group that begins at `at` ends."""
    depth = 0
    while at < len(pattern):
        atom = _ATOM.match(pattern, at)
        at = atom.end() if atom else at + 1
        found = atom.group() if atom else ""
        depth += (found == "(") - (found == ")")
        if depth <= 0:
            break
    return at

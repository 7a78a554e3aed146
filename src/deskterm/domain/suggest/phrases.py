"""Finding the phrases of the macro files in a text.

A phrase must match whole words and counts once; `refund*` also matches refunded, and `^thanks` matches only
at the beginning, since at the end of a mail it is just politeness. Chinese, Japanese and Korean have no
spaces, so each character is a word there. Longer phrases count more, and one in the subject counts again.
"""

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache

from deskterm.lazy_regex import lazy_regex

Phrase = tuple[str, ...]

_CJK = "\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uff66-\uff9f"
_WORD = lazy_regex(rf"\^|[{_CJK}]|[^\W_{_CJK}]+\*?")
_SIGNS = str.maketrans({char: " " for char in map(chr, range(128)) if not char.isalnum()})
_AT_TOP = "^"
_TOP = 6  # words
_MEMORY = 20_000  # words that are cached: a few thousand make up most mails
_LONGEST = 6_000  # characters of a mail that are read: people say what matters at the beginning

_Starts = dict[str, list[tuple[Phrase, str]]]  # phrases with their owners


class PhraseIndex:
    """Finds phrases with their owners in one pass over the words of a text."""

    def __init__(self, phrases: Iterable[tuple[str, str]]) -> None:
        starts: _Starts = defaultdict(list)
        for owner, phrase in phrases:
            words = tuple(_WORD.findall(phrase.casefold()))
            telling = words[1:] if words[:1] == (_AT_TOP,) else words
            if telling:
                starts[telling[0]].append((words, owner))
        self._beginnings = _Beginnings(starts)

    def points(self, text: str, subject: str = "") -> dict[str, int]:
        """The points of each owner. A phrase in both text and subject counts twice."""
        points: dict[str, int] = defaultdict(int)
        for part in (text[:_LONGEST], subject[:_LONGEST]):
            for phrase, owner in self._find_words(_words(part.casefold())):
                points[owner] += _weight(phrase)
        return points

    def _find_words(self, words: list[str]) -> set[tuple[Phrase, str]]:
        beginnings = self._beginnings
        return {
            (phrase, owner)
            for at, (word, following) in enumerate(zip(words, [*words[1:], ""], strict=False))
            if (starts := beginnings[word])
            for second in ("", following, "*")
            for phrase, owner in starts.get(second, ())
            if _stands(phrase, words, at)
        }


class _Beginnings(dict[str, _Starts]):
    """For each word, the phrases that may begin with it, by their second word ("" none, "*" a stem)."""

    def __init__(self, starts: _Starts) -> None:
        super().__init__()
        self._starts = starts
        self._stems = sorted({len(word) - 1 for word in starts if word.endswith("*")})

    def __missing__(self, word: str) -> _Starts:
        stems = (f"{word[:length]}*" for length in self._stems if length <= len(word))
        found: _Starts = defaultdict(list)
        for phrase, owner in (one for start in (word, *stems) for one in self._starts.get(start, ())):
            second = "".join(phrase[1 + (phrase[0] == _AT_TOP) :][:1])
            found["*" if second.endswith("*") else second].append((phrase, owner))
        if len(self) < _MEMORY:
            self[word] = found
        return found


def _words(text: str) -> list[str]:
    """As `_WORD.findall`, but for plain ASCII in a fifth of the time."""
    if text.isascii() and "^" not in text and "*" not in text:
        return text.translate(_SIGNS).split()
    return _WORD.findall(text)


def _stands(phrase: Phrase, words: list[str], at: int) -> bool:
    """Whether the whole phrase matches at a place where its first word does."""
    if phrase[0] == _AT_TOP:
        return at < _TOP and _stands(phrase[1:], words, at)
    if len(phrase) > len(words) - at:
        return False
    for place in range(1, len(phrase)):
        wanted, word = phrase[place], words[at + place]
        if word != wanted and not (wanted.endswith("*") and word.startswith(wanted[:-1])):
            return False
    return True


@lru_cache(maxsize=_MEMORY)
def _weight(phrase: Phrase) -> int:
    """2 for one word, 3 for two, 4 for more. Two Chinese, Japanese or Korean characters count as a word."""
    length = len(phrase) - (phrase[0] == _AT_TOP)
    if re.match(f"[{_CJK}]", phrase[-1]):
        length = (length + 1) // 2
    return 1 + min(length, 3)


def contains_phrase(text: str, phrases: tuple[str, ...]) -> bool:
    """Whether a text has any of the phrases."""
    return bool(_index(phrases).points(text))


@lru_cache(maxsize=64)
def _index(phrases: tuple[str, ...]) -> PhraseIndex:
    return PhraseIndex(("", phrase) for phrase in phrases)

"""How a customer feels, judged only by their words; in doubt there is no mood.

Ten languages: English, German, French, Spanish, Italian, Dutch, Portuguese, Polish, Swedish, Danish. A word
counts by its kind (`mood_words`): a feeling only if it is the writer's own, an accusation only if it accuses
somebody, and each only in a mail of its language. A "not" shortly before a word changes it: "not happy" is
worried, "not angry" is nothing.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

from deskterm.domain.people.language import language_of
from deskterm.domain.people.mood_words import ACCUSED, ANY, ARTICLE, FEELINGS, MOODS, WORDS, WRITER, MoodWord
from deskterm.domain.tickets import Mood
from deskterm.lazy_regex import lazy_regex
from deskterm.value_class import dataclass

_LONGEST = 2_000  # characters that are read: the rest of a mail only repeats it
_REACH = 25  # characters before a word in which a "not" belongs to it
_SENTENCE_REACH = 160  # characters before and after a word in which its sentence must begin and end
_FIRST_WORDS = 2  # a sentence that begins with a feeling means the writer's own: "Very worried now."
_OUTCRY = 4  # at most that many words in a sentence that is just an accusation: "Betrug!"
_LOUD_LETTERS, _LOUD_PART = 24, 0.7  # a mail in capitals shouts

_NOT = lazy_regex(
    r"\b(?:not|no|less than|nicht|kein\w*|ohne|pas|plus|ne|n'\w+|aucun\w*|sans|sin|ningún|non|senza"
    r"|niet|geen|não|nem"
    r"|sem|nie|bez|inte|ej|ikke|ingen|don'?t|isn'?t|wasn'?t|aren'?t|can'?t say)\b|n['’]t\b",
    re.IGNORECASE,
)
_NEVER = lazy_regex(r"\b(?:never|nie|jamais|nunca|mai|nooit|nigdy|aldrig)\b", re.IGNORECASE)
_SENTENCE = lazy_regex(r"[.!?;:\n]|\b(?:but|aber|mais|pero|ma|maar|mas|ale|men|and|und|et)\b", re.IGNORECASE)
_END = lazy_regex(r"[.!?\n]+")
_BEGINS = lazy_regex(r"(?<!\w)\w")


def _alternatives(pattern: str) -> list[str]:
    """Split a pattern at its outermost bars."""
    found, depth, start = [], 0, 0
    for at, char in enumerate(pattern):
        depth += (char == "(") - (char == ")")
        if char == "|" and not depth:
            found.append(pattern[start:at])
            start = at + 1
    return [*found, pattern[start:]]


def _first_letters(part: str) -> set[str]:
    """The letters with which a match of an alternative can begin."""
    if not part.startswith("(?:"):
        return {part[0]}
    depths = accumulate((char == "(") - (char == ")") for char in part)
    end = next(at for at, depth in enumerate(depths) if not depth)
    inside = {letter for one in _alternatives(part[3:end]) for letter in _first_letters(one)}
    return inside | _first_letters(part[end + 2 :]) if part[end + 1 : end + 2] == "?" else inside


@dataclass(frozen=True, slots=True)
class _FoundMood:
    """A mood word in a text, its languages, and its sentence before it and from it on."""

    kind: MoodWord
    languages: str
    before: str
    onward: str
    start: int


class _Letter(NamedTuple):
    """The mood words with one first letter: all in one pattern, and one pattern per kind and language."""

    all: re.Pattern[str]
    each: tuple[tuple[MoodWord, str, re.Pattern[str]], ...]


@lru_cache(maxsize=1)
def _by_letter() -> dict[str, _Letter]:
    """The mood words by first letter, so that only a few are tried at each word. Built on first use."""
    sorted_: dict[str, dict[tuple[MoodWord, str], list[str]]] = defaultdict(lambda: defaultdict(list))
    for kind, by_language in WORDS.items():
        for languages, words in by_language.items():
            for part in _alternatives(words):
                for letter in _first_letters(part):
                    sorted_[letter][kind, languages].append(part)
    return {letter: _compile(named) for letter, named in sorted_.items()}


def _compile(named: Mapping[tuple[MoodWord, str], list[str]]) -> _Letter:
    each = tuple((*key, _whole(parts)) for key, parts in named.items())
    return _Letter(_whole([part for parts in named.values() for part in parts]), each)


def _whole(parts: Iterable[str]) -> re.Pattern[str]:
    return lazy_regex(rf"(?:{'|'.join(parts)})(?!\w)", re.IGNORECASE)


@lru_cache(maxsize=32)
def _one_of(words: str) -> re.Pattern[str]:
    return lazy_regex(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE)


def mood_of(words: str) -> Mood:
    """The mood of a customer's own words: angry counts before worried before pleased. Linear time."""
    text = words[:_LONGEST]
    language = lru_cache(maxsize=1)(lambda: language_of(text))
    found = {_mood_at(text, one) for one in _find_words(text) if _is_meant(one, language)}
    if Mood.ANGRY in found or _shouts(text):
        return Mood.ANGRY
    return next((mood for mood in (Mood.WORRIED, Mood.PLEASED) if mood in found), Mood.NONE)


def _find_words(text: str) -> Iterator[_FoundMood]:
    """Each mood word, once per language and kind that has it."""
    words_of = _by_letter()
    for begin in _BEGINS.finditer(text):
        start, tried = begin.start(), words_of.get(begin[0].lower())
        if tried is None or not tried.all.match(text, start):
            continue
        before = _END.split(text[max(0, start - _SENTENCE_REACH) : start])[-1]
        behind = text[start : start + _SENTENCE_REACH]
        end = _END.search(behind)
        onward = behind[: end.end()] if end else behind
        for kind, languages, words in tried.each:
            if words.match(text, start):
                yield _FoundMood(kind, languages, before, onward, start)


def _is_meant(found: _FoundMood, language: Callable[[], str]) -> bool:
    """Whether a word counts: it is in the mail's language, about the writer, or accuses somebody."""
    if found.languages == ANY:
        return True
    if language() not in ("", *found.languages.split("_")):
        return False
    if found.kind in FEELINGS:
        return _is_the_writers(found, certain=bool(language()))
    return found.kind is not MoodWord.ACCUSATION or _accuses(found)


def _is_the_writers(found: _FoundMood, *, certain: bool) -> bool:
    if re.search(ARTICLE, found.before, re.IGNORECASE):
        return False
    begins = certain and len(found.before.split()) <= _FIRST_WORDS
    sentence = f"{found.before}{found.onward.split(' ')[0]}"
    return begins or _one_of(WRITER[found.languages]).search(sentence) is not None


def _accuses(found: _FoundMood) -> bool:
    """Whether an accusing word is aimed at somebody. A question does not accuse."""
    if found.onward.rstrip().endswith("?"):
        return False
    outcry = len(f"{found.before} {found.onward}".split()) <= _OUTCRY
    return outcry or _one_of(ACCUSED[found.languages]).search(found.before) is not None


def _mood_at(text: str, found: _FoundMood) -> Mood:
    """The mood of one word. After "not", anger and worry count as nothing, and pleasure as worry."""
    mood = MOODS[found.kind]
    never = mood is not Mood.ANGRY  # "I have never had such terrible service" is still angry
    if not _is_turned(text, found.start, never=never):
        return mood
    return Mood.WORRIED if mood is Mood.PLEASED else Mood.NONE


def _is_turned(text: str, at: int, *, never: bool) -> bool:
    before = _SENTENCE.split(text[max(0, at - _REACH) : at])[-1]
    return bool(_NOT.search(before) or (never and _NEVER.search(before)))


def _shouts(text: str) -> bool:
    """Whether most letters are capitals, in a text long enough for that to mean something."""
    letters = [char for char in text if char.isalpha()]
    cased = sum(char.isupper() for char in letters)
    return len(letters) >= _LOUD_LETTERS and cased >= _LOUD_PART * len(letters) and "!" in text

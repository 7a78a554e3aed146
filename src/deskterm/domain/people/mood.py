"""How a customer feels, by their words alone: a mark, never a score. In doubt there is none.

Ten languages: English, German, French, Spanish, Italian, Dutch, Portuguese, Polish, Swedish, Danish. What a
word says hangs on its kind (`mood_words`): a feeling is the writer's own, an accusation accuses, a word of
one language says nothing in a mail of another. A "not" shortly before a word turns it: "not happy" is
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
from deskterm.late_pattern import late_pattern
from deskterm.value_class import dataclass

_LONGEST = 2_000  # characters: the rest of a mail says it again
_REACH = 25  # characters before a word in which a "not" belongs to it
_SENTENCE_REACH = 160  # characters before and behind a word that are looked at for its sentence
_FIRST_WORDS = 2  # a sentence that begins with its feeling means the writer's: "Very worried now."
_OUTCRY = 4  # words of a sentence that says no more than its accusation: "Betrug!"
_LOUD_LETTERS, _LOUD_PART = 24, 0.7  # a mail in capitals shouts

_NOT = late_pattern(
    r"\b(?:not|no|less than|nicht|kein\w*|ohne|pas|plus|ne|n'\w+|aucun\w*|sans|sin|ningún|non|senza"
    r"|niet|geen|não|nem"
    r"|sem|nie|bez|inte|ej|ikke|ingen|don'?t|isn'?t|wasn'?t|aren'?t|can'?t say)\b|n['’]t\b",
    re.IGNORECASE,
)
_NEVER = late_pattern(r"\b(?:never|nie|jamais|nunca|mai|nooit|nigdy|aldrig)\b", re.IGNORECASE)
_SENTENCE = late_pattern(
    r"[.!?;:\n]|\b(?:but|aber|mais|pero|ma|maar|mas|ale|men|and|und|et)\b", re.IGNORECASE
)
_END = late_pattern(r"[.!?\n]+")
_BEGINS = late_pattern(r"(?<!\w)\w")


def _alternatives(pattern: str) -> list[str]:
    """The parts of a pattern between its outermost bars."""
    found, depth, start = [], 0, 0
    for at, char in enumerate(pattern):
        depth += (char == "(") - (char == ")")
        if char == "|" and not depth:
            found.append(pattern[start:at])
            start = at + 1
    return [*found, pattern[start:]]


def _first_letters(part: str) -> set[str]:
    """With which letters a match of an alternative begins."""
    if not part.startswith("(?:"):
        return {part[0]}
    depths = accumulate((char == "(") - (char == ")") for char in part)
    end = next(at for at, depth in enumerate(depths) if not depth)
    inside = {letter for one in _alternatives(part[3:end]) for letter in _first_letters(one)}
    return inside | _first_letters(part[end + 2 :]) if part[end + 1 : end + 2] == "?" else inside


@dataclass(frozen=True, slots=True)
class _Said:
    """A word of a mood, the languages it belongs to, and its sentence up to it and from it on."""

    kind: MoodWord
    languages: str
    before: str
    onward: str
    start: int


class _Letter(NamedTuple):
    """The words that begin with one letter: all in one expression, and each kind and language by itself."""

    all: re.Pattern[str]
    each: tuple[tuple[MoodWord, str, re.Pattern[str]], ...]


@lru_cache(maxsize=1)
def _by_letter() -> dict[str, _Letter]:
    """The words by their first letter: few are tried at each word of a mail. Made at first use."""
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
    return late_pattern(rf"(?:{'|'.join(parts)})(?!\w)", re.IGNORECASE)


@lru_cache(maxsize=32)
def _one_of(words: str) -> re.Pattern[str]:
    return late_pattern(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE)


def mood_of(words: str) -> Mood:
    """What a customer's own words sound like: angry before worried before pleased. Linear in the text."""
    text = words[:_LONGEST]
    language = lru_cache(maxsize=1)(lambda: language_of(text))
    found = {_mood_at(text, one) for one in _find_words(text) if _is_meant(one, language)}
    if Mood.ANGRY in found or _shouts(text):
        return Mood.ANGRY
    return next((mood for mood in (Mood.WORRIED, Mood.PLEASED) if mood in found), Mood.NONE)


def _find_words(text: str) -> Iterator[_Said]:
    """Each word of a mood, once for each language and kind that has it."""
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
                yield _Said(kind, languages, before, onward, start)


def _is_meant(said: _Said, language: Callable[[], str]) -> bool:
    """Whether a word says what its kind says: in its language, of the writer, of who is accused."""
    if said.languages == ANY:
        return True
    if language() not in ("", *said.languages.split("_")):
        return False
    if said.kind in FEELINGS:
        return _is_the_writers(said, certain=bool(language()))
    return said.kind is not MoodWord.ACCUSATION or _accuses(said)


def _is_the_writers(said: _Said, *, certain: bool) -> bool:
    if re.search(ARTICLE, said.before, re.IGNORECASE):
        return False
    begins = certain and len(said.before.split()) <= _FIRST_WORDS
    sentence = f"{said.before}{said.onward.split(' ')[0]}"
    return begins or _one_of(WRITER[said.languages]).search(sentence) is not None


def _accuses(said: _Said) -> bool:
    """Whether somebody is called so: a question whether, or about it, accuses nobody."""
    if said.onward.rstrip().endswith("?"):
        return False
    outcry = len(f"{said.before} {said.onward}".split()) <= _OUTCRY
    return outcry or _one_of(ACCUSED[said.languages]).search(said.before) is not None


def _mood_at(text: str, said: _Said) -> Mood:
    """What one word says: a "not" makes nothing of anger and worry, and a worry of pleasure."""
    mood = MOODS[said.kind]
    never = mood is not Mood.ANGRY  # "I have never had such terrible service" is none the milder
    if not _is_turned(text, said.start, never=never):
        return mood
    return Mood.WORRIED if mood is Mood.PLEASED else Mood.NONE


def _is_turned(text: str, at: int, *, never: bool) -> bool:
    before = _SENTENCE.split(text[max(0, at - _REACH) : at])[-1]
    return bool(_NOT.search(before) or (never and _NEVER.search(before)))


def _shouts(text: str) -> bool:
    """Whether most of it is in capitals, and there is enough of it for that to mean something."""
    letters = [char for char in text if char.isalpha()]
    cased = sum(char.isupper() for char in letters)
    return len(letters) >= _LOUD_LETTERS and cased >= _LOUD_PART * len(letters) and "!" in text

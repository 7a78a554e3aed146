"""The question that stands for many: the most typical sentence in a customer's words, fit for a title."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from math import sqrt
from unicodedata import east_asian_width

from deskterm.domain.people.language import language_of
from deskterm.domain.suggest.features import matter_of
from deskterm.domain.suggest.sentences import split_sentences

LONGEST = 60  # cells of a title
_LOOKED_AT = 12  # questions whose sentences are compared
_TYPICAL, _ASKING = 0.6, 0.4  # shares of the best score that make a sentence, or a question, typical
_SHORT = 12  # letters that a sentence must have
_WORD = re.compile(r"[^\W\d_]+")
_LONG = 4  # letters that a word must have
_ORDER = (
    r"(?:order|bestellung|bestelling|commande|pedido|ordine|encomenda)s?"
    r"(?: no\.?| nr\.?| number| n[º°])?\s*#?\s*\d+"
)
_OF = r"(?:of|from|with|for|in|aus|bei|von|zu|mit|uit|van|de|del|da)\s+(?:my |the )?"
_NUMBERED = (  # what names one customer's order, and what stays of it
    (re.compile(rf" ?\( ?{_ORDER} ?\)", re.IGNORECASE), ""),
    (re.compile(rf" ?\b{_OF}{_ORDER}\b", re.IGNORECASE), ""),
    (re.compile(rf"(?<=\w )(?={_ORDER})(\w+)[^\d]*\d+", re.IGNORECASE), r"\1"),
    (re.compile(r",?\s*#\d+"), ""),
)
_CLAUSE = re.compile(r"[,;:–]\s")


def count_words(texts: Sequence[str]) -> Counter[str]:
    """The number of questions that contain each word. A word in all of them names no theme."""
    return Counter(word for one in texts for word in set(_words(matter_of(one))))


def typical_question(texts: Sequence[str], everywhere: Mapping[str, int], subject: str = "") -> str:
    """The sentence with the words that most questions use, a question if one is near; at most 60 cells.

    It is in the language of most of them. `everywhere` are the words of all questions, as `count_words` gives
    them; `subject` stands where none has a sentence.
    """
    met = count_words(texts)
    telling = {word: (count - 1) * count / (everywhere.get(word, 0) + 3) for word, count in met.items()}
    found = [one for text in _in_one_language(texts)[:_LOOKED_AT] for one in _sentences(text)]
    scores = {one: _score(one, telling, opens=opens) for one, opens in found} or {subject or "(no words)": 0}
    best = max(scores.values())
    typical = [one for one, score in scores.items() if score >= (_ASKING if asks(one) else _TYPICAL) * best]
    return _fit(
        min(typical, key=lambda one: (_has_number(one), _cells(one) > LONGEST, not asks(one), -scores[one]))
    )


def asks(sentence: str) -> bool:
    """Whether a sentence is a question."""
    return sentence.endswith(("?", "？"))


def _in_one_language(texts: Sequence[str]) -> list[str]:
    """The texts in the language that most have; all of them if that of none is certain."""
    languages = [language_of(one) for one in texts]
    most = Counter(filter(None, languages)).most_common(1)
    return [text for text, one in zip(texts, languages, strict=True) if not most or one == most[0][0]]


def _sentences(text: str) -> list[tuple[str, bool]]:
    """The sentences of a question without the number of an order, and whether each opens it."""
    found = [_without_order(" ".join(one.split())).strip() for _, one in split_sentences(matter_of(text))]
    found = [one for one in found if len(one) >= _SHORT]
    return [(one[:1].upper() + one[1:], place == 0) for place, one in enumerate(found)]


def _without_order(sentence: str) -> str:
    for form, stays in _NUMBERED:
        sentence = form.sub(stays, sentence)
    return sentence


def _score(sentence: str, telling: Mapping[str, float], *, opens: bool) -> float:
    """How much a sentence says in words of many; more for a question and for what the mail begins with."""
    words = set(_words(sentence))
    shared = sum(telling.get(word, 0.0) for word in words) / sqrt(len(words) + 2)
    own = 0.75 if _has_number(sentence) or sentence.isupper() else 1.0
    return shared * own * (1.5 if asks(sentence) else 1.4 if opens else 1.0)


def _fit(words: str) -> str:
    """A title of at most 60 cells: cut at the end of a clause, else of a word. A full stop is left out."""
    words = words if asks(words) else words.rstrip(" .!,;:")
    if _cells(words) <= LONGEST:
        return words
    clauses = [words[: found.start()] for found in _CLAUSE.finditer(words)]
    fitting = [one for one in clauses if LONGEST / 3 <= _cells(one) < LONGEST]
    if fitting:
        return fitting[-1] + ("?" if asks(words) else "")
    while _cells(words) >= LONGEST:
        words = words.rpartition(" ")[0] or words[:-1]
    return words.rstrip(" .!,;:") + "…"


def _cells(text: str) -> int:
    return sum(2 if east_asian_width(sign) in "WF" else 1 for sign in text)


def _has_number(sentence: str) -> bool:
    """Whether a sentence has a number, so that it is about one customer's order, size or date."""
    return any(map(str.isdigit, sentence))


def _words(text: str) -> list[str]:
    return [word for word in _WORD.findall(text.casefold()) if len(word) >= _LONG or not word.isascii()]

"""A theme: questions that are one, how often they came, and whether they come more often now."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from math import sqrt
from typing import NamedTuple

from deskterm.domain.suggest.features import matter_of
from deskterm.value_class import dataclass

DAY = 86400
_WEEK, _WEEKS_BEFORE = 7 * DAY, 4
_FEWEST, _ABOVE = 3, 2.0  # of this week, and by how many standard deviations, for a theme that grows
_SHOWN, _TITLE = 3, 70
_SENTENCE = re.compile(r"[^.!?\n？]+[.!?？]*")
_SHORT = 12  # letters of a sentence that says something
_WORD = re.compile(r"[^\W\d_]+")
_LONG = 4  # letters of a word that tells


class CustomerQuestion(NamedTuple):
    """The mail that began a ticket, and what it was answered with: a macro, or by hand (`answered`)."""

    ticket_id: int
    at: int
    subject: str
    text: str
    category: str = ""
    macro: str = ""
    answered: int | None = None  # the message of the answer


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme. `week` are its questions of the last seven days, `usual` those of a week of the four before.

    `macro` answered most of them, `by_hand` were answered without one. `tickets` has the newest at the front.
    """

    title: str
    examples: tuple[str, ...]
    tickets: tuple[int, ...]
    week: int
    usual: float
    category: str
    macro: str
    by_hand: tuple[int, ...]  # messages: the answers

    @property
    def grows(self) -> bool:
        """Whether more came this week than chance would bring."""
        return self.week >= _FEWEST and self.week - self.usual >= _ABOVE * sqrt(max(self.usual, 1.0))


def count_words(questions: Sequence[CustomerQuestion]) -> Counter[str]:
    """In how many of all questions each word stands: what stands in all of them names no theme."""
    return Counter(word for one in questions for word in set(_words(matter_of(one.text))))


def make_theme(questions: Sequence[CustomerQuestion], everywhere: Mapping[str, int], now: int) -> Theme:
    """The theme of some questions, the most typical one first, as of `now` (UTC seconds).

    `everywhere` are the words of all questions, as `count_words` gives them.
    """
    ages = [now - one.at for one in questions]
    week = sum(age < _WEEK for age in ages)
    before = sum(_WEEK <= age < (1 + _WEEKS_BEFORE) * _WEEK for age in ages)
    newest = sorted(questions, key=lambda one: -one.at)
    return Theme(
        theme_title(questions, everywhere),
        tuple(dict.fromkeys(matter_of(one.text).strip() for one in questions[: 2 * _SHOWN]))[:_SHOWN],
        tuple(dict.fromkeys(one.ticket_id for one in newest)),
        week,
        before / _WEEKS_BEFORE,
        _most_frequent([one.category for one in questions]),
        _most_frequent([one.macro for one in questions]),
        tuple(one.answered for one in questions if one.answered is not None and not one.macro),
    )


def theme_title(questions: Sequence[CustomerQuestion], everywhere: Mapping[str, int]) -> str:
    """What is asked, in a customer's words: the sentence that holds most of what many of them say."""
    texts = [matter_of(one.text) for one in questions]
    met = count_words(questions)
    telling = {word: (count - 1) * count / (everywhere.get(word, 0) + 3) for word, count in met.items()}
    sentences = [sentence.strip() for text in texts[: 2 * _SHOWN] for sentence in _SENTENCE.findall(text)]
    said = [one for one in sentences if len(one) >= _SHORT] or [questions[0].subject or "(no words)"]
    words = " ".join(max(said, key=lambda one: _shared_words(one, telling)).split())
    words = words[:1].upper() + words[1:]
    return words if len(words) <= _TITLE else words[: _TITLE - 1].rpartition(" ")[0] + "…"


def _shared_words(sentence: str, telling: Mapping[str, float]) -> float:
    """How much of what many say a sentence holds; a question counts more, one with a number less."""
    words = set(_words(sentence))
    shared = sum(telling.get(word, 0.0) for word in words) / sqrt(len(words) + 2)
    own = 0.75 if any(map(str.isdigit, sentence)) else 1.0
    return shared * own * (1.5 if sentence.endswith(("?", "？")) else 1.0)


def _words(text: str) -> list[str]:
    return [word for word in _WORD.findall(text.casefold()) if len(word) >= _LONG or not word.isascii()]


def in_order(themes: Sequence[Theme]) -> list[Theme]:
    """Those that grow first, then by size."""
    return sorted(themes, key=lambda one: (not one.grows, -one.week if one.grows else 0, -len(one.tickets)))


def _most_frequent(words: Sequence[str]) -> str:
    counted = Counter(filter(None, words)).most_common(1)
    return counted[0][0] if counted and 2 * counted[0][1] >= len(words) else ""

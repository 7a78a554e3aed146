"""Themes: similar questions, how often they came, and whether they come more often now."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from math import sqrt
from typing import NamedTuple

from deskterm.domain.knowledge.typical import LONGEST, typical_question
from deskterm.domain.suggest.features import matter_of
from deskterm.value_class import dataclass

DAY = 86400
_WEEK, _WEEKS_BEFORE = 7 * DAY, 4
_FEWEST, _ABOVE = 3, 2.0  # questions this week, and standard deviations, that make a theme growing
_SHOWN = 3
_LOOKED_AT = 12  # questions to pick differing examples from
_NUMBERS = re.compile(r"\d+")


class CustomerQuestion(NamedTuple):
    """The first mail of a ticket, and its answer: a macro, or a message by hand (`answered`)."""

    ticket_id: int
    at: int
    subject: str
    text: str
    category: str = ""
    macro: str = ""
    answered: int | None = None  # message id of the answer


@dataclass(frozen=True, slots=True)
class Theme:
    """A theme. `week` are its questions of the last seven days, `usual` those of a week of the four before.

    `question` is what is asked, in a customer's words. `macro` answered most of them, `by_hand` were answered
    without one. `tickets` has the newest at the front.
    """

    question: str
    examples: tuple[str, ...]
    tickets: tuple[int, ...]
    week: int
    usual: float
    category: str
    macro: str
    by_hand: tuple[int, ...]  # message ids of the answers

    @property
    def grows(self) -> bool:
        """Whether more came this week than chance explains."""
        return self.week >= _FEWEST and self.week - self.usual >= _ABOVE * sqrt(max(self.usual, 1.0))


def make_theme(questions: Sequence[CustomerQuestion], everywhere: Mapping[str, int], now: int) -> Theme:
    """Make a theme of questions (the most typical one first) as of `now` (UTC seconds).

    `everywhere` are the words of all questions, as `count_words` gives them.
    """
    ages = [now - one.at for one in questions]
    week = sum(age < _WEEK for age in ages)
    before = sum(_WEEK <= age < (1 + _WEEKS_BEFORE) * _WEEK for age in ages)
    newest = sorted(questions, key=lambda one: -one.at)
    return Theme(
        typical_question([one.text for one in questions], everywhere, questions[0].subject),
        _examples([matter_of(one.text).strip() for one in questions[:_LOOKED_AT]]),
        tuple(dict.fromkeys(one.ticket_id for one in newest)),
        week,
        before / _WEEKS_BEFORE,
        shared_by_most([one.category for one in questions]),
        shared_by_most([one.macro for one in questions]),
        tuple(one.answered for one in questions if one.answered is not None and not one.macro),
    )


def _examples(texts: Sequence[str]) -> tuple[str, ...]:
    """The first texts whose beginnings differ in more than numbers."""
    return tuple({_NUMBERS.sub("", text)[:LONGEST]: text for text in reversed(texts)}.values())[
        : -_SHOWN - 1 : -1
    ]


def of_one_matter(categories: Sequence[str], answers: Sequence[str]) -> list[int]:
    """The places of the similar questions that are about one matter.

    `categories` and `answers` are those of each, "" for none. A question of another category than most is
    left out, unless it has the answer of most. None is left if most have a category, no category is that of
    half, and no answer either.
    """
    filed = list(filter(None, categories))
    category, answer = shared_by_most(filed), shared_by_most(answers)
    if 2 * len(filed) > len(categories) and not (category or answer):
        return []
    return [
        place
        for place, (own, reply) in enumerate(zip(categories, answers, strict=True))
        if not category or own in ("", category) or (reply and reply == answer)
    ]


def in_order(themes: Sequence[Theme]) -> list[Theme]:
    """Sort themes: growing ones first, then by size."""
    return sorted(themes, key=lambda one: (not one.grows, -one.week if one.grows else 0, -len(one.tickets)))


def shared_by_most(words: Sequence[str]) -> str:
    """The word that at least half of the entries have, or ""."""
    counted = Counter(filter(None, words)).most_common(1)
    return counted[0][0] if counted and 2 * counted[0][1] >= len(words) else ""

"""The owner's self-review: three answered tickets a week, drawn at random, and up to five questions."""

import random
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import field

from deskterm.domain.text import line
from deskterm.value_class import dataclass

A_WEEK, MOST_QUESTIONS = 3, 5
QUESTIONS = (
    "It answers all that was asked",
    "It was true, and still true when it was read",
    "I would have liked to get it: the tone is right",
    "It is as short as it can be",
    "The customer knows what happens next, and when",
)


@dataclass(frozen=True, slots=True)
class SelfReview:
    """The self-review of a week (`2026-W48`): its tickets, the questions, the answers so far.

    `kept` is True or False for each (ticket, question) that was answered.
    """

    week: str
    tickets: tuple[int, ...]
    questions: tuple[str, ...]
    kept: Mapping[tuple[int, str], bool] = field(default_factory=dict)

    @property
    def words(self) -> str:
        """`13 of 15 kept; most often not: it is as short as it can be`; "" before the first answer."""
        if not self.kept:
            return ""
        missed = [question for (_, question), kept in self.kept.items() if not kept]
        worst = max(dict.fromkeys(missed), key=missed.count, default="")
        share = f"{len(self.kept) - len(missed)} of {len(self.kept)} kept"
        return f"{share}; most often not: {worst}" if worst else share


def draw(week: str, answered: Iterable[int]) -> tuple[int, ...]:
    """Three random tickets of a week, the same ones every time; fewer if fewer were answered."""
    ids = sorted(set(answered))
    return tuple(random.Random(week).sample(ids, min(A_WEEK, len(ids))))  # noqa: S311 - no secret


def read_questions(text: str) -> tuple[str, ...]:
    """The owner's questions, one per line, at most five; lines with `#` are comments."""
    lines: Sequence[str] = [line(one).strip() for one in text.splitlines()]
    return tuple(one for one in lines if one and not one.startswith("#"))[:MOST_QUESTIONS] or QUESTIONS

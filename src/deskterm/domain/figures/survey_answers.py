"""Reading a customer's answer to a survey: a score, words with it, or that they want no more surveys."""

import re
from typing import NamedTuple

from deskterm.domain.figures.records import SurveyKind
from deskterm.domain.suggest.thanks import is_thanks

# The macros that ask, by their ids. A letter from one of them is a question, and no reply of the figures'.
SURVEYS = {"survey": SurveyKind.CSAT, "survey-nps": SurveyKind.NPS, "survey-ces": SurveyKind.CES}
_RANGES = {SurveyKind.CSAT: (1, 5), SurveyKind.NPS: (0, 10), SurveyKind.CES: (1, 7)}
_STOP = re.compile(r"\W*(?:stop|stopp)\b", re.IGNORECASE)
# "5", "5/5", "4 von 5", "5!", "3 - it took long": a digit that stands alone, or before a mark.
_SCORE = re.compile(
    r"\W*(?P<score>\d{1,2})(?:\s?(?:/|von|of|sur|de|out of)\s?\d{1,2})?\s*(?:[.,:;!)\-–—]+|\n|$)"
    r"\s*(?P<rest>.*)",
    re.DOTALL | re.IGNORECASE,
)
_SCORE_AND_THANKS = re.compile(r"\W*(?P<score>\d{1,2})\s+(?P<rest>\D.*)", re.DOTALL)


_BAD = 2  # up to this a score is for the owner to see at once


class SurveyWords(NamedTuple):
    """An answer to a survey; `stop`: they do not want to be asked again."""

    score: int | None = None
    comment: str = ""
    stop: bool = False


def is_bad(words: SurveyWords) -> bool:
    """Whether a score is one that the owner looks into: 1 or 2."""
    return words.score is not None and words.score <= _BAD


def is_best(kind: SurveyKind, words: SurveyWords) -> bool:
    """Whether a score is the best there is, and nothing beside it asks for more than thanks.

    An effort score says nothing of how they liked it.
    """
    pleased = not words.comment or is_thanks(words.comment)
    return kind is not SurveyKind.CES and words.score == _RANGES[kind][1] and pleased


def read_answer(kind: SurveyKind, words: str) -> SurveyWords | None:
    """The answer in a customer's own words, None if there is none.

    "5 pieces were missing" is no score: a digit before more words counts only if these are thanks.
    """
    if _STOP.match(words):
        return SurveyWords(stop=True)
    found = _SCORE.match(words)
    if found is None:
        found = _SCORE_AND_THANKS.match(words)
        if found is None or not is_thanks(found["rest"]):
            return None
    low, high = _RANGES[kind]
    score = int(found["score"])
    return SurveyWords(score, found["rest"].strip()) if low <= score <= high else None

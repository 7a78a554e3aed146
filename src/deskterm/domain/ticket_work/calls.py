"""Channels other than mail, what was said on them, and finding telephone numbers in a text."""

import re

from deskterm.value_class import dataclass


@dataclass(frozen=True, slots=True)
class Spoken:
    """A note of a conversation outside mail: the channel, and whether we were the speaker."""

    channel: str
    ours: bool


PHONE, MESSAGE, REVIEW = "phone", "message", "public review"
KINDS = {
    "c": ("they called", Spoken(PHONE, ours=False)),
    "a": ("you answered on the phone", Spoken(PHONE, ours=True)),
    "m": ("they sent a message", Spoken(MESSAGE, ours=False)),
    "s": ("you sent a message", Spoken(MESSAGE, ours=True)),
    "r": ("they wrote a public review", Spoken(REVIEW, ours=False)),
    "p": ("you answered a public review", Spoken(REVIEW, ours=True)),
}

_NUMBER = re.compile(
    r"(?<![\w#/.,-])(?:\+\d|\(?0\d?)[\d ()/.\u2011-]{5,20}\d(?![\w-])"
    r"|(?<![\w#/.,-])\(?\d{3}\)?[ .-]\d{3}[ .-]\d{4}(?![\w-])"
)
_DATE = re.compile(r"\d{1,2}[./-]\d{1,2}[./-]\d{2,4}.*|\d{1,2}\.\d{2}.*")
_FEWEST, _MOST, _MOST_TOGETHER = 7, 15, 12  # digits; more than the last without a space are a tracking number
_LONGEST = 20_000  # characters of a text that are searched


def numbers_in(text: str) -> tuple[str, ...]:
    """The telephone numbers in a text as written, each once; no dates or tracking numbers.

    A number begins with `+` or `0`, or is written as in North America: `(555) 123-4567`.
    """
    found = (" ".join(one[0].split()) for one in _NUMBER.finditer(text[:_LONGEST]))
    return tuple(dict.fromkeys(one for one in found if _is_number(one)))


def _is_number(words: str) -> bool:
    digits = sum(char.isdigit() for char in words)
    together = words.isdigit() and digits > _MOST_TOGETHER
    return _FEWEST <= digits <= _MOST and not together and not _DATE.fullmatch(words)

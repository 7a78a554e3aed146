"""What a customer asks besides the matter of their mail, as values."""

from datetime import date
from enum import StrEnum

from deskterm.value_class import dataclass


class AskKind(StrEnum):
    """What is asked besides: the name after `asked.` in a macro."""

    BY_DATE = "by_date"
    QUANTITY = "quantity"
    QUESTION = "question"


@dataclass(frozen=True, slots=True)
class SideAsk:
    """One thing asked besides, in the words of the mail from `start` to `end`.

    `day` is the date meant (None where it may be one of two), `count` the number asked for.
    """

    kind: AskKind
    words: str
    start: int
    end: int
    day: date | None = None
    count: int = 0


_BESIDES = {
    AskKind.BY_DATE: "They name a day:",
    AskKind.QUANTITY: "They name a number:",
    AskKind.QUESTION: "They also ask:",
}


def besides_words(ask: SideAsk) -> str:
    """Say what a mail asks besides its matter, in the customer's words."""
    end = "" if ask.words.endswith(("?", "？", ".", "!")) else "."
    return f"{_BESIDES[ask.kind]} “{ask.words}”{end}"

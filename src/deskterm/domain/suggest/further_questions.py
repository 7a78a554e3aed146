"""Further questions in a customer's mail, besides its main matter, as values."""

from datetime import date
from enum import StrEnum

from deskterm.value_class import dataclass


class AskKind(StrEnum):
    """The kinds of further questions; each value is the name after `asked.` in a macro."""

    BY_DATE = "by_date"
    QUANTITY = "quantity"
    QUESTION = "question"


@dataclass(frozen=True, slots=True)
class SideAsk:
    """A further question: the mail's words from `start` to `end`.

    `day` is the date meant (None if it is ambiguous), `count` the number asked for.
    """

    kind: AskKind
    words: str
    start: int
    end: int
    day: date | None = None
    count: int = 0

    @property
    def whole_words(self) -> str:
        """The words, "" if they were cut short: then they cannot be quoted to the customer."""
        return self.words if len(self.words) == self.end - self.start else ""


_BESIDES = {
    AskKind.BY_DATE: "They name a day:",
    AskKind.QUANTITY: "They name a number:",
    AskKind.QUESTION: "They also ask:",
}


def besides_words(ask: SideAsk) -> str:
    """A sentence for the owner that quotes a further question of the mail."""
    end = "" if ask.words.endswith(("?", "？", ".", "!")) else "."
    return f"{_BESIDES[ask.kind]} “{ask.words}”{end}"

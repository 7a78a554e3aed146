"""What is offered as an answer, as values."""

from dataclasses import dataclass
from enum import StrEnum


class Abstention(StrEnum):
    """Why no answer stands out, though one may be offered."""

    NONE = ""
    DISPUTE = "dispute"
    THANKS = "thanks"
    QUESTIONS = "two questions"
    LANGUAGE = "language"
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True)
class Offer:
    """The macros worth offering, best first. `sure` says that the first of them may stand out.

    `margin` is by how much it leads what comes next, `why` what keeps it from standing out.
    """

    macros: tuple[str, ...] = ()
    sure: bool = False
    why: Abstention = Abstention.UNSURE
    margin: float = 0.0


NO_OFFER = Offer()

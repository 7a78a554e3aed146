"""What is offered as an answer, as values."""

from enum import StrEnum

from deskterm.value_class import dataclass


class Abstention(StrEnum):
    """Why no answer stands out, though one may be offered."""

    NONE = ""
    DISPUTE = "dispute"
    THANKS = "thanks"
    QUESTIONS = "two questions"
    LANGUAGE = "language"
    UNSURE = "unsure"


_WHY_NONE = {
    Abstention.DISPUTE: "This is a dispute: no ready answer fits it.",
    Abstention.LANGUAGE: "No macro has a text in their language.",
}  # what the owner is told


@dataclass(frozen=True, slots=True)
class Offer:
    """The macros worth offering, best first. `sure` says that the first of them may stand out.

    `margin` is by how much it leads what comes next, `why` what keeps it from standing out.
    """

    macros: tuple[str, ...] = ()
    sure: bool = False
    why: Abstention = Abstention.UNSURE
    margin: float = 0.0

    @property
    def why_none(self) -> str:
        """Why nothing is offered, for the owner."""
        return _WHY_NONE.get(self.why, "No ready answer fits for certain.")


NO_OFFER = Offer()

"""The macros that are suggested for a mail, as values."""

from enum import StrEnum

from deskterm.value_class import dataclass


class Abstention(StrEnum):
    """Why no suggestion is highlighted, even if there are some."""

    NONE = ""
    DISPUTE = "dispute"
    THANKS = "thanks"
    QUESTIONS = "two questions"
    LANGUAGE = "language"
    UNSURE = "unsure"
    RETURNED = "returned"
    MACHINE = "machine"
    UNREAD = "unread"


_WHY_NONE = {
    Abstention.DISPUTE: "This is a dispute: no ready answer fits it.",
    Abstention.LANGUAGE: "No macro has a text in their language.",
    Abstention.RETURNED: "Your mail came back: an answer to the same address would come back too.",
    Abstention.MACHINE: "A program wrote this mail: nobody waits for an answer.",
    Abstention.UNREAD: "Nobody reads the address it came from.",
}  # words for the owner


@dataclass(frozen=True, slots=True)
class Offer:
    """The suggested macros, best first. `sure`: the first one may be highlighted; else `why` says why not.

    `margin` is the lead of the first one over the next.
    """

    macros: tuple[str, ...] = ()
    sure: bool = False
    why: Abstention = Abstention.UNSURE
    margin: float = 0.0

    @property
    def reaches_nobody(self) -> bool:
        """Whether no letter at all is due: it would come back, or nobody would read it."""
        return self.why in (Abstention.RETURNED, Abstention.MACHINE, Abstention.UNREAD)

    @property
    def why_none(self) -> str:
        """Why nothing is suggested, for the owner."""
        return _WHY_NONE.get(self.why, "No ready answer fits for certain.")


NO_OFFER = Offer()

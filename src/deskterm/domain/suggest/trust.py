"""How far guesses may be trusted, by how the earlier ones came out."""

from collections.abc import Iterable, Sequence
from enum import StrEnum
from math import inf

from deskterm.value_class import dataclass

STANDS_OUT = 0.90  # how often the first key must be right where it stands out
_LAST = 600  # guesses that are looked at
_LEAST = 20  # of which so many must stand above a margin


class OfferOutcome(StrEnum):
    """What the owner did with the first answer that was offered."""

    NONE_OFFERED = ""
    TAKEN = "taken"
    EDITED = "edited"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class PastGuess:
    """By how much an answer led the next one, and whether it was the one that went out."""

    margin: float
    right: bool


def sure_margin(guesses: Sequence[PastGuess], target: float = STANDS_OUT) -> float:
    """The lowest margin from which the last guesses were right often enough; infinite where none is.

    `guesses` are oldest first.
    """
    found, right = inf, 0
    ranked = sorted(guesses[-_LAST:], key=lambda guess: -guess.margin)
    for count, guess in enumerate(ranked, 1):
        right += guess.right
        if guess.right and count >= _LEAST and right >= target * (count + 1):  # one more slip is borne
            found = guess.margin
    return found


def shares(outcomes: Iterable[OfferOutcome]) -> dict[OfferOutcome, float]:
    """Which share of the offered answers was taken, edited and refused."""
    offered = [one for one in outcomes if one is not OfferOutcome.NONE_OFFERED]
    return {
        kind: sum(one is kind for one in offered) / len(offered)
        for kind in OfferOutcome
        if offered and kind is not OfferOutcome.NONE_OFFERED
    }

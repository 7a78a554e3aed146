"""How far suggestions can be trusted, judged by how earlier ones turned out."""

from collections.abc import Iterable, Sequence
from enum import StrEnum
from math import inf

from deskterm.value_class import dataclass

STANDS_OUT = 0.90  # how often a highlighted suggestion must be right
_LAST = 600  # guesses that are counted
_LEAST = 20  # guesses that must be above a margin for it to count


class OfferOutcome(StrEnum):
    """What the owner did with the first suggestion."""

    NONE_OFFERED = ""
    TAKEN = "taken"
    EDITED = "edited"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class PastGuess:
    """The lead of a suggestion over the next one, and whether it was right."""

    margin: float
    right: bool


def sure_margin(guesses: Sequence[PastGuess], target: float = STANDS_OUT) -> float:
    """The lowest margin above which the last guesses were right often enough; infinite if there is none.

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
    """The shares of suggestions that were taken, edited and refused."""
    offered = [one for one in outcomes if one is not OfferOutcome.NONE_OFFERED]
    return {
        kind: sum(one is kind for one in offered) / len(offered)
        for kind in OfferOutcome
        if offered and kind is not OfferOutcome.NONE_OFFERED
    }

"""One macro to many tickets: each letter by itself, and which of them may go."""

from collections.abc import Collection, Iterable

from deskterm.domain.incidents.incident import IncidentNote
from deskterm.domain.messages import Address
from deskterm.domain.review.replies import Concern, Draft, Level
from deskterm.value_class import dataclass

LOOK_AT = 3  # letters that have to be read before any goes


@dataclass(frozen=True, slots=True)
class BulkLetter:
    """A letter of many: its draft, not saved, for whom, and what speaks against it.

    `order` is the mark of the order it speaks of, `seen` stands for the customer's mails it was made for.
    """

    draft: Draft
    name: str
    order: str
    concerns: tuple[Concern, ...]
    seen: int

    @property
    def ticket_id(self) -> int:
        """Its ticket."""
        return self.draft.ticket_id

    @property
    def level(self) -> Level:
        """The gravest of its concerns."""
        return max((one.level for one in self.concerns), default=Level.GREEN)


@dataclass(frozen=True, slots=True)
class LetterAbout:
    """What is settled of a letter before it is filled: its order and incident, the answers, whom it goes to.

    `to` counts where nobody has written on its ticket yet. `concerns` are to be read before it goes.
    """

    order_id: int
    given: tuple[tuple[str, str], ...]
    to: Address
    incident: IncidentNote
    concerns: tuple[Concern, ...] = ()


def in_order(letters: Iterable[BulkLetter]) -> tuple[BulkLetter, ...]:
    """The letters with what speaks against most of them first; those alike stay as they were."""
    return tuple(sorted(letters, key=lambda one: -one.level))


def will_go(
    letters: Iterable[BulkLetter], *, opened: Collection[int], left_out: Collection[int]
) -> tuple[BulkLetter, ...]:
    """Those that go: no red one, an amber one only once it was opened, none that was left out."""
    return tuple(
        one
        for one in letters
        if one.ticket_id not in left_out
        and (one.level is Level.GREEN or (one.level is Level.AMBER and one.ticket_id in opened))
    )


def left_to_open(letters: Collection[BulkLetter], opened: Collection[int]) -> int:
    """How many letters are still to be opened before any goes: three, or all where they are fewer."""
    return max(0, min(LOOK_AT, len(letters)) - len(opened))

"""Bulk replies: one macro to many tickets, and which of the letters may be sent."""

from collections.abc import Collection, Iterable

from deskterm.domain.incidents.incident import IncidentNote
from deskterm.domain.messages import Address
from deskterm.domain.review.replies import Concern, Draft, Level
from deskterm.value_class import dataclass

LOOK_AT = 3  # letters that must be read before any is sent


@dataclass(frozen=True, slots=True)
class BulkLetter:
    """One letter of a bulk reply: its unsaved draft, its recipient, and the concerns about it.

    `order` is the mark of the order it speaks of, `seen` stands for the customer's mails it was made for.
    """

    draft: Draft
    name: str
    order: str
    concerns: tuple[Concern, ...]
    seen: int

    @property
    def ticket_id(self) -> int:
        """The id of its ticket."""
        return self.draft.ticket_id

    @property
    def level(self) -> Level:
        """The gravest level among its concerns."""
        return max((one.level for one in self.concerns), default=Level.GREEN)


@dataclass(frozen=True, slots=True)
class LetterAbout:
    """What is known of a letter before its macro is filled: order, incident, answers, recipient.

    `to` is used if nobody has written on its ticket yet. `concerns` must be read before it is sent.
    """

    order_id: int
    given: tuple[tuple[str, str], ...]
    to: Address
    incident: IncidentNote
    concerns: tuple[Concern, ...] = ()


def in_order(letters: Iterable[BulkLetter]) -> tuple[BulkLetter, ...]:
    """Sort letters by gravity, gravest first; equal ones keep their order."""
    return tuple(sorted(letters, key=lambda one: -one.level))


def letters_to_send(
    letters: Iterable[BulkLetter], *, opened: Collection[int], left_out: Collection[int]
) -> tuple[BulkLetter, ...]:
    """The letters to send: none that is red or left out, amber ones only if they were opened."""
    return tuple(
        one
        for one in letters
        if one.ticket_id not in left_out
        and (one.level is Level.GREEN or (one.level is Level.AMBER and one.ticket_id in opened))
    )


def left_to_open(letters: Collection[BulkLetter], opened: Collection[int]) -> int:
    """How many letters must still be opened before any is sent: three, or all if there are fewer."""
    return max(0, min(LOOK_AT, len(letters)) - len(opened))

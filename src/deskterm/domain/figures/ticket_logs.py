"""The ticket logs from which figures are computed: mails, changes, snoozes and other events."""

from collections.abc import Mapping, Sequence
from dataclasses import field
from enum import IntEnum, StrEnum
from typing import NamedTuple, TypeVar

from deskterm.domain.tickets import Status, View
from deskterm.value_class import dataclass

FOREVER = 2**62
Logged = TypeVar("Logged", "Post", "StatusChange", "TimeSpan", "Mark", "Label")
Change = TypeVar("Change", "StatusChange", "SnoozeChange", "Label", "Mark")


class Matter(NamedTuple):
    """The current data of a ticket. Times are UTC seconds."""

    ticket_id: int
    created_at: int
    category: str
    status: Status
    view: View
    snoozed: bool
    customer_id: int = 0
    order_id: int | None = None
    channel: str = "mail"


class Post(NamedTuple):
    """A mail between a person and us; not notes or automatic mail. `ours`: we wrote it.

    `thanks`: it only answers a thank-you (by a macro of that category).
    """

    ticket_id: int
    at: int
    ours: bool
    thanks: bool = False
    macro: str = ""


class StatusChange(NamedTuple):
    """A change of status, with its position among the events so that undone ones can be recognised."""

    ticket_id: int
    at: int
    was: Status
    now: Status
    action: int
    undoes: int


class SnoozeChange(NamedTuple):
    """A change of a snooze: `until` is its end (UTC seconds), None if it was ended.

    `asked`: the customer wanted us to wait until then.
    """

    ticket_id: int
    at: int
    until: int | None
    action: int
    undoes: int
    asked: bool = False


class Label(NamedTuple):
    """A change of a ticket's category or priority. `by_mail`: made by a rule for an incoming mail."""

    ticket_id: int
    at: int
    now: str
    action: int
    undoes: int
    by_mail: bool = False


class Origin(IntEnum):
    """How a reply was written."""

    BY_HAND = 0
    EDITED = 1  # a macro whose text was changed
    AS_IT_STANDS = 2  # a macro
    TWO_KEYS = 3  # an unchanged macro that had been offered
    UNKNOWN = 4  # a macro; older versions stored no more


class MarkKind(StrEnum):
    """Other events of a ticket that figures count."""

    HANDLED = "handled"  # value: seconds of active work that ended then
    STOPPED = "stopped"  # a send that the review stopped
    QUEUED = "queued"  # a reply written here; label: its macro, value: see `Origin`
    OFFERED = "offered"  # the same reply, where macros were offered; value: 1 if one of them was taken
    SUGGESTED = "suggested"  # the same reply, for each macro offered (the label); value: 1 if it was that one
    FIRST_OFFER = "first offer"  # value: see `FirstOffer`, label: `sure` where key 1 stood out
    STEP = "step"  # of an SOP; label: its id, value: 1 ticked, 0 taken away


class Mark(NamedTuple):
    """Something that happened to a ticket at a moment (UTC seconds)."""

    ticket_id: int
    at: int
    kind: MarkKind
    value: float = 0
    label: str = ""
    action: int = 0
    undoes: int = 0


class Sibling(NamedTuple):
    """Another ticket of the same customer."""

    created_at: int
    category: str
    order_id: int | None


class TimeSpan(NamedTuple):
    """A period in which something was true of a ticket, `end` exclusive."""

    start: int
    end: int
    ticket_id: int


@dataclass(frozen=True, slots=True)
class TicketLogs:
    """All logs of some tickets, in any order."""

    matters: Sequence[Matter]
    posts: Sequence[Post] = ()
    status_changes: Sequence[StatusChange] = ()
    snooze_changes: Sequence[SnoozeChange] = ()
    marks: Sequence[Mark] = ()
    categories: Sequence[Label] = ()
    priorities: Sequence[Label] = ()
    siblings: Mapping[int, tuple[Sibling, ...]] = field(default_factory=dict)

"""Tickets: one customer matter each, and what changes their status."""

from collections.abc import Iterable
from enum import IntEnum, StrEnum

from deskterm.domain.messages import Cue
from deskterm.value_class import dataclass


class Status(StrEnum):
    """Where a ticket stands. A snooze lies over a status and is none itself."""

    OPEN = "open"
    WAITING = "waiting"  # the customer is to answer
    HOLD = "on hold"  # a carrier or a supplier is
    SOLVED = "solved"
    SPAM = "spam"


class Priority(IntEnum):
    """What the owner says of a ticket's place in the inbox."""

    LOW = -1
    NORMAL = 0
    HIGH = 1


class WakesOn(StrEnum):
    """What ends a snooze before its time."""

    NOTHING = ""
    STOCK = "stock"  # what the customer waits for is back
    SHIPPED = "shipped"  # the order has left


class Mood(StrEnum):
    """How a customer's newest mail sounds: a mark, never a score."""

    NONE = ""
    ANGRY = "angry"
    WORRIED = "worried"
    PLEASED = "pleased"


class View(StrEnum):
    """Which list a ticket belongs to, whatever its status."""

    CUSTOMERS = "customers"
    OTHERS = "not customers"  # newsletters, payouts, suppliers' robots
    TRASH = "trash"
    SIDE = "side thread"  # with a supplier or a carrier, shown in the ticket beside which it stands


class Listing(StrEnum):
    """The lists a person can look at."""

    INBOX = "inbox"
    WAITING = "waiting"
    HOLD = "on hold"
    SNOOZED = "snoozed"
    PROMISED = "promised"
    SOLVED = "solved"
    DRAFTS = "drafts"
    OTHERS = "not customers"
    SPAM = "spam"
    TRASH = "trash"
    FOUND = "found by a search"  # in whatever list they are


class CategoryBy(StrEnum):
    """Who chose the category."""

    NOBODY = ""
    HAND = "hand"
    MACRO = "macro"
    GUESS = "guess"
    RULE = "rule"


@dataclass(frozen=True, slots=True)
class Ticket:
    """One customer matter. Times are UTC seconds.

    `unanswered_since` is the arrival of the oldest customer message we have not
    answered, None when nothing is unanswered. `due` says why it stands on top
    ("complaint", "change before shipping"), empty when it does not. `inferred`
    marks a status that the first sync worked out and nobody chose.
    """

    id: int
    customer_id: int
    subject: str
    status: Status
    view: View
    category: str
    category_by: CategoryBy
    channel: str
    created_at: int
    last_at: int
    unanswered_since: int | None = None
    due: str = ""
    snoozed_until: int | None = None
    solved_at: int | None = None
    inferred: bool = False
    order_id: int | None = None
    tags: tuple[str, ...] = ()
    cues: tuple[Cue, ...] = ()
    beside: int | None = None  # the ticket whose side thread this is
    held_for: str = ""  # who is to answer in a side thread of this ticket, as a screen is given it
    held_until: int | None = None
    priority: Priority = Priority.NORMAL
    promised_at: int | None = None  # when the first promise that stands is due
    wakes_on: WakesOn = WakesOn.NOTHING  # what ends its snooze before that time
    sop: str = ""  # the SOP that a rule put beside it
    mood: Mood = Mood.NONE  # how the customer's newest mail sounds

    @property
    def mark(self) -> str:
        """`T1043`: no `#`, that is for orders."""
        return f"T{self.id}"


UNHAPPY = "unhappy with us"  # why a ticket is due whose customer answered a survey with a bad score


@dataclass(frozen=True, slots=True)
class Row:
    """One ticket as a list shows it: all a row needs and nothing to look up.

    `siblings` is how many open tickets of the same customer stand together.
    `draft` says that an unsent draft waits, `outbox` how a reply stands that is not out yet,
    `planned_at` when it is to go where the owner named a time. `why` says why it is no customer's.
    `answer` is the title of the macro offered first.
    On hold for a supplier or a carrier, `held_for` is who is to answer until `held_until`.
    """

    ticket_id: int
    name: str
    subject: str
    status: Status
    unanswered_since: int | None
    last_at: int
    due: str
    order: str
    category: str
    category_by: CategoryBy
    siblings: int = 1
    messages: int = 1
    snoozed_until: int | None = None
    draft: bool = False
    outbox: str = ""
    planned_at: int | None = None
    view: View = View.CUSTOMERS
    why: str = ""
    held_for: str = ""
    held_until: int | None = None
    answer: str = ""
    priority: Priority = Priority.NORMAL
    promised_at: int | None = None
    mood: Mood = Mood.NONE
    wakes_on: WakesOn = WakesOn.NOTHING

    @property
    def standing(self) -> str:
        """Its status; for what is no customer's, or in the trash, that."""
        return str(self.status if self.view is View.CUSTOMERS else self.view)


@dataclass(frozen=True, slots=True)
class Counts:
    """What the top line says. Snoozed tickets are counted as snoozed only.

    `others` are tickets that are not customers' and have mail the owner has not looked at, `back` customers
    who wait for something that is in stock again.
    """

    open: int = 0
    waiting: int = 0
    hold: int = 0
    snoozed: int = 0
    outbox: int = 0
    drafts: int = 0
    others: int = 0
    back: int = 0


def after_customer_mail(status: Status) -> Status:
    """The status once the customer wrote again: open, but spam stays spam."""
    return status if status is Status.SPAM else Status.OPEN


def after_reply(chosen: Status | None) -> Status:
    """The status once our reply went out: waiting, unless the macro or the owner chose another."""
    return chosen or Status.WAITING


_NEEDS_MOST = (Status.OPEN, Status.HOLD, Status.WAITING, Status.SOLVED, Status.SPAM)


def merged_status(statuses: Iterable[Status]) -> Status:
    """The status of what several tickets become: that of the one that needs most."""
    return min(statuses, key=_NEEDS_MOST.index)


def split_status(before: Status, *, unanswered: bool) -> Status:
    """The status of either part of a ticket that was split: an open one goes by its own mails."""
    if before in (Status.OPEN, Status.WAITING):
        return Status.OPEN if unanswered else Status.WAITING
    return before


SOLVED_AFTER_OUR_LAST = 7 * 86400
SOLVED_AFTER_NO_ANSWER = 30 * 86400


def inferred_at_first_sync(last_at: int, *, last_is_ours: bool, now: int) -> tuple[Status, int | None]:
    """What the first sync makes of a ticket's history: its status and, if solved, when.

    A ticket whose last message is ours and a week old was solved at that reply;
    one unanswered for thirty days was solved when those had passed.
    """
    if last_is_ours:
        return (Status.SOLVED, last_at) if now - last_at >= SOLVED_AFTER_OUR_LAST else (Status.WAITING, None)
    if now - last_at >= SOLVED_AFTER_NO_ANSWER:
        return Status.SOLVED, last_at + SOLVED_AFTER_NO_ANSWER
    return Status.OPEN, None

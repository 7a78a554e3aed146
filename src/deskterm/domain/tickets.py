"""Tickets (one customer matter each), and the rules for their status."""

from collections.abc import Iterable
from enum import IntEnum, StrEnum

from deskterm.domain.messages import Cue
from deskterm.value_class import dataclass


class Status(StrEnum):
    """The status of a ticket. A snooze is no status: it hides the ticket for a time."""

    OPEN = "open"
    WAITING = "waiting"  # for the customer's answer
    HOLD = "on hold"  # waiting for a carrier or a supplier
    SOLVED = "solved"
    SPAM = "spam"


class Priority(IntEnum):
    """The owner's priority for a ticket, which decides its place in the inbox."""

    LOW = -1
    NORMAL = 0
    HIGH = 1


class WakesOn(StrEnum):
    """What ends a snooze early."""

    NOTHING = ""
    STOCK = "stock"  # the product the customer waits for is back
    SHIPPED = "shipped"  # the order has shipped


class Mood(StrEnum):
    """How a customer's newest mail sounds."""

    NONE = ""
    ANGRY = "angry"
    WORRIED = "worried"
    PLEASED = "pleased"


class View(StrEnum):
    """Which list a ticket belongs to, whatever its status."""

    CUSTOMERS = "customers"
    OTHERS = "not customers"  # newsletters, payouts, suppliers' robots
    TRASH = "trash"
    SIDE = "side thread"  # with a supplier or a carrier, shown in the ticket it belongs to


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
    FOUND = "found by a search"  # from any list


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

    `unanswered_since` is the arrival of the oldest unanswered customer message, None if there is none. `due`
    is why it is on top ("complaint", "change before shipping"), "" if it is not. `inferred` marks a status
    that the first sync derived from old mail.
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
    held_for: str = ""  # the contact who has to answer in a side thread of this ticket
    held_until: int | None = None
    priority: Priority = Priority.NORMAL
    promised_at: int | None = None  # when the first open promise is due
    wakes_on: WakesOn = WakesOn.NOTHING  # what ends its snooze early
    sop: str = ""  # the SOP that a rule chose for it
    mood: Mood = Mood.NONE  # how the customer's newest mail sounds

    @property
    def mark(self) -> str:
        """`T1043`: no `#`, that is for orders."""
        return f"T{self.id}"


UNHAPPY = "unhappy with us"  # `due` after a bad answer to a survey


@dataclass(frozen=True, slots=True)
class Row:
    """A ticket as a row of a list, with everything needed to draw it.

    `storage/lists.py` reads it, `widgets/drawing/ticket_row.py` draws it.

    `siblings` is the number of open tickets of the same customer, which are listed together. `draft`: there
    is an unsent draft. `outbox` is the state of a reply on its way, `planned_at` its time if the owner
    chose one. `why` says why it is not among the customers'. `answer` is the title of the first suggested
    macro, `answers` how many are suggested, `sop` the title of the SOP that fits. On hold, `held_for` is the
    contact who has to answer until `held_until`.
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
    answers: int = 0
    sop: str = ""
    priority: Priority = Priority.NORMAL
    promised_at: int | None = None
    mood: Mood = Mood.NONE
    wakes_on: WakesOn = WakesOn.NOTHING

    @property
    def standing(self) -> str:
        """Its status, or its view if it is not among the customers' tickets."""
        return str(self.status if self.view is View.CUSTOMERS else self.view)


@dataclass(frozen=True, slots=True)
class Counts:
    """The numbers on the top line. Snoozed tickets count as snoozed only.

    `others` are tickets not from customers with mail the owner has not seen, `back` are customers who wait
    for something that is in stock again.
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
    """The status after the customer has written again: open, but spam stays spam."""
    return status if status is Status.SPAM else Status.OPEN


def after_reply(chosen: Status | None) -> Status:
    """The status after our reply: waiting, unless the macro or the owner chose another."""
    return chosen or Status.WAITING


_NEEDS_MOST = (Status.OPEN, Status.HOLD, Status.WAITING, Status.SOLVED, Status.SPAM)


def merged_status(statuses: Iterable[Status]) -> Status:
    """The status of a ticket merged from several: that of the one that needs the owner most."""
    return min(statuses, key=_NEEDS_MOST.index)


def split_status(before: Status, *, unanswered: bool) -> Status:
    """The status of a part of a split ticket: if it was open or waiting, its own mails decide."""
    if before in (Status.OPEN, Status.WAITING):
        return Status.OPEN if unanswered else Status.WAITING
    return before


SOLVED_AFTER_OUR_LAST = 7 * 86400
SOLVED_AFTER_NO_ANSWER = 30 * 86400


def inferred_at_first_sync(last_at: int, *, last_is_ours: bool, now: int) -> tuple[Status, int | None]:
    """The status that the first sync infers for a ticket and, if solved, when (UTC seconds).

    If the last message is ours and a week old, it was solved then; if it is the customer's and thirty days
    old, it was solved when those had passed.
    """
    if last_is_ours:
        return (Status.SOLVED, last_at) if now - last_at >= SOLVED_AFTER_OUR_LAST else (Status.WAITING, None)
    if now - last_at >= SOLVED_AFTER_NO_ANSWER:
        return Status.SOLVED, last_at + SOLVED_AFTER_NO_ANSWER
    return Status.OPEN, None

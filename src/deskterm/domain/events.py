"""Events: every change of a ticket and how to reverse it. Undo and all figures are built on them."""

from enum import StrEnum
from typing import NamedTuple, cast

from deskterm.value_class import dataclass


class By(StrEnum):
    """Who changed it."""

    OWNER = "owner"
    MACRO = "macro"
    SYNC = "sync"
    RULE = "rule"
    CLOCK = "clock"  # nobody: handling time that was measured
    INFERRED = "inferred"  # the first sync worked it out from old mail


class What(StrEnum):
    """What changed. `was` and `now` of an event are JSON values of that kind."""

    CREATED = "created"
    STATUS = "status"
    SNOOZE = "snooze"
    SOLVES = "solves"  # when the ticket is solved by itself unless the customer writes
    CATEGORY = "category"
    TAGS = "tags"
    VIEW = "view"
    ORDER = "order"
    JOINED = "joined"  # another ticket was merged into this one
    WENT_INTO = "went into"  # the same event on the other ticket
    SPLIT = "split"  # some of its messages were moved to a new ticket
    SPLIT_FROM = "split from"  # the same event on the new ticket
    MESSAGE_IN = "message in"
    REPLY = "reply"
    NOTE = "note"
    MACRO = "macro"
    STEP = "step"
    RULE = "rule"  # the name of a rule that ran; its changes are further events of the action
    LETTER = "rule letter"  # what became of the letter that a rule asked for: {rule, macro, ending}
    SOP = "sop"  # the SOP that a rule chose for the ticket
    STOPPED = "stopped send"
    DRAFT = "draft"  # a draft that was discarded
    QUEUED = "queued"
    ALSO = "also answered"  # by a reply written on another ticket: {outbox, ticket}
    DELIVERY = "delivery"
    FOLLOW_UP = "follow-up"  # a planned follow-up was cancelled or restored: {outbox, goes}
    SIDE = "side thread"  # a mail to a supplier or a carrier
    HANDLED = "handled"  # seconds that the owner worked on it
    STORE_ACTION = "store action"  # an action on an order in its store: {key, ability, state}
    LOGGED = "logged"  # something said outside mail: a call, a message, a public review
    PROMISE = "promise"  # a date promised to the customer
    RETURN = "return"  # a step of a return that the owner noted
    STOCK = "stock list"  # the customer is to be told when something is in stock again
    PRIORITY = "priority"
    SENDER = "sender"  # how mail from a sender is treated from now on
    PREFERS = "prefers"  # how the customer prefers to be contacted
    WRITER = "writer"  # to whom an address that answered us belongs


@dataclass(frozen=True, slots=True)
class Event:
    """One change. `at` is UTC seconds; events of one key press share `action`.

    `undoes` is the action that this one reverses, 0 for none.
    """

    id: int
    action: int
    ticket_id: int
    at: int
    by: By
    what: What
    was: object
    now: object
    undoes: int = 0


class Snooze(NamedTuple):
    """A snooze in an event: until when (UTC seconds, None: it ended); `asked`: the customer asked for it."""

    until: int | None
    asked: bool = False


def snooze_in(value: object) -> Snooze:
    """The snooze in an event's value: a time, or an object with a time that the customer asked for."""
    if isinstance(value, dict):
        return Snooze(int(value["until"]), bool(value.get("asked")))
    return Snooze(cast("int | None", value))

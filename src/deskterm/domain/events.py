"""Events: every change of a ticket, and how to reverse it. The spine of undo and of the figures."""

from enum import StrEnum
from typing import NamedTuple, cast

from deskterm.value_class import dataclass


class By(StrEnum):
    """Who changed it."""

    OWNER = "owner"
    MACRO = "macro"
    SYNC = "sync"
    RULE = "rule"
    CLOCK = "clock"  # nobody: time that was spent on it
    INFERRED = "inferred"  # the first sync worked it out from old mail


class What(StrEnum):
    """What changed. `was` and `now` of an event are JSON values of that kind."""

    CREATED = "created"
    STATUS = "status"
    SNOOZE = "snooze"
    CATEGORY = "category"
    TAGS = "tags"
    VIEW = "view"
    ORDER = "order"
    JOINED = "joined"  # another ticket's messages came in
    WENT_INTO = "went into"  # the same, told of the other ticket
    SPLIT = "split"  # some of its messages have a ticket of their own
    SPLIT_FROM = "split from"  # the same, told of that ticket
    MESSAGE_IN = "message in"
    REPLY = "reply"
    NOTE = "note"
    MACRO = "macro"
    STEP = "step"
    RULE = "rule"  # the name of the one that ran; its changes are events beside it
    LETTER = "rule letter"  # what became of the letter that a rule wanted: {rule, macro, ending}
    SOP = "sop"  # the one that a rule put beside the ticket
    STOPPED = "stopped send"
    DRAFT = "draft"  # one that was thrown away
    QUEUED = "queued"
    DELIVERY = "delivery"
    FOLLOW_UP = "follow-up"  # a planned one that is not to go any more, or again: {outbox, goes}
    SIDE = "side thread"  # a mail to a supplier or a carrier
    HANDLED = "handled"  # active seconds in front of the owner
    STORE_ACTION = "store action"  # what was done to an order in its store: {key, ability, state}
    LOGGED = "logged"  # what was said elsewhere: a call, a message, a public review
    PROMISE = "promise"  # a date that was given to the customer
    RETURN = "return"  # a step of a return that the owner noted
    STOCK = "stock list"  # the customer is to hear when something is in stock again
    PRIORITY = "priority"
    SENDER = "sender"  # what mail from somebody is from now on
    PREFERS = "prefers"  # how the customer wants to be reached
    WRITER = "writer"  # whose an address is that answered us


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
    """A snooze as an event tells it: until when (UTC seconds, None: it ended); `asked`: by the customer."""

    until: int | None
    asked: bool = False


def snooze_in(value: object) -> Snooze:
    """What an event's value says of a snooze: a time alone, or a time that the customer asked for."""
    if isinstance(value, dict):
        return Snooze(int(value["until"]), bool(value.get("asked")))
    return Snooze(cast("int | None", value))

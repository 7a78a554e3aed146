"""The states of a reply in the outbox, how a try to send it ended, and the outcome per recipient."""

from enum import StrEnum


class OutboxState(StrEnum):
    """The state of a reply in the outbox."""

    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    REFUSED = "refused"
    UNCERTAIN = "may have been sent"
    DISCARDED = "discarded"


class Ending(StrEnum):
    """How the last try to send a reply ended, or why it left the outbox unsent."""

    NONE = ""
    LINE_LOST = "line lost"
    PUT_OFF = "put off"  # the server said "not now"
    BROUGHT_BACK = "brought back"  # by the owner
    NOT_TO_ALL = "not to all"  # sent, but refused for some; the owner has not dealt with it yet
    HELD_BACK = "held back"  # by deskterm, because the ticket has moved on
    DROPPED = "dropped"  # an automatic letter that did not go and does not become a draft
    REPLACED = "replaced"  # a follow-up: another letter of ours went to the customer first


class Outcome(StrEnum):
    """The outcome of a reply for one recipient."""

    UNKNOWN = ""
    ACCEPTED = "accepted"
    REFUSED = "refused"

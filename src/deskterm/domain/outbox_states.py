"""Where a reply on its way stands, how it ended, and what became of it at a recipient's server."""

from enum import StrEnum


class OutboxState(StrEnum):
    """Where a reply on its way stands."""

    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    REFUSED = "refused"
    UNCERTAIN = "may have been sent"
    DISCARDED = "discarded"


class Ending(StrEnum):
    """How a reply's last try ended while it waits for the next, or why it left the outbox unsent."""

    NONE = ""
    LINE_LOST = "line lost"
    PUT_OFF = "put off"  # the server said "not now"
    BROUGHT_BACK = "brought back"  # by the owner
    NOT_TO_ALL = "not to all"  # sent, but some were refused for good: the owner has not seen to it yet
    HELD_BACK = "held back"  # by deskterm, as the matter has moved on
    DROPPED = "dropped"  # an automatic letter that did not go and is no draft
    REPLACED = "replaced"  # a follow-up: another letter of ours went to the customer first


class Outcome(StrEnum):
    """What became of a reply for one recipient."""

    UNKNOWN = ""
    ACCEPTED = "accepted"
    REFUSED = "refused"

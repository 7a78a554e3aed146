"""Letters that rules write: when one may be sent automatically (RFC 3834), and what became of each."""

from enum import StrEnum

from deskterm.value_class import dataclass

_DAY = 86400
_AHEAD = 600  # seconds by which a mail's clock may be ahead of ours


class LetterKind(StrEnum):
    """What a rule does with a macro."""

    DRAFT = "draft"  # a draft on the ticket
    SEND = "send"  # sent if the review is green, else a draft
    ACKNOWLEDGE = "acknowledge"  # sent if the review is green, else dropped; does not count as an answer


class LetterEnding(StrEnum):
    """What became of a letter. The value is stored; `ENDING_WORDS` has the words for the owner."""

    SENT = "sent"
    DRAFTED = "drafted"
    AMBER = "amber"
    SWITCHED_OFF = "sending is off"
    HAS_DRAFT = "draft there"
    TAKEN_BACK = "taken back"
    NO_MACRO = "no macro"
    MOVED_ON = "moved on"
    ASIDE = "aside"
    MACHINE = "machine"
    FORM = "form"
    OTHER_ADDRESS = "other address"
    NOT_TO_US = "not to us"
    DISPUTE = "dispute"
    NOT_AUTHENTIC = "not authentic"
    TOO_OLD = "too old"
    BEFORE_QUIET = "before quiet"
    CLOCK = "clock"
    ADDRESS_CAP = "address cap"
    DAY_CAP = "day cap"


ENDING_WORDS = {
    LetterEnding.SENT: "sent",
    LetterEnding.DRAFTED: "left as a draft",
    LetterEnding.AMBER: "left as a draft: the review is not green",
    LetterEnding.SWITCHED_OFF: "left as a draft: rules may not send yet",
    LetterEnding.HAS_DRAFT: "not written: a draft stood there",
    LetterEnding.TAKEN_BACK: "not written: the run was taken back",
    LetterEnding.NO_MACRO: "not written: its macro or mailbox cannot be used",
    LetterEnding.MOVED_ON: "not written: somebody wrote since",
    LetterEnding.ASIDE: "not written: the ticket is out of the way",
    LetterEnding.MACHINE: "not sent: a machine or a list wrote",
    LetterEnding.FORM: "not sent: it came through a form or a marketplace",
    LetterEnding.OTHER_ADDRESS: "not sent: the answer would go to another address",
    LetterEnding.NOT_TO_US: "not sent: the mail was not written to you",
    LetterEnding.DISPUTE: "not written: this is a dispute",
    LetterEnding.NOT_AUTHENTIC: "not sent: the sender could not be verified",
    LetterEnding.TOO_OLD: "not sent: the mail is older than a day",
    LetterEnding.BEFORE_QUIET: "not sent: the mail came before a restore or a long pause",
    LetterEnding.CLOCK: "not sent: this machine's clock went back",
    LetterEnding.ADDRESS_CAP: "not sent: that address had its letters of the day",
    LetterEnding.DAY_CAP: "not sent: the day's limit is reached",
}


@dataclass(frozen=True, slots=True)
class Caps:
    """How many letters rules may send in 24 hours: to one address, and in total."""

    an_address: int = 1
    a_day: int = 30


@dataclass(frozen=True, slots=True)
class Asked:
    """What decides whether a mail may be answered automatically.

    `at` is when it came (UTC seconds). `forbids`: its headers or its sender forbid automatic answers.
    `sent_to_address` and `sent_today` are letters that rules sent in the last 24 hours.
    """

    at: int
    forbids: bool = False
    listed: bool = False
    direct: bool = True  # it came by mail, not through a form or a marketplace
    to_sender: bool = True  # the answer would go to its sender
    to_us: bool = True  # an address of ours is in To or Cc
    dispute: bool = False
    authentic: bool = True
    sent_to_address: int = 0
    sent_today: int = 0


@dataclass(frozen=True, slots=True)
class SendingMoment:
    """When it is decided. Mail before `quiet_since` gets no letter; `clock_back`: the clock was set back."""

    now: int
    quiet_since: int = 0
    clock_back: bool = False


def reason_not_to_send(asked: Asked, moment: SendingMoment, caps: Caps) -> LetterEnding | None:
    """Why a mail must not be answered automatically; None if it may."""
    age = moment.now - asked.at
    reasons = (
        (asked.dispute, LetterEnding.DISPUTE),
        (asked.forbids or asked.listed, LetterEnding.MACHINE),
        (not asked.direct, LetterEnding.FORM),
        (not asked.to_sender, LetterEnding.OTHER_ADDRESS),
        (not asked.to_us, LetterEnding.NOT_TO_US),
        (not asked.authentic, LetterEnding.NOT_AUTHENTIC),
        (moment.clock_back or age < -_AHEAD, LetterEnding.CLOCK),
        (age > _DAY, LetterEnding.TOO_OLD),
        (asked.at < moment.quiet_since, LetterEnding.BEFORE_QUIET),
        (asked.sent_to_address >= caps.an_address, LetterEnding.ADDRESS_CAP),
        (asked.sent_today >= caps.a_day, LetterEnding.DAY_CAP),
    )
    return next((ending for holds, ending in reasons if holds), None)

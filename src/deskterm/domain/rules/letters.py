"""Letters that rules write: when none may go by itself (RFC 3834), and what became of each."""

from enum import StrEnum

from deskterm.value_class import dataclass

_DAY = 86400
_AHEAD = 600  # seconds that a mail's time may lie before ours: two clocks never agree


class LetterKind(StrEnum):
    """What a rule does with a macro."""

    DRAFT = "draft"  # a draft on the ticket
    SEND = "send"  # sent where the review is green, else a draft
    ACKNOWLEDGE = "acknowledge"  # sent where the review is green, else nothing; it answers nobody


class LetterEnding(StrEnum):
    """What became of a letter. The value is kept; `ENDING_WORDS` says it."""

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
    """How many letters rules send in 24 hours: to one address, and in all."""

    an_address: int = 1
    a_day: int = 30


@dataclass(frozen=True, slots=True)
class Asked:
    """A mail that a letter would answer, as far as it decides whether one may go by itself.

    `at` is when it came (UTC seconds). `forbids`: its headers or its sender forbid automatic answers.
    `sent_to_address`, `sent_today`: letters of rules in the 24 hours before.
    """

    at: int
    forbids: bool = False
    listed: bool = False
    direct: bool = True  # by mail, not through a form or a marketplace
    to_sender: bool = True  # the answer goes to whom it is from
    to_us: bool = True  # an address of ours is in To or Cc
    dispute: bool = False
    authentic: bool = True
    sent_to_address: int = 0
    sent_today: int = 0


@dataclass(frozen=True, slots=True)
class SendingMoment:
    """When it is decided. Mail before `quiet_since` is not answered; `clock_back`: the clock went back."""

    now: int
    quiet_since: int = 0
    clock_back: bool = False


def reason_not_to_send(asked: Asked, moment: SendingMoment, caps: Caps) -> LetterEnding | None:
    """Why no letter may go by itself to the writer of a mail; None where one may."""
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

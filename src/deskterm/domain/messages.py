"""A message of a ticket and its parts."""

from enum import StrEnum

from deskterm.value_class import dataclass

STAYS = "The rest of it stays on the server.]"  # the end of the text of a mail too large to fetch


@dataclass(frozen=True, slots=True)
class Address:
    """A person as named in a mail header. `address` keeps its case; compare with `key`."""

    name: str
    address: str

    @property
    def key(self) -> str:
        """The address for comparison: case does not matter, a +tag does."""
        return self.address.casefold()

    @property
    def display(self) -> str:
        """`Jana Mertens <jana@mertens.example>`, or the bare address."""
        return f"{self.name} <{self.address}>" if self.name else self.address


def mailbox_key(address: str) -> str:
    """The mailbox behind an address, for matching customers with orders.

    Case never matters. Gmail ignores dots and +tags, and googlemail.com is its other name.
    """
    local, at, domain = address.casefold().rpartition("@")
    if domain in ("gmail.com", "googlemail.com"):
        return f"{local.partition('+')[0].replace('.', '')}@gmail.com"
    return f"{local}{at}{domain}"


class FoldKind(StrEnum):
    """Why a part of a text is folded."""

    QUOTE = "quote"
    SIGNATURE = "signature"
    DISCLAIMER = "disclaimer"
    FOOTER = "footer"  # "Sent from my phone"


@dataclass(frozen=True, slots=True)
class Fold:
    """The characters `start` to `end` (exclusive) of a message's text, hidden until a key shows them.

    The folds of a message are sorted and do not overlap.
    """

    start: int
    end: int
    kind: FoldKind


@dataclass(frozen=True, slots=True)
class Attachment:
    """A part of a mail that is not its text. `part` is its number in the mail, `size` is in bytes."""

    part: int
    name: str
    type: str
    size: int
    inline: bool = False


class Direction(StrEnum):
    """Which way a message went."""

    IN = "in"
    OUT = "out"
    NOTE = "note"


class MachineKind(StrEnum):
    """The kinds of mail that no person wrote (RFC 3834)."""

    HUMAN = ""
    BOUNCE = "bounce"
    DELAY = "delay"
    VACATION = "vacation"
    COMPLAINT = "complaint"  # an ARF feedback report (RFC 5965)
    CHALLENGE = "challenge"
    LIST = "list"
    CALENDAR = "calendar"
    NOTICE = "notice"  # a store's or a payment service's notification
    OTHER = "auto"


class Cue(StrEnum):
    """A warning that the owner should see before answering."""

    NAME_SHOWS_OTHER = "the name shows another address"
    REPLY_ELSEWHERE = "answers go to another domain"
    TWO_SENDERS = "it names two senders"
    MIXED_SCRIPT = "the domain mixes scripts"
    NOT_AUTHENTIC = "the sender could not be verified"
    BY_PROGRAM = "a program may have sent it: an answer from a help desk, a receipt, an absence note"
    LINKED = "answers a ticket of somebody else"
    UNREADABLE = "could not be read, shown raw"
    DAMAGED = "its winmail.dat is damaged: there was more in it than could be read"
    HELD_BACK = "the planned reply did not go: it is a draft again"  # about a ticket, not about a mail


@dataclass(frozen=True, slots=True)
class Message:
    """A mail in, a mail out, or an internal note. Times are UTC seconds.

    `at` is the arrival of mail in and the sending of mail out. `outside` marks a reply written elsewhere
    (webmail, phone) and found in Sent. `machine_words` is what a bounce or a notice reports. `gone` marks a
    mail that another program deleted or moved on the server. `answer_to` is who gets an answer to a mail in.
    `aside` marks a mail of ours to somebody else than the ticket's customer: it answers nothing. `stranger`
    marks an answer to us from an address the ticket does not know, perhaps another one of its customer.
    `sent_on` is the ticket a mail of ours was written on, where it answers this one too.
    """

    id: int
    ticket_id: int
    direction: Direction
    machine: MachineKind
    sender: Address
    to: tuple[Address, ...]
    cc: tuple[Address, ...]
    subject: str
    at: int
    text: str
    folds: tuple[Fold, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    message_id: str = ""
    cues: tuple[Cue, ...] = ()
    macro: str = ""
    outside: bool = False
    machine_words: str = ""
    links: tuple[str, ...] = ()
    gone: bool = False
    reply_to: tuple[Address, ...] = ()
    answer_to: tuple[Address, ...] = ()
    aside: bool = False
    beside: str = ""  # in a side thread, the name of the contact: a supplier, a carrier
    stranger: bool = False
    bcc: tuple[Address, ...] = ()
    sent_on: int | None = None

    @property
    def recipients(self) -> tuple[Address, ...]:
        """All whom it went to, as far as it says."""
        return (*self.to, *self.cc, *self.bcc)

    @property
    def human(self) -> bool:
        """Whether a person wrote it."""
        return self.machine is MachineKind.HUMAN

    @property
    def own_words(self) -> str:
        """The text without its folds: the sender's own new words."""
        kept, at = [], 0
        for fold in self.folds:
            kept.append(self.text[at : fold.start])
            at = fold.end
        kept.append(self.text[at:])
        return "".join(kept).strip()

"""The values that mail is read into and written from. All text in them is safe to show."""

from dataclasses import field

from deskterm.domain.messages import Address, Attachment, Cue, Fold, MachineKind
from deskterm.mail.mime.header_fields import readable
from deskterm.value_class import dataclass


@dataclass(frozen=True, slots=True)
class Mail:
    """A mail taken apart (RFC 5322, 2045 to 2047, 2231), without any judgement.

    `plain` is the decoded text body as safe text; `html` is raw markup, and "" beside a plain text of some
    length. `named` has the first header of each name (in lower case), unfolded but not decoded: use `header`.
    `date` and `received` (the topmost Received) are UTC seconds. `unreadable` says in a sentence what could
    not be read; if there was no text at all, `plain` has the body as it came.
    """

    message_id: str
    in_reply_to: tuple[str, ...]
    references: tuple[str, ...]
    sender: Address
    reply_to: tuple[Address, ...]
    to: tuple[Address, ...]
    cc: tuple[Address, ...]
    subject: str
    date: int | None
    received: int | None
    plain: str
    html: str
    attachments: tuple[Attachment, ...]
    named: dict[str, str]
    fingerprint: bytes
    content_type: str = "text/plain"
    unreadable: str = ""
    other_senders: tuple[Address, ...] = ()  # of further From fields, which RFC 5322 (3.6) does not allow
    bcc: tuple[Address, ...] = ()  # only a copy of our own mail names them
    damaged: bool = False  # a winmail.dat could be read only in part

    @property
    def parents(self) -> tuple[str, ...]:
        """The Message-IDs it answers, each once: those of In-Reply-To first, then those of References."""
        return tuple(dict.fromkeys((*self.in_reply_to, *self.references)))

    def header(self, name: str) -> str:
        """The first header of a name (in lower case), decoded and as a safe line; "" if there is none."""
        value = self.named.get(name)
        return readable(value) if value else ""


@dataclass(frozen=True, slots=True)
class Readable:
    """A mail's text as a person reads it. `folds` are ranges of `text`; `links` are numbered from 1."""

    text: str
    folds: tuple[Fold, ...] = ()
    links: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a machine wrote a mail, and what it reports.

    `words` is a sentence for the owner. For a bounce, `status` is the enhanced status code (RFC 3463), `hard`
    means that the address will never take mail, `recipient` is the address that failed, and `about` has the
    Message-IDs of the returned mail. `by_program`: a program sent what seems to be a person's words.
    """

    kind: MachineKind = MachineKind.HUMAN
    words: str = ""
    status: str = ""
    hard: bool = False
    recipient: str = ""
    about: tuple[str, ...] = ()
    by_program: bool = False


@dataclass(frozen=True, slots=True)
class Writer:
    """Who really wrote a mail: the customer behind a form, a relay or a plain mail.

    `channel` is one of mail, contact form, marketplace, chat transcript, phone. `fields` are those of a form
    (name, order, phone, message ...). `text` is the customer's message inside a form; if it is empty, the
    mail's own text is theirs. `is_customer` is false for order notices, payouts, robots and newsletters.
    `answer_to` is who gets an answer: the customer, or the Reply-To they gave.
    """

    customer: Address
    channel: str = "mail"
    is_customer: bool = True
    fields: dict[str, str] = field(default_factory=dict)
    text: str = ""
    cues: tuple[Cue, ...] = ()
    answer_to: tuple[Address, ...] = ()


@dataclass(frozen=True, slots=True)
class ReadMail:
    """A mail and what was understood of it.

    `text` is what a person reads, with its `folds` and `links` as in `Readable`. `size` is in bytes.
    `list_id` is the list it came through (RFC 2919), `delivered_to` are the addresses for which our own
    server accepted it; both are case-folded.
    """

    mail: Mail
    text: str
    folds: tuple[Fold, ...]
    links: tuple[str, ...]
    verdict: Verdict
    writer: Writer
    size: int
    list_id: str = ""
    delivered_to: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A file attached to a reply."""

    name: str
    type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A reply to be written as a mail.

    `date` is in UTC seconds, `zone` in minutes east of Greenwich. `references` are the parents, oldest first.
    `quoted` is the history to put below the text. `automatic` marks mail that no person looked at (RFC 3834).
    """

    sender: Address
    to: tuple[Address, ...]
    subject: str
    text: str
    message_id: str
    date: int
    cc: tuple[Address, ...] = ()
    bcc: tuple[Address, ...] = ()
    in_reply_to: str = ""
    references: tuple[str, ...] = ()
    zone: int = 0
    attachments: tuple[Enclosure, ...] = ()
    automatic: bool = False
    quoted: str = ""

"""A message to be stored, and made ready for it: that needs no database, so any process may do it."""

from collections.abc import Sequence
from typing import NamedTuple

from deskterm.domain.messages import Address, Attachment, Cue, Direction, Fold, MachineKind
from deskterm.storage.mail.packing import pack
from deskterm.storage.schema.columns import key_of, people_json, people_list, text_key, to_json
from deskterm.storage.search import word_index

NOBODY = Address("", "")


class NewMessage(NamedTuple):
    """A message to be stored. Times are UTC seconds.

    `raw` is the mail as it came; empty for a note. `parents` are the Message-IDs it answers,
    `answer_to` whom an answer to it reaches,
    `base_subject` the subject it may be joined by (empty: never),
    `numbers` the order numbers it names.
    """

    ticket_id: int
    direction: Direction
    at: int
    text: str
    raw: bytes = b""
    customer_id: int | None = None
    machine: MachineKind = MachineKind.HUMAN
    machine_words: str = ""
    message_id: str = ""
    parents: tuple[str, ...] = ()
    keys: tuple[int, ...] = ()  # those of message_id and parents, where they are known already
    direct: int = 0  # how many of the parents, the first ones, In-Reply-To names
    list_id: str = ""
    fingerprint: bytes = b""
    sender: Address = NOBODY
    to: tuple[Address, ...] = ()
    cc: tuple[Address, ...] = ()
    reply_to: tuple[Address, ...] = ()
    answer_to: tuple[Address, ...] = ()
    subject: str = ""
    base_subject: str = ""
    sent_at: int | None = None
    channel: str = "mail"
    folds: tuple[Fold, ...] = ()
    links: tuple[str, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    cues: tuple[Cue, ...] = ()
    numbers: tuple[str, ...] = ()
    order_id: int | None = None
    due: str = ""
    macro: str = ""
    outside: bool = False
    size: int = 0


class MessageLinks(NamedTuple):
    """What only the database tells of a new message: whose it is and what it is about."""

    ticket_id: int
    customer_id: int | None
    order_id: int | None
    due: str


class PreparedMessage(NamedTuple):
    """A message's rows but for its numbers and `Belonging`; plain values, which pass a pipe quickly.

    `columns` are those of COLUMNS, `original` is packed, `keys` hold 0 for none and its own first, then
    the `direct` ones that it answers.
    """

    at: int
    columns: tuple[object, ...]
    original: bytes
    attachments: tuple[tuple[object, ...], ...]
    keys: tuple[int, ...]
    direct: int
    words: word_index.Text


COLUMNS = (
    "direction", "machine", "machine_words", "message_id", "fingerprint", "same_key", "sender_name",
    "sender_address", "recipients", "subject", "subject_key", "answers", "at", "sent_at", "channel", "text",
    "folds", "links", "cues", "numbers", "macro", "outside", "size",
    "answer_to", "list_id",
)  # fmt: skip


def prepare(new: NewMessage) -> PreparedMessage:
    """All of a message that can be worked out without the database; its ticket and the like are left out."""
    numbers = " ".join(new.numbers)
    return PreparedMessage(
        at=new.at,
        columns=_columns(new, numbers),
        original=pack(new.raw) if new.raw else b"",
        attachments=tuple(
            [(one.part, one.name, one.type, one.size, int(one.inline)) for one in new.attachments]
        ),
        keys=new.keys or tuple(map(text_key, (new.message_id, *new.parents))),
        direct=new.direct,
        words=word_index.text_of(
            new.subject,
            word_index.people((new.sender, *new.to, *new.cc, *new.reply_to)),
            numbers,
            word_index.without_folds(new.text, new.folds),
        ),
    )


def with_machine(one: PreparedMessage, machine: MachineKind) -> PreparedMessage:
    """The same message, taken for another kind of mail."""
    at = COLUMNS.index("machine")
    return one._replace(columns=(*one.columns[:at], machine.value, *one.columns[at + 1 :]))


def belonging(new: NewMessage) -> MessageLinks:
    """The rest of it."""
    return MessageLinks(new.ticket_id, new.customer_id, new.order_id, new.due)


def same_key(message_id: str, fingerprint: bytes) -> int:
    """What `messages.find_same` looks up: one key for both."""
    return key_of(message_id.encode("utf-8", "surrogatepass"), fingerprint) if fingerprint else 0


def _columns(new: NewMessage, numbers: str) -> tuple[object, ...]:
    """Plain values: SQLite's binding looks long for how to adapt a subclass of text."""
    return (
        new.direction.value, new.machine.value, new.machine_words, new.message_id, new.fingerprint,
        same_key(new.message_id, new.fingerprint), new.sender.name, new.sender.address,
        people_json(to=new.to, cc=new.cc, reply_to=new.reply_to), new.subject, text_key(new.base_subject),
        int(bool(new.parents)), new.at, new.sent_at, new.channel, new.text,
        _json([(fold.start, fold.end, fold.kind) for fold in new.folds]), _json(new.links), _json(new.cues),
        numbers, new.macro, int(new.outside), new.size,
        people_list(new.answer_to) if new.answer_to else "", new.list_id,
    )  # fmt: skip


def _json(values: Sequence[object]) -> str:
    return to_json(values) if values else ""

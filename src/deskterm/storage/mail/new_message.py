"""Turning a message into the rows that store it. This needs no database, so any process may do it."""

from collections.abc import Sequence
from typing import NamedTuple

from deskterm.domain.messages import Address, Attachment, Cue, Direction, Fold, MachineKind
from deskterm.storage.mail.packing import pack
from deskterm.storage.schema.columns import key_of, people_json, people_list, text_key, to_json
from deskterm.storage.search import word_index

NOBODY = Address("", "")


class MessageLinks(NamedTuple):
    """What only the database knows of a new message: its ticket, customer and order, and why it is due."""

    ticket_id: int
    customer_id: int | None = None
    order_id: int | None = None
    due: str = ""


class NewMessage(NamedTuple):
    """A message as `messages.add` stores it: the values of its rows, without ids and links.

    Plain values, because they are quick to send through a pipe. `at` is in UTC seconds. `columns` are the
    values of COLUMNS, `original` is the packed mail. `keys` are those of the message's own Message-ID and
    of its parents (0: it has no Message-ID); the first `direct` parents come from In-Reply-To.
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


def new_message(
    *, direction: Direction, at: int, text: str, raw: bytes = b"", size: int = 0, sent_at: int | None = None,
    # whose it is, and whom it reaches
    sender: Address = NOBODY, to: tuple[Address, ...] = (), cc: tuple[Address, ...] = (),
    bcc: tuple[Address, ...] = (), reply_to: tuple[Address, ...] = (), answer_to: tuple[Address, ...] = (),
    # what belongs together with it
    message_id: str = "", parents: tuple[str, ...] = (), direct: int = 0, list_id: str = "",
    fingerprint: bytes = b"", subject: str = "", base_subject: str = "", numbers: tuple[str, ...] = (),
    # what it is
    machine: MachineKind = MachineKind.HUMAN, machine_words: str = "", channel: str = "mail", macro: str = "",
    outside: bool = False, cues: tuple[Cue, ...] = (), folds: tuple[Fold, ...] = (),
    links: tuple[str, ...] = (), attachments: tuple[Attachment, ...] = (),
) -> NewMessage:  # fmt: skip
    """Build a message to be stored. Times are UTC seconds.

    `raw` is the mail as it came (empty for a note). `parents` are the Message-IDs that the mail answers, of
    which the first `direct` come from In-Reply-To. `answer_to` is who receives an answer to it,
    `base_subject` the subject it may be joined by (empty: never), `numbers` the order numbers it names.
    """
    joined_numbers = " ".join(numbers)
    # `.value`: SQLite is slow to bind a subclass of str.
    columns = (
        direction.value, machine.value, machine_words, message_id, fingerprint,
        same_key(message_id, fingerprint), sender.name, sender.address,
        people_json(to=to, cc=cc, bcc=bcc, reply_to=reply_to), subject, text_key(base_subject),
        int(bool(parents)), at, sent_at, channel, text,
        _json([(fold.start, fold.end, fold.kind) for fold in folds]), _json(links), _json(cues),
        joined_numbers, macro, int(outside), size,
        people_list(answer_to) if answer_to else "", list_id,
    )  # fmt: skip
    people = word_index.people((sender, *to, *cc, *bcc, *reply_to))
    return NewMessage(
        at=at,
        columns=columns,
        original=pack(raw) if raw else b"",
        attachments=tuple([(one.part, one.name, one.type, one.size, int(one.inline)) for one in attachments]),
        keys=tuple(map(text_key, (message_id, *parents))),
        direct=direct,
        words=word_index.text_of(subject, people, joined_numbers, word_index.without_folds(text, folds)),
    )


def with_machine(one: NewMessage, machine: MachineKind) -> NewMessage:
    """The same message as another kind of mail."""
    at = COLUMNS.index("machine")
    return one._replace(columns=(*one.columns[:at], machine.value, *one.columns[at + 1 :]))


def without_identity(one: NewMessage) -> NewMessage:
    """The same message without what makes it that mail: Message-ID, thread, original and files."""
    blank = {"message_id": "", "fingerprint": b"", "same_key": 0, "subject_key": 0}
    columns = tuple(blank.get(name, value) for name, value in zip(COLUMNS, one.columns, strict=True))
    return one._replace(columns=columns, original=b"", attachments=(), keys=(), direct=0)


def same_key(message_id: str, fingerprint: bytes) -> int:
    """The key by which `messages.find_same` finds a mail that is stored already; 0 without a fingerprint."""
    return key_of(message_id.encode("utf-8", "surrogatepass"), fingerprint) if fingerprint else 0


def _json(values: Sequence[object]) -> str:
    return to_json(values) if values else ""

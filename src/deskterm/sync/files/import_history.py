"""Importing another help desk's conversations as history: to be searched and learned from.

Each message becomes a mail of its own, so it goes the way of all mail. Whatever a conversation ended with,
its ticket is solved as of then: the other desk has dealt with it.
"""

from collections.abc import Callable, Generator, Iterator
from dataclasses import replace
from hashlib import blake2b
from pathlib import Path
from threading import Event

from deskterm.domain.desk_state import Progress
from deskterm.domain.messages import Address
from deskterm.errors import SendStopped
from deskterm.intake.values import Context
from deskterm.mail.values import Outgoing
from deskterm.mail.writing.compose import compose
from deskterm.storage.mail.folders import Cursor
from deskterm.storage.schema.database import Database
from deskterm.sync.batches import MAILS_A_BATCH, Batch, FetchedMail
from deskterm.sync.files.desk_exports import ExportedConversation, conversations
from deskterm.sync.files.import_mbox import ACCOUNT
from deskterm.sync.mail_in import MailIn
from deskterm.value_class import dataclass

_NEVER = 2**40  # after whatever another desk dates ahead
_HOST = "imported.invalid"  # of the ids of messages that have none as mails


@dataclass(slots=True)
class ImportedHistory:
    """What an import came to: conversations, messages, internal notes and messages that were left out.

    A conversation of which every message was left out is none. `known` messages were here before.
    """

    conversations: int = 0
    messages: int = 0
    notes: int = 0
    left_out: int = 0
    known: int = 0


def import_history(
    path: Path,
    db: Database,
    context: Context,
    report: Callable[[Progress], None],
    stop: Event,
    *,
    us: Address,
) -> ImportedHistory:
    """Take in the conversations of a file or folder; `us` is the shop's address.

    Doing it again changes nothing. NotFound and NotNow for what cannot be read; StorageError for a
    database that refuses.
    """
    done = ImportedHistory()
    closed = replace(context, work_from=_NEVER)  # all of it is history, none of it is work
    mail_in = MailIn(db, closed, report, stop, words=f"reading {path.name}")
    cursor = mail_in.cursor(ACCOUNT, str(path.absolute()), "inbox")
    if mail_in.take(_batches(_mails(path, us, done), cursor), replace(cursor, complete_to=0)):
        mail_in.infer_history(context.now)
    done.known = mail_in.count - mail_in.fresh
    return done


def _mails(path: Path, us: Address, done: ImportedHistory) -> Iterator[FetchedMail]:
    """Every message as a mail, numbered from 1."""
    number = 0
    for one in conversations(path):
        done.left_out += one.left_out
        if one.customer.key == us.key:
            done.left_out += len(one.messages)
            continue
        done.notes += one.notes
        before = done.messages
        for at, raw, ours in _as_mails(one, us):
            if raw is None:
                done.left_out += 1
                continue
            number += 1
            done.messages += 1
            yield FetchedMail(number, str(number), at, raw, len(raw), "sent" if ours else "inbox")
        done.conversations += done.messages > before


def _as_mails(one: ExportedConversation, us: Address) -> Iterator[tuple[int, bytes | None, bool]]:
    """When each message was written, its bytes (None where no mail can be made of it), and if it is ours."""
    before: tuple[str, ...] = ()
    for message in one.messages:
        name = f"{one.customer.key}\n{one.id}\n{message.id}\n{message.at}"
        known = f"<{blake2b(name.encode(), digest_size=16).hexdigest()}@{_HOST}>"
        sender, to = (us, one.customer) if message.ours else (one.customer, us)
        mail = Outgoing(
            sender, (to,), one.subject, message.text, known, message.at,
            in_reply_to=before[-1] if before else "", references=before[-20:],
        )  # fmt: skip
        try:
            yield message.at, compose(mail), message.ours
        except SendStopped:
            yield message.at, None, message.ours
            continue
        before = (*before, known)


def _batches(mails: Iterator[FetchedMail], cursor: Cursor) -> Generator[Batch, None, None]:
    group: list[FetchedMail] = []
    for one in mails:
        group.append(one)
        if len(group) == MAILS_A_BATCH:
            yield Batch(tuple(group), cursor, left=None)
            group = []
    yield Batch(tuple(group), cursor)

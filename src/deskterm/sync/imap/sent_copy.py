"""Copying replies into Sent, and finding there whether an uncertain reply was sent.

A copy that cannot be filed is tried again on the next pass; it never sends
anything again.
"""

from collections.abc import Iterable, Sequence
from pathlib import Path

from deskterm.config.paths import Home
from deskterm.config.secret.secrets import Secrets
from deskterm.config.settings_file import Mailbox
from deskterm.domain.messages import Direction, MachineKind
from deskterm.domain.outbox_states import OutboxState
from deskterm.domain.review.replies import OutboxRow
from deskterm.errors import NoSentFolder
from deskterm.intake.sent_replies import record_sent_reply
from deskterm.storage.mail import messages, threads
from deskterm.storage.replies import outbox
from deskterm.storage.schema.database import Database, Tx
from deskterm.sync.files import maildir
from deskterm.sync.imap.connection import Connection
from deskterm.sync.imap.special_folders import find_sent
from deskterm.sync.locks import account_lock
from deskterm.value_class import dataclass

Rows = Sequence[OutboxRow]
_IN_SENT = "Found in Sent: it went out."
_REPORTS = frozenset({MachineKind.BOUNCE, MachineKind.DELAY, MachineKind.COMPLAINT})
_THEIR_TIME = 120  # seconds a provider that files the copy itself gets for it


def settle(mailbox: Mailbox, home: Home, db: Database, secrets: Secrets, now: int) -> bool:
    """File the copies that are wanted, and look up what is uncertain; whether it did. Raises WireError.

    Waits for its turn while another process reads the account: a server sees at
    most two connections of ours, this or a pass's and a watch's.
    """
    unsure = _settled_by_what_was_read(mailbox, db, now)
    with db.read() as tx:
        wanted = outbox.copies_wanted(tx, mailbox.name)
    if not wanted and not unsure:
        return False
    if mailbox.kind == "maildir":
        _in_maildir(mailbox, db, wanted, now)
        return True
    with account_lock(home.locks, f"{mailbox.name} in") as ours:
        if ours:
            _on_the_server(mailbox, db, secrets, now, (unsure, wanted))
        return ours


def _settled_by_what_was_read(mailbox: Mailbox, db: Database, now: int) -> Rows:
    """Settle what the mail that a sync brought tells of; returns what is still in doubt.

    Our own copy does, and so does a mail that answers ours or a bounce of it: nobody names a Message-ID
    that has not left. Of a reply that some have had they say nothing about the others: the owner decides.
    """
    with db.read() as tx:
        rows = [
            (row, _evidence_of_sending(tx, row))
            for row in outbox.rows(tx, OutboxState.UNCERTAIN)
            if row.account == mailbox.name and row.sent_at is None
        ]
    for row, where in rows:
        if where:
            _was_sent(db, row, where, now)
    return [row for row, where in rows if not where]


def _evidence_of_sending(tx: Tx, row: OutboxRow) -> str:
    """How we know that a reply was sent, in words; "" if we do not."""
    own = messages.find_by_message_id(tx, row.message_id)
    if own and messages.get(tx, own).direction is Direction.OUT:
        return _IN_SENT
    naming = [messages.get(tx, one.message) for one in threads.near(tx, [threads.key(row.message_id)])]
    machines = {one.machine for one in naming if one.direction is Direction.IN}
    if machines - _REPORTS:
        return "An answer to it has come: it went out."
    return "A report about it has come: it went out." if machines else ""


def _on_the_server(
    mailbox: Mailbox, db: Database, secrets: Secrets, now: int, rows: tuple[Rows, Rows]
) -> None:
    with Connection(mailbox, secrets.password(mailbox)) as connection:
        name = mailbox.sent or find_sent(connection.folders())
        if name is None:
            raise no_sent(mailbox)
        connection.examine(name)
        for row in rows[0]:
            if connection.find_id(row.message_id):
                _was_sent(db, row, _IN_SENT, now)
        lacking = [row for row in rows[1] if not _is_in_sent(connection, db, row)]
        if lacking:
            connection.examine(mailbox.inboxes[0])  # Courier refuses an APPEND to the folder that is examined
        for row in lacking:
            _file_copy(mailbox, db, row, now, _Sent(connection, name))


def no_sent(mailbox: Mailbox) -> NoSentFolder:
    """The error for not knowing which folder is Sent."""
    return NoSentFolder(
        f"No folder for sent mail was found at {mailbox.host}.",
        safe="Replies go out; answers written elsewhere are not seen.",
        todo=f'Name it as `sent` of the mailbox "{mailbox.name}" in config.toml.',
    )


@dataclass(frozen=True, slots=True)
class _Sent:
    """The folder Sent of a connection."""

    connection: Connection
    name: str


def _was_sent(db: Database, row: OutboxRow, where: str, now: int) -> None:
    """Record that a reply was sent, as of its last try."""
    with db.write() as tx:
        outbox.mark(tx, row.id, OutboxState.SENT, where, now)
        record_sent_reply(tx, row.id, row.tried_at)
        if where == _IN_SENT:
            outbox.set_copy_state(tx, row.id, "theirs")


def _is_in_sent(connection: Connection, db: Database, row: OutboxRow) -> bool:
    """Whether the copy is in Sent already; if so, note that the server filed it."""
    if not connection.find_id(row.message_id):
        return False
    with db.write() as tx:
        outbox.set_copy_state(tx, row.id, "theirs")
    return True


def _file_copy(mailbox: Mailbox, db: Database, row: OutboxRow, now: int, sent: _Sent) -> None:
    """Put the copy into Sent; a provider that files it itself gets time to do so first."""
    if mailbox.files_sent_itself and now - (row.sent_at or now) < _THEIR_TIME:
        return
    with db.read() as tx:
        raw = outbox.raw(tx, row.id)
    sent.connection.append(sent.name, raw)
    with db.write() as tx:
        outbox.set_copy_state(tx, row.id, "filed")


def _in_maildir(mailbox: Mailbox, db: Database, rows: Iterable[OutboxRow], now: int) -> None:
    for row in rows:
        with db.read() as tx:
            raw = outbox.raw(tx, row.id)
        folder = maildir.sent_folder(Path(mailbox.path), mailbox.sent)
        maildir.deliver(folder, raw, row.message_id, row.sent_at or now)
        with db.write() as tx:
            outbox.set_copy_state(tx, row.id, "filed")

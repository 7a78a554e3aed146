"""Marking the mails of solved tickets as read or archiving them, if the owner wants it (`solved`).

Off at first. Nothing else on a server is ever changed by deskterm, but for the
copy of a reply in Sent.
"""

from dataclasses import replace
from itertools import groupby

from deskterm.config.secret.secrets import Secrets
from deskterm.config.settings_file import Mailbox
from deskterm.errors import ServerRefused
from deskterm.storage import desk_facts, solved_mail
from deskterm.storage.mail import folders
from deskterm.storage.mail.folders import Cursor
from deskterm.storage.schema.database import Database, Tx
from deskterm.sync.imap.connection import GMAIL, Connection
from deskterm.sync.imap.special_folders import find_archive

GRACE = 60  # seconds in which a solve may still be taken back
_AT_ONCE = 200  # mails a command


def file_solved(mailbox: Mailbox, db: Database, secrets: Secrets, now: int) -> None:
    """File the mails of tickets solved since the last time; of those solved before it was switched on, none.

    Raises WireError; the same mails are then filed the next time.
    """
    key = f"filed {mailbox.name}"
    if mailbox.kind != "imap" or mailbox.solved == "leave":
        _note(db, key, "")
        return
    with db.read() as tx:
        begun = desk_facts.get_fact(tx, key)
        tickets, until = solved_mail.since(tx, int(begun or solved_mail.newest_event(tx)), now - GRACE)
        standing = solved_mail.mails(tx, tickets, mailbox.name)
        cursors = {one.id: one for one in folders.cursors(tx, mailbox.name)}
    if standing:
        with Connection(mailbox, secrets.password(mailbox)) as connection:
            for folder, some in groupby(standing, lambda one: one.mailbox_id):
                _Filing(mailbox, db, connection, cursors[folder]).file([one.uid for one in some])
    _note(db, key, str(until))


def _note(db: Database, key: str, value: str) -> None:
    with db.read() as tx:
        if desk_facts.get_fact(tx, key) == value:
            return
    with db.write() as tx:
        desk_facts.set_fact(tx, key, value)


class _Filing:
    """One folder, opened for writing."""

    def __init__(self, mailbox: Mailbox, db: Database, connection: Connection, cursor: Cursor) -> None:
        self.mailbox, self.db, self.connection, self.cursor = mailbox, db, connection, cursor

    def file(self, uids: list[int]) -> None:
        if self.connection.open_to_write(self.cursor.name) != self.cursor.uidvalidity:
            return  # these UIDs are of other mails now; the next pass reads anew
        archive = self._archive() if self._moves() else ""
        for start in range(0, len(uids), _AT_ONCE):
            some = uids[start : start + _AT_ONCE]
            if archive:
                self._move(some, archive)
            elif self.mailbox.solved == "archive":
                self.connection.take_from_inbox(some)
            else:
                self.connection.mark_read(some)

    def _moves(self) -> bool:
        """Whether mails are moved. In All Mail they are archived already: only Gmail's label is removed."""
        labelled = self.cursor.role == "all" and GMAIL in self.connection.can
        return self.mailbox.solved == "archive" and not labelled

    def _archive(self) -> str:
        found = self.mailbox.archive or find_archive(self.connection.folders())
        if found is None:
            raise ServerRefused(
                f"{self.mailbox.host} names no folder for archived mail.",
                safe="Nothing was moved.",
                todo="Name it as `archive` in config.toml.",
            )
        return found

    def _move(self, uids: list[int], archive: str) -> None:
        uidvalidity, moved = self.connection.move(uids, archive)
        with self.db.write() as tx:
            if moved:
                folders.record_move(tx, self.cursor, self._target(tx, archive, uidvalidity), moved)
            folders.mark_gone(tx, self.cursor.id, uids=uids)

    def _target(self, tx: Tx, archive: str, uidvalidity: int) -> Cursor:
        """The cursor of the archive folder, which is never read; it only records where the mails are."""
        cursor = folders.cursor(tx, self.mailbox.name, archive, "archive")
        if cursor.uidvalidity == uidvalidity:
            return cursor
        folders.forget_places(tx, cursor.id)
        folders.save(tx, replace(cursor, uidvalidity=uidvalidity))
        return cursor

"""Checking by UIDs whether every mail of the server is stored, for `deskterm doctor --servers`."""

from deskterm.config.settings_file import Mailbox
from deskterm.storage.mail import folders
from deskterm.storage.mail.folders import Cursor
from deskterm.storage.schema.database import Database
from deskterm.sync.imap import fetch_order
from deskterm.sync.imap.connection import Connection, Folder
from deskterm.value_class import dataclass


@dataclass(frozen=True, slots=True)
class Gap:
    """A folder that was read: how many mails it has there, how many `lack` here, how many went unnoticed.

    `renumbered`: the server renumbers its mails (UIDVALIDITY), so nothing can be compared.
    """

    folder: str
    there: int
    lack: int = 0
    went: int = 0
    renumbered: bool = False


def look(mailbox: Mailbox, password: str, db: Database, *, mend: bool = False) -> tuple[Gap, ...]:
    """Compare each folder that was read with the server, up to where it was read. Raises a WireError.

    With `mend` what went is marked so; the next sync then fetches what lacks.
    """
    with db.read() as tx:
        read = [one for one in folders.cursors(tx, mailbox.name) if one.role in ("inbox", "sent", "all")]
    with Connection(mailbox, password) as connection:
        return tuple(_compare(connection, db, one, mend=mend) for one in read if one.highest_uid)


def _compare(connection: Connection, db: Database, cursor: Cursor, *, mend: bool) -> Gap:
    folder: Folder = connection.examine(cursor.name)
    if folder.uidvalidity != cursor.uidvalidity:
        return Gap(cursor.name, folder.exists, renumbered=True)
    with db.read() as tx:
        known = folders.uids(tx, cursor.id)
    went, lack = fetch_order.compare_uids(connection, folder, known)
    if mend and went:
        with db.write() as tx:
            folders.mark_gone(tx, cursor.id, uids=went)
    lack = {uid for uid in lack if cursor.lowest_uid <= uid <= cursor.highest_uid}
    return Gap(cursor.name, folder.exists, len(lack), len(went))

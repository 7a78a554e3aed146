"""Folders on a server or in a Maildir: how far each has been read, and where messages are stored in it."""

from collections.abc import Iterable, Mapping
from sqlite3 import Connection

from deskterm.value_class import dataclass


@dataclass(frozen=True, slots=True)
class Cursor:
    """How far one folder has been read.

    The first sync walks down from `highest_uid` to `lowest_uid`; that is 1 once
    it is done. `complete_to` is in UTC seconds.
    """

    id: int
    account: str
    name: str
    role: str  # inbox, sent, all; archive and gone are not read
    uidvalidity: int = 0
    highest_uid: int = 0
    lowest_uid: int = 0
    modseq: int = 0
    complete_to: int = 0


@dataclass(frozen=True, slots=True)
class MailPlace:
    """Where a message is stored. In a Maildir `name` is the unique part of the file name and `uid` is 0."""

    mailbox_id: int
    uid: int = 0
    name: str = ""
    role: str = "inbox"


def cursor(tx: Connection, account: str, name: str, role: str) -> Cursor:
    """The cursor of a folder; a folder not seen before gets one."""
    tx.execute(
        "INSERT INTO mailbox(account, name, role) VALUES (?, ?, ?)"
        " ON CONFLICT DO UPDATE SET role = excluded.role WHERE role != excluded.role",
        (account, name, role),
    )
    row = tx.execute("SELECT * FROM mailbox WHERE account = ? AND name = ?", (account, name)).fetchone()
    return Cursor(**dict(row))


def cursors(tx: Connection, account: str) -> tuple[Cursor, ...]:
    """All folders of an account."""
    rows = tx.execute("SELECT * FROM mailbox WHERE account = ? ORDER BY id", (account,))
    return tuple(Cursor(**dict(row)) for row in rows)


def save(tx: Connection, now: Cursor) -> None:
    """Write back how far a folder has been read."""
    tx.execute(
        "UPDATE mailbox SET uidvalidity = ?, highest_uid = ?, lowest_uid = ?, modseq = ?, complete_to = ?"
        " WHERE id = ?",
        (now.uidvalidity, now.highest_uid, now.lowest_uid, now.modseq, now.complete_to, now.id),
    )


def put_all(tx: Connection, places: Iterable[tuple[MailPlace, int | None]]) -> None:
    """Record where messages are, as (place, message id, None for a forgotten one).

    A place without a UID and a name is none: there is only a header, and its mail is still to come.
    """
    tx.executemany(
        "INSERT INTO place(mailbox_id, uid, name, message_id) VALUES (?, ?, ?, ?)"
        " ON CONFLICT DO UPDATE SET message_id = excluded.message_id, gone = 0",
        (
            (place.mailbox_id, place.uid, place.name, message_id)
            for place, message_id in places
            if place.uid or place.name
        ),
    )


def places(tx: Connection, message_id: int) -> tuple[tuple[MailPlace, bool], ...]:
    """The places of a message, each with whether it is gone from the server."""
    rows = tx.execute(
        "SELECT p.*, m.role FROM place p JOIN mailbox m ON m.id = p.mailbox_id WHERE message_id = ?",
        (message_id,),
    )
    return tuple(
        (MailPlace(row["mailbox_id"], row["uid"], row["name"], row["role"]), bool(row["gone"]))
        for row in rows
    )


def uids(tx: Connection, mailbox_id: int) -> set[int]:
    """The UIDs known and not gone."""
    rows = tx.execute("SELECT uid FROM place WHERE mailbox_id = ? AND gone = 0 AND uid != 0", (mailbox_id,))
    return {row[0] for row in rows}


def names(tx: Connection, mailbox_id: int) -> set[str]:
    """The file names (their unique parts) known and not gone."""
    rows = tx.execute(
        "SELECT name FROM place WHERE mailbox_id = ? AND gone = 0 AND name != ''", (mailbox_id,)
    )
    return {row[0] for row in rows}


def mark_gone(
    tx: Connection, mailbox_id: int, *, uids: Iterable[int] = (), names: Iterable[str] = ()
) -> None:
    """Mark places as gone from the server. The messages stay."""
    tx.executemany(
        "UPDATE place SET gone = 1 WHERE mailbox_id = ? AND uid = ?", ((mailbox_id, uid) for uid in uids)
    )
    tx.executemany(
        "UPDATE place SET gone = 1 WHERE mailbox_id = ? AND uid = 0 AND name = ?",
        ((mailbox_id, name) for name in names),
    )


def record_move(tx: Connection, source: Cursor, target: Cursor, uids: Mapping[int, int]) -> None:
    """Note where mails stand that were moved; `uids` maps those in `source` to those in `target`."""
    tx.executemany(
        "INSERT OR REPLACE INTO place(mailbox_id, uid, message_id)"
        " SELECT ?, ?, message_id FROM place WHERE mailbox_id = ? AND uid = ? AND message_id IS NOT NULL",
        ((target.id, there, source.id, here) for here, there in uids.items()),
    )


def gone_of(tx: Connection, ticket_id: int) -> frozenset[int]:
    """The messages of a ticket that were on a server and are nowhere any more."""
    rows = tx.execute(
        "SELECT m.id FROM message m JOIN place p ON p.message_id = m.id WHERE m.ticket_id = ?"
        " GROUP BY m.id HAVING min(p.gone) = 1",
        (ticket_id,),
    )
    return frozenset(row[0] for row in rows)


def forget_places(tx: Connection, mailbox_id: int) -> None:
    """Drop all places of a folder whose UIDs mean nothing any more (UIDVALIDITY changed)."""
    tx.execute("DELETE FROM place WHERE mailbox_id = ?", (mailbox_id,))


def standing(tx: Connection, mailbox_id: int) -> int:
    """How many places of a folder are known and not gone."""
    row = tx.execute("SELECT count(*) FROM place WHERE mailbox_id = ? AND gone = 0", (mailbox_id,)).fetchone()
    return int(row[0])

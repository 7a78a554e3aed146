"""Promises that were made to customers, and which of them stand.

One stands until a later answer of ours has gone out, or its ticket is solved: that is worked out from the
messages, as all about a ticket is.
"""

from collections.abc import Iterable
from sqlite3 import Connection

from deskterm.domain.ticket_work.promises import Promise, PromisedDate
from deskterm.storage import tickets
from deskterm.storage.schema.columns import to_json

_GIVEN = "IN (SELECT value FROM json_each(?))"


def add(
    tx: Connection, ticket_id: int, promised: Iterable[PromisedDate], at: int, message_id: str = ""
) -> list[int]:
    """Note promises of a letter (by its Message-ID) or of the owner; returns their ids."""
    made = []
    for one in promised:
        row = tx.execute(
            "INSERT INTO promise(ticket_id, home_id, message_id, words, made_at, due_at, remind_at, number,"
            " sent_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (ticket_id, ticket_id, message_id, one.words, at, one.due_at, one.remind_at, one.number)
            + ((None,) if message_id else (at,)),
        ).lastrowid
        assert row is not None
        made.append(row)
    tickets.refresh(tx, [ticket_id])
    return made


def standing(tx: Connection, ticket_id: int) -> tuple[Promise, ...]:
    """The open promises of a ticket, the one due first at the front."""
    rows = tx.execute(
        f"SELECT p.* FROM promise p JOIN ticket t ON t.id = p.ticket_id WHERE p.ticket_id = ?"
        f" AND t.status NOT IN ('solved', 'spam') AND {tickets.PROMISE_STANDS} ORDER BY p.due_at, p.id",
        (ticket_id,),
    )
    return tuple(
        Promise(row["id"], row["ticket_id"], row["words"], row["made_at"], row["due_at"], row["number"])
        for row in rows
    )


def made_on(tx: Connection, ticket_ids: Iterable[int]) -> tuple[Promise, ...]:
    """All promises made on tickets, kept or not, without those that were dropped."""
    rows = tx.execute(
        f"SELECT * FROM promise WHERE dropped = 0 AND ticket_id {_GIVEN} ORDER BY made_at, id",
        (to_json(list(ticket_ids)),),
    )
    return tuple(
        Promise(row["id"], row["ticket_id"], row["words"], row["made_at"], row["due_at"], row["number"])
        for row in rows
    )


def of_letter(tx: Connection, message_id: str) -> list[int]:
    """The promises that the letter with that Message-ID made, without those that were dropped."""
    given = (message_id,)
    rows = tx.execute("SELECT id FROM promise WHERE message_id = ? AND dropped = 0 ORDER BY id", given)
    return [row[0] for row in rows] if message_id else []


def get(tx: Connection, promise_id: int) -> Promise | None:
    """A promise by its id."""
    row = tx.execute("SELECT * FROM promise WHERE id = ?", (promise_id,)).fetchone()
    return (
        Promise(row["id"], row["ticket_id"], row["words"], row["made_at"], row["due_at"], row["number"])
        if row
        else None
    )


def set_dropped(tx: Connection, ids: Iterable[int], *, dropped: bool) -> None:
    """Drop promises, or restore them."""
    given = to_json(list(ids))
    tx.execute(f"UPDATE promise SET dropped = ? WHERE id {_GIVEN}", (int(dropped), given))
    rows = tx.execute(f"SELECT DISTINCT ticket_id FROM promise WHERE id {_GIVEN}", (given,)).fetchall()
    tickets.refresh(tx, [row[0] for row in rows])


def mark_letter_sent(tx: Connection, message_id: str, at: int) -> None:
    """The letter with that Message-ID is out since `at`: what goes out later may keep its promises."""
    tx.execute("UPDATE promise SET sent_at = ? WHERE message_id = ? AND sent_at IS NULL", (at, message_id))


def due(tx: Connection, now: int) -> tuple[int, ...]:
    """The tickets that are to come back by `now` for a promise."""
    rows = tx.execute(
        "SELECT id FROM ticket WHERE remind_at <= ? AND joined_into IS NULL ORDER BY remind_at, id", (now,)
    )
    return tuple(row[0] for row in rows)


def mark_reminded(tx: Connection, ticket_id: int, now: int) -> None:
    """A ticket is back on top for its promises up to `now`."""
    tx.execute("UPDATE promise SET reminded = 1 WHERE ticket_id = ? AND remind_at <= ?", (ticket_id, now))
    tickets.refresh(tx, [ticket_id])

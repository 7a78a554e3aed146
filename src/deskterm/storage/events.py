"""Events: one row for every change of a ticket, in the same transaction as the change."""

import json
from collections.abc import Iterable
from sqlite3 import Connection, Row
from typing import NamedTuple

from deskterm.domain.events import By, Event, What
from deskterm.storage.schema.columns import to_json

# What the owner may take back. A reply that went out, a delivery or a message that came may not.
UNDOABLE = (
    What.STATUS, What.SNOOZE, What.CATEGORY, What.TAGS, What.VIEW, What.ORDER,
    What.JOINED, What.SPLIT, What.STEP, What.NOTE, What.DRAFT, What.QUEUED, What.SENDER,
    What.LOGGED, What.PROMISE, What.PRIORITY, What.PREFERS,
    What.WRITER, What.RULE, What.SOP, What.STOCK, What.RETURN, What.ALSO,
)  # fmt: skip


def new_action(tx: Connection) -> int:
    """The number for the events of the next action. Write an event with it before asking again."""
    return int(tx.execute("SELECT coalesce(max(id), 0) + 1 FROM events").fetchone()[0])


def add(  # noqa: PLR0917 - an event's columns, in their order
    tx: Connection, action: int, ticket_id: int, at: int, by: By, what: What, was: object, now: object,
    undoes: int = 0,
) -> int:  # fmt: skip
    """Write one event. `was` and `now` are JSON values, `undoes` the action that it reverses."""
    made = tx.execute(
        "INSERT INTO events(action, ticket_id, at, by, what, was, now, undoes)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (action, ticket_id, at, by, what, to_json(was), to_json(now), undoes),
    ).lastrowid
    assert made is not None
    return made


class NewEvent(NamedTuple):
    """An event that is an action of its own. `was` and `now` are JSON values."""

    ticket_id: int
    at: int
    by: By
    what: What
    was: object
    now: object


def add_all(tx: Connection, many: Iterable[NewEvent]) -> None:
    """Write events, each an action of its own."""
    tx.executemany(
        "INSERT INTO events(id, action, ticket_id, at, by, what, was, now) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (
            (number, number, new.ticket_id, new.at, new.by, new.what, to_json(new.was), to_json(new.now))
            for number, new in enumerate(many, new_action(tx))
        ),
    )


def for_ticket(tx: Connection, ticket_id: int) -> tuple[Event, ...]:
    """A ticket's events in the order they were written."""
    rows = tx.execute("SELECT * FROM events WHERE ticket_id = ? ORDER BY id", (ticket_id,))
    return tuple(_event(row) for row in rows)


def for_action(tx: Connection, action: int) -> tuple[Event, ...]:
    """All events of one key press, in the order they were written."""
    rows = tx.execute("SELECT * FROM events WHERE action = ? ORDER BY id", (action,))
    return tuple(_event(row) for row in rows)


def last_undoable(tx: Connection) -> int:
    """The owner's last action that is in effect and can be undone; 0 if there is none."""
    rows = tx.execute(
        "SELECT DISTINCT action FROM events WHERE undoes = 0 AND by IN ('owner', 'macro')"
        f" AND what IN ({', '.join(repr(str(what)) for what in UNDOABLE)}) ORDER BY action DESC"
    )
    return next((row[0] for row in rows if stands(tx, row[0])), 0)


def last_id(tx: Connection, action: int = 0) -> int:
    """The id of the last event, or of the last one of an action; 0 if there is none."""
    if not action:
        return int(tx.execute("SELECT coalesce(max(id), 0) FROM events").fetchone()[0])
    found = tx.execute("SELECT max(id) FROM events WHERE action = ?", (action,)).fetchone()
    return int(found[0] or 0)


def last_by_owner(tx: Connection) -> int:
    """The id of the last event that the owner caused."""
    sql = "SELECT coalesce(max(id), 0) FROM events WHERE by IN ('owner', 'macro')"
    return int(tx.execute(sql).fetchone()[0])


def last_undone(tx: Connection) -> int:
    """The undo that a redo would reverse; 0 if there is none or the owner has done something else since."""
    rows = tx.execute(
        "SELECT DISTINCT action, undoes FROM events WHERE by IN ('owner', 'macro') ORDER BY action DESC"
    )
    for action, undoes in rows:
        if not undoes:
            return 0
        if stands(tx, action) and _is_first_hand(tx, undoes):
            return int(action)
    return 0


def count_rule_runs(tx: Connection, since: int) -> dict[str, int]:
    """How often each rule ran since a time (UTC seconds)."""
    rows = tx.execute(
        "SELECT now, count(*) FROM events WHERE what = ? AND undoes = 0 AND at >= ? GROUP BY now",
        (What.RULE, since),
    )
    return {json.loads(row[0]): row[1] for row in rows}


def stands(tx: Connection, action: int) -> bool:
    """Whether an action is in effect: not undone, or redone."""
    rows = tx.execute("SELECT DISTINCT action FROM events WHERE undoes = ?", (action,)).fetchall()
    return not any(stands(tx, row[0]) for row in rows)


def _is_first_hand(tx: Connection, action: int) -> bool:
    row = tx.execute("SELECT undoes FROM events WHERE action = ? LIMIT 1", (action,)).fetchone()
    return row is not None and row[0] == 0


def _event(row: Row) -> Event:
    return Event(
        id=row["id"],
        action=row["action"],
        ticket_id=row["ticket_id"],
        at=row["at"],
        by=By(row["by"]),
        what=What(row["what"]),
        was=json.loads(row["was"]),
        now=json.loads(row["now"]),
        undoes=row["undoes"],
    )

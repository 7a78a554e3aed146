"""Tickets: creating and changing them, and what follows from their messages.

The order of the lists is kept here: whoever changes a ticket calls `change` or
`refresh`, never SQL. Events are written by `changes`, which the desk and intake use.
"""

import json
from collections.abc import Iterable
from sqlite3 import Connection, Row
from typing import NamedTuple

from deskterm.domain.messages import Cue
from deskterm.domain.tickets import CategoryBy, Mood, Priority, Status, Ticket, View, WakesOn
from deskterm.errors import NotFound
from deskterm.storage.inbox_order import place
from deskterm.storage.schema.columns import marks, to_json
from deskterm.storage.ticket_work.answered import FROM_ANSWERS, FROM_MESSAGES

SNOOZE_OVER = "snooze ended"
_LISTS = frozenset({"tags", "cues"})
_COLUMNS = frozenset(
    {
        "customer_id", "subject", "status", "view", "category", "category_by", "channel", "due",
        "snoozed_until", "woken_at", "solve_at", "solved_at", "inferred", "order_id", "order_by",
        "tags", "cues", "history", "joined_into", "nudge",
        "priority", "wakes_on", "sop", "mood",
    }
)  # fmt: skip


class NewTicket(NamedTuple):
    """A ticket to be made. `history`: 1 when a first sync owes its events."""

    customer_id: int
    subject: str
    at: int
    status: Status = Status.OPEN
    view: View = View.CUSTOMERS
    channel: str = "mail"
    history: int = 0


def create(
    tx: Connection, *, customer_id: int, subject: str, at: int, status: Status = Status.OPEN,
    view: View = View.CUSTOMERS, channel: str = "mail", history: int = 0,
) -> int:  # fmt: skip
    """A new ticket's number. Its figures come with its first message and `refresh`."""
    number = next_number(tx)
    create_all(tx, number, [NewTicket(customer_id, subject, at, status, view, channel, history)])
    return number


def next_number(tx: Connection) -> int:
    """The number of the next ticket: no number is ever given twice."""
    return int(tx.execute("SELECT seq + 1 FROM sqlite_sequence WHERE name = 'ticket'").fetchone()[0])


def create_all(tx: Connection, first: int, many: Iterable[NewTicket]) -> None:
    """Make tickets, numbered from `first` on, which is `next_number`."""
    tx.executemany(
        "INSERT INTO ticket(id, customer_id, subject, created_at, status, view, channel, history, last_at,"
        " since, lead_since) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        ((number, *new, new.at, new.at, new.at) for number, new in enumerate(many, first)),
    )


def get(tx: Connection, ticket_id: int) -> Ticket:
    """A ticket by number; one that was joined gives the ticket it became. Raises NotFound."""
    row = tx.execute("SELECT * FROM ticket WHERE id = ?", (root(tx, ticket_id),)).fetchone()
    if row is None:
        raise NotFound(f"There is no ticket T{ticket_id}.")
    return _ticket(row)


def root(tx: Connection, ticket_id: int) -> int:
    """The ticket that `ticket_id` became by being joined; itself where it was not."""
    row = tx.execute(
        "WITH RECURSIVE up(id, next) AS (SELECT id, joined_into FROM ticket WHERE id = ? UNION"
        " SELECT t.id, t.joined_into FROM up JOIN ticket t ON t.id = up.next)"
        " SELECT id FROM up WHERE next IS NULL",
        (ticket_id,),
    ).fetchone()
    return int(row[0]) if row else ticket_id


def change(tx: Connection, ticket_id: int, **columns: object) -> None:
    """Set columns of a ticket and keep all that follows from them: its answer time, its place in the lists.

    `tags` and `cues` are sequences of text, times UTC seconds. Writes no event:
    the desk and intake use `changes.change`, which does.
    """
    if unknown := columns.keys() - _COLUMNS:
        raise ValueError(f"no such column of a ticket: {', '.join(sorted(unknown))}")
    values = [to_json(list(_items(value))) if name in _LISTS else value for name, value in columns.items()]
    setters = ", ".join(f"{name} = ?" for name in columns)
    before = _customers(tx, [ticket_id])
    tx.execute(f"UPDATE ticket SET {setters} WHERE id = ?", (*values, ticket_id))
    refresh(tx, [ticket_id], also=before)


def refresh(tx: Connection, ticket_ids: Iterable[int], *, also: Iterable[int] = ()) -> None:
    """Work out again what follows from the messages of tickets, and their places in the lists.

    Sets created_at, last_at, the number of messages, unanswered_since and due.
    `also` names further customers whose tickets moved.
    """
    ids = list(ticket_ids)
    given = to_json(ids)
    tx.execute(FROM_MESSAGES, (given,))
    tx.execute(FROM_ANSWERS, (SNOOZE_OVER, given))
    tx.execute(_FROM_PROMISES, (given,))
    place(tx, ids, {*also, *_customers(tx, ids)})


PROMISE_STANDS = """
    p.dropped = 0 AND (p.sent_at IS NULL OR NOT EXISTS (
        SELECT 1 FROM message o WHERE o.ticket_id = p.ticket_id AND o.direction = 'out'
        AND o.machine = '' AND o.aside = 0 AND o.at > p.sent_at))
"""
_FROM_PROMISES = f"""
UPDATE ticket SET (promised_at, remind_at) = (
    SELECT min(p.due_at), min(p.remind_at) FILTER (WHERE p.reminded = 0) FROM promise p
    WHERE p.ticket_id = ticket.id AND ticket.status NOT IN ('solved', 'spam') AND {PROMISE_STANDS})
WHERE id IN (SELECT value FROM json_each(?))
    AND (promised_at IS NOT NULL OR EXISTS (SELECT 1 FROM promise WHERE ticket_id = ticket.id))
"""


def open_of_customer(tx: Connection, customer_id: int) -> tuple[int, ...]:
    """The customer's tickets that are not solved, newest first."""
    rows = tx.execute(
        "SELECT id FROM ticket WHERE customer_id = ? AND joined_into IS NULL AND view = 'customers'"
        " AND status NOT IN ('solved', 'spam') ORDER BY last_at DESC, id DESC",
        (customer_id,),
    )
    return tuple(row[0] for row in rows)


def for_customer(tx: Connection, customer_id: int, most: int) -> tuple[int, ...]:
    """The customer's tickets, those that are not solved first, then the newest; spam and trash left out."""
    rows = tx.execute(
        "SELECT id FROM ticket WHERE customer_id = ? AND joined_into IS NULL AND view = 'customers'"
        " AND status != 'spam' ORDER BY status = 'solved', last_at DESC, id DESC LIMIT ?",
        (customer_id, most),
    )
    return tuple(row[0] for row in rows)


def newer_question(
    tx: Connection, ticket_id: int, customer_id: int, order_id: int | None, since: int
) -> int | None:
    """Another ticket of a customer who wrote there after `since`, about this order or no known one."""
    row = tx.execute(
        "SELECT t.id FROM ticket t JOIN message m ON m.ticket_id = t.id"
        " WHERE t.customer_id = ? AND t.id != ? AND t.joined_into IS NULL AND t.view = 'customers'"
        " AND t.status != 'spam' AND (t.order_id IS NULL OR t.order_id IS ?)"
        " AND m.direction = 'in' AND m.machine = '' AND m.at > ? ORDER BY m.at LIMIT 1",
        (customer_id, ticket_id, order_id, since),
    ).fetchone()
    return int(row[0]) if row else None


def over(tx: Connection, now: int) -> tuple[int, ...]:
    """The tickets whose snooze has ended by `now`."""
    rows = tx.execute(
        "SELECT id FROM ticket WHERE snoozed_until <= ? AND joined_into IS NULL ORDER BY snoozed_until, id",
        (now,),
    )
    return tuple(row[0] for row in rows)


def to_solve(tx: Connection, now: int) -> tuple[int, ...]:
    """The tickets that were to be solved by `now` unless the customer wrote, and which did not."""
    rows = tx.execute(
        "SELECT id FROM ticket WHERE solve_at <= ? AND joined_into IS NULL AND status != 'solved'"
        " ORDER BY solve_at",
        (now,),
    )
    return tuple(row[0] for row in rows)


def awaiting_history(tx: Connection, ticket_ids: Iterable[int]) -> set[int]:
    """Those of the tickets whose first-sync events are not written yet and that nobody has touched."""
    rows = tx.execute(
        "SELECT id FROM ticket WHERE history = 1 AND id IN (SELECT value FROM json_each(?))",
        (to_json(list(ticket_ids)),),
    )
    return {row[0] for row in rows}


def about_orders(tx: Connection, order_ids: Iterable[int]) -> set[int]:
    """Those of these orders that a ticket is about."""
    rows = tx.execute(
        "SELECT DISTINCT order_id FROM ticket WHERE order_id IN (SELECT value FROM json_each(?))",
        (to_json(list(order_ids)),),
    )
    return {row[0] for row in rows}


def about_order(tx: Connection, order_id: int) -> tuple[int, ...]:
    """The tickets about an order."""
    return tuple(row[0] for row in tx.execute("SELECT id FROM ticket WHERE order_id = ?", (order_id,)))


def no_longer_due(tx: Connection, order_id: int, why: str) -> None:
    """Remove tickets about an order from the top if they were there for that reason."""
    ids = [
        row[0] for row in tx.execute("SELECT id FROM ticket WHERE order_id = ? AND due = ?", (order_id, why))
    ]
    tx.execute(
        "UPDATE message SET due = '' WHERE due = ? AND ticket_id IN (SELECT value FROM json_each(?))",
        (why, to_json(ids)),
    )
    refresh(tx, ids)


def cue(tx: Connection, ticket_id: int, which: Cue, *, on: bool) -> None:
    """Put a cue on a ticket or take it off."""
    row = tx.execute("SELECT cues FROM ticket WHERE id = ?", (ticket_id,)).fetchone()
    had = set(json.loads(row["cues"]))
    has = had | {str(which)} if on else had - {str(which)}
    if has != had:
        tx.execute("UPDATE ticket SET cues = ? WHERE id = ?", (to_json(sorted(has)), ticket_id))


def _customers(tx: Connection, ids: list[int]) -> set[int]:
    rows = tx.execute(f"SELECT DISTINCT customer_id FROM ticket WHERE id IN ({marks(len(ids))})", ids)
    return {row[0] for row in rows}


def _items(value: object) -> Iterable[object]:
    assert isinstance(value, Iterable)
    return value


def _ticket(row: Row) -> Ticket:
    return Ticket(
        id=row["id"],
        customer_id=row["customer_id"],
        subject=row["subject"],
        status=Status(row["status"]),
        view=View(row["view"]),
        category=row["category"],
        category_by=CategoryBy(row["category_by"]),
        channel=row["channel"],
        created_at=row["created_at"],
        last_at=row["last_at"],
        unanswered_since=row["unanswered_since"],
        due=row["due"],
        snoozed_until=row["snoozed_until"],
        solved_at=row["solved_at"],
        inferred=bool(row["inferred"]),
        order_id=row["order_id"],
        tags=tuple(json.loads(row["tags"])),
        cues=tuple(Cue(one) for one in json.loads(row["cues"])),
        beside=row["beside"],
        priority=Priority(row["priority"]),
        promised_at=row["promised_at"],
        wakes_on=WakesOn(row["wakes_on"]),
        sop=row["sop"],
        mood=Mood(row["mood"]),
    )

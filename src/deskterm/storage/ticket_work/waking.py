"""Bringing tickets back automatically: a snooze has ended, a promise is due, a store has news."""

from collections.abc import Iterable
from sqlite3 import Connection

from deskterm.domain.events import By
from deskterm.domain.tickets import Status, WakesOn
from deskterm.storage import changes, tickets
from deskterm.storage.schema.columns import to_json
from deskterm.storage.ticket_work import promises, side_threads


def wake(tx: Connection, now: int) -> tuple[int, ...]:
    """End the snoozes that are over, each at its time; returns the tickets. They stand on top again."""
    woken = tickets.over(tx, now)
    threads = side_threads.parents(tx, woken)
    for ticket_id in woken:
        until = int(tx.execute("SELECT snoozed_until FROM ticket WHERE id = ?", (ticket_id,)).fetchone()[0])
        changes.change(tx, ticket_id, until, By.SYNC, snoozed_until=None)
        tickets.change(tx, ticket_id, woken_at=until, nudge="")
        if ticket_id in threads:
            raise_ticket(
                tx, threads[ticket_id], until, f"no answer from {side_threads.get(tx, ticket_id).name}"
            )
    return woken


def wake_on(tx: Connection, ticket_ids: Iterable[int], what: WakesOn, at: int, why: str) -> tuple[int, ...]:
    """End the snoozes that were to end by this; returns their tickets. They stand on top and say why."""
    given = to_json(list(ticket_ids))
    rows = tx.execute(
        "SELECT id FROM ticket WHERE id IN (SELECT value FROM json_each(?)) AND wakes_on = ?"
        " AND snoozed_until IS NOT NULL AND joined_into IS NULL",
        (given, what),
    )
    woken = tuple(row[0] for row in rows.fetchall())
    for ticket_id in woken:
        changes.change(tx, ticket_id, at, By.SYNC, snoozed_until=None)
        tickets.change(tx, ticket_id, woken_at=at, nudge=why)
    return woken


def remind(tx: Connection, now: int) -> tuple[int, ...]:
    """Bring back the tickets on which something was promised for now; returns them."""
    found = promises.due(tx, now)
    for ticket_id in found:
        first = next(iter(promises.standing(tx, ticket_id)), None)
        if first is not None:
            why = f"call {first.number}" if first.number else f"promised {first.words}"
            raise_ticket(tx, ticket_id, now, why)
        promises.mark_reminded(tx, ticket_id, now)
    return found


def raise_ticket(tx: Connection, ticket_id: int, at: int, why: str) -> None:
    """Move a ticket to the top of the inbox, with the reason; spam stays where it is."""
    row = tx.execute("SELECT status FROM ticket WHERE id = ?", (ticket_id,)).fetchone()
    if row["status"] != Status.SPAM:
        changes.change(tx, ticket_id, at, By.SYNC, status=Status.OPEN, snoozed_until=None)
        tickets.change(tx, ticket_id, woken_at=at, nudge=why)


def solves_at(tx: Connection, ticket_id: int) -> int | None:
    """When a ticket solves itself unless the customer writes (UTC seconds), None if it does not."""
    row = tx.execute("SELECT solve_at FROM ticket WHERE id = ?", (ticket_id,)).fetchone()
    return None if row[0] is None else int(row[0])


def solve_due(tx: Connection, now: int) -> tuple[int, ...]:
    """Solve what a macro said to solve by `now` unless the customer wrote; returns the tickets."""
    due = tickets.to_solve(tx, now)
    for ticket_id in due:
        at = int(tx.execute("SELECT solve_at FROM ticket WHERE id = ?", (ticket_id,)).fetchone()[0])
        changes.change(tx, ticket_id, at, By.MACRO, status=Status.SOLVED)
    return due

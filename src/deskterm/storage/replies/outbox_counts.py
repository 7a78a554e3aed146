"""Numbers about the whole outbox: how many wait, for what, and until when."""

from sqlite3 import Connection

from deskterm.domain.outbox_states import Ending, OutboxState

PLANNED = "(planned_at IS NOT NULL AND attempts = 0)"
# A time so far ahead that nobody set it was the clock's: it has been put right since.
FAR = 2 * 3600
DUE = f"state = 'queued' AND (send_at <= :now OR send_at > :far AND NOT {PLANNED})"


def held_back(tx: Connection, at: int) -> int:
    """How many planned replies became drafts again by themselves at that time."""
    found = tx.execute(
        "SELECT count(*) FROM outbox WHERE state = ? AND updated_at = ? AND ending = ?",
        (OutboxState.DISCARDED, at, Ending.HELD_BACK),
    )
    return int(found.fetchone()[0])


def tally(tx: Connection) -> dict[OutboxState, int]:
    """How many rows are in each state."""
    found = dict.fromkeys(OutboxState, 0)
    for row in tx.execute("SELECT state, count(*) FROM outbox GROUP BY state"):
        found[OutboxState(row[0])] = row[1]
    return found


def count_ending(tx: Connection, ending: Ending) -> int:
    """How many rows have that ending."""
    return int(tx.execute("SELECT count(*) FROM outbox WHERE ending = ?", (ending,)).fetchone()[0])


def waiting_accounts(tx: Connection, now: int) -> dict[str, int]:
    """How many rows of each account are due, or were tried and wait for their next try."""
    rows = tx.execute(
        f"SELECT account, count(*) FROM outbox WHERE {DUE} OR state = 'queued' AND attempts > 0"
        " GROUP BY account",
        {"now": now, "far": now + FAR},
    )
    return {row[0]: row[1] for row in rows}


def next_send_at(tx: Connection, *, planned: bool) -> int | None:
    """When the next reply may go: of those that wait for a time the owner named, or of the others."""
    row = tx.execute(
        f"SELECT min(send_at) FROM outbox WHERE state = 'queued' AND {PLANNED} = ?", (planned,)
    ).fetchone()
    return None if row[0] is None else int(row[0])


def next_first_try(tx: Connection) -> int | None:
    """When the first reply goes out that can still be taken back: sent, not planned, and not tried yet."""
    row = tx.execute(
        "SELECT min(send_at) FROM outbox WHERE state = 'queued' AND planned_at IS NULL AND attempts = 0"
    ).fetchone()
    return None if row[0] is None else int(row[0])


def count_planned(tx: Connection) -> int:
    """How many of the queued replies wait for a time that the owner named."""
    return int(tx.execute(f"SELECT count(*) FROM outbox WHERE state = 'queued' AND {PLANNED}").fetchone()[0])


def refused_actions(tx: Connection) -> int:
    """How many actions in stores did not happen, without the owner having taken note."""
    found = tx.execute("SELECT count(*) FROM store_action WHERE state = 'refused' AND noted_at IS NULL")
    return int(found.fetchone()[0])


def unknown_actions(tx: Connection) -> int:
    """How many actions in stores may have happened; they hang as a reply does that may have been sent."""
    return int(tx.execute("SELECT count(*) FROM store_action WHERE state = 'unknown'").fetchone()[0])

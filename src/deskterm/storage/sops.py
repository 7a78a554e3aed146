"""Which steps of an SOP are ticked on a ticket."""

from sqlite3 import Connection


def ticked_steps(tx: Connection, ticket_id: int, sop: str) -> frozenset[str]:
    """The keys of the ticked steps."""
    rows = tx.execute("SELECT step FROM sop_tick WHERE ticket_id = ? AND sop = ?", (ticket_id, sop))
    return frozenset(row[0] for row in rows)


def tick(tx: Connection, ticket_id: int, sop: str, step: str, at: int) -> None:
    """Tick a step; ticking it twice changes nothing."""
    tx.execute("INSERT OR IGNORE INTO sop_tick VALUES (?, ?, ?, ?)", (ticket_id, sop, step, at))


def untick(tx: Connection, ticket_id: int, sop: str, step: str) -> None:
    """Take a tick back."""
    tx.execute("DELETE FROM sop_tick WHERE ticket_id = ? AND sop = ? AND step = ?", (ticket_id, sop, step))


def in_use(tx: Connection, ticket_id: int) -> str:
    """The SOP that was last ticked on a ticket; empty when none was."""
    row = tx.execute(
        "SELECT sop FROM sop_tick WHERE ticket_id = ? ORDER BY at DESC LIMIT 1", (ticket_id,)
    ).fetchone()
    return str(row[0]) if row else ""

"""A letter that follows another: both were queued by one action, the one that follows after the other."""

from sqlite3 import Connection


def letter_before_went(tx: Connection, outbox_id: int) -> bool:
    """Whether the letter that a follow-up follows has gone out, be it to some of its recipients."""
    found = tx.execute(
        "SELECT 1 FROM outbox f JOIN outbox m"
        " ON m.action = f.action AND m.ticket_id = f.ticket_id AND m.id < f.id"
        " WHERE f.id = ? AND m.sent_at IS NOT NULL",
        (outbox_id,),
    )
    return found.fetchone() is not None

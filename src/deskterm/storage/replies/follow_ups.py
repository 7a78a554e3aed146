"""A letter that follows another: both were queued by one action, the one that follows after the other."""

from sqlite3 import Connection

from deskterm.domain.outbox_states import Ending, OutboxState
from deskterm.storage.replies import outbox

_WROTE_AGAIN = "not sent: another letter of yours goes to the customer first"


def letter_before_went(tx: Connection, outbox_id: int) -> bool:
    """Whether the letter that a follow-up follows has gone out, be it to some of its recipients."""
    found = tx.execute(
        "SELECT 1 FROM outbox f JOIN outbox m"
        " ON m.action = f.action AND m.ticket_id = f.ticket_id AND m.id < f.id"
        " WHERE f.id = ? AND m.sent_at IS NOT NULL",
        (outbox_id,),
    )
    return found.fetchone() is not None


def set_goes(tx: Connection, outbox_id: int, at: int, *, goes: bool) -> None:
    """Take a follow-up out of the outbox because we wrote again, or let it go after all.

    One whose time has passed meanwhile, or that something else became of, stays as it is.
    """
    row = outbox.get(tx, outbox_id)
    if not goes and row.state is OutboxState.QUEUED:
        outbox.mark(tx, outbox_id, OutboxState.DISCARDED, _WROTE_AGAIN, at, ending=Ending.REPLACED)
    elif goes and row.ending is Ending.REPLACED and row.send_at > at:
        outbox.later(tx, outbox_id, row.send_at, "that letter was taken back", at)

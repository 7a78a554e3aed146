"""A letter that follows another: both were queued by one action, the one that follows after the other."""

from sqlite3 import Connection

from deskterm.domain.messages import Direction
from deskterm.domain.outbox_states import Ending, OutboxState
from deskterm.storage import tickets
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


def written_since(tx: Connection, outbox_id: int) -> Direction | None:
    """Who has written since a follow-up was planned: the customer (IN), or we again (OUT); None for nobody.

    The letter before it does not count, nor does a mail of ours to somebody else.
    """
    row = outbox.get(tx, outbox_id)
    found = tx.execute(
        "SELECT direction FROM message WHERE ticket_id = :ticket AND machine = '' AND aside = 0"
        " AND (direction = 'in' AND at > coalesce((SELECT at FROM message WHERE id = :answers), :queued)"
        " OR direction = 'out' AND at > :queued AND message_id NOT IN (SELECT m.message_id FROM outbox f"
        " JOIN outbox m ON m.action = f.action AND m.ticket_id = f.ticket_id WHERE f.id = :id))"
        " ORDER BY direction LIMIT 1",
        {
            "ticket": tickets.root(tx, row.ticket_id),
            "answers": outbox.draft(tx, outbox_id).answers,
            "queued": row.queued_at,
            "id": outbox_id,
        },
    ).fetchone()
    return Direction(found[0]) if found else None


def set_goes(tx: Connection, outbox_id: int, at: int, *, goes: bool) -> None:
    """Take a follow-up out of the outbox because we wrote again, or let it go after all.

    It stays out if its time has passed meanwhile, if somebody has written since, or if something else became
    of it.
    """
    row = outbox.get(tx, outbox_id)
    if not goes and row.state is OutboxState.QUEUED:
        outbox.mark(tx, outbox_id, OutboxState.DISCARDED, _WROTE_AGAIN, at, ending=Ending.REPLACED)
    elif goes and row.ending is Ending.REPLACED and row.send_at > at and written_since(tx, outbox_id) is None:
        outbox.later(tx, outbox_id, row.send_at, "that letter was taken back", at)

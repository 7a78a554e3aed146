"""Mails that were too large to fetch whole: what is missing, and completing them."""

from collections.abc import Sequence
from sqlite3 import Connection

from deskterm.domain.messages import Attachment, Fold
from deskterm.errors import NotFound, NotNow
from deskterm.storage.mail import messages
from deskterm.storage.mail.packing import pack
from deskterm.storage.schema.columns import to_json
from deskterm.storage.search import word_index


def missing(tx: Connection, message_id: int) -> int:
    """How many bytes of a mail are still where it came from; 0 for a whole one and for a note."""
    row = tx.execute("SELECT size FROM message WHERE id = ?", (message_id,)).fetchone()
    if row is None:
        raise NotFound("That message is not in the database.")
    try:
        return max(0, int(row[0]) - len(messages.original(tx, message_id)))
    except NotFound:
        return 0


def whole(tx: Connection, message_id: int) -> bytes:
    """A mail's bytes. Raises NotNow if a part of them is still on the server, NotFound for a note."""
    if missing(tx, message_id):
        ticket = messages.get(tx, message_id).ticket_id
        raise NotNow(
            "The rest of this mail is still on the server, so its attachments are cut off here.",
            safe="Nothing was saved.",
            todo=f"`F` in the ticket fetches it, or `deskterm fetch T{ticket}`.",
        )
    return messages.original(tx, message_id)


def partial(tx: Connection, ticket_id: int) -> tuple[int, ...]:
    """The messages of a ticket that are not whole, oldest first."""
    rows = tx.execute("SELECT id FROM message WHERE ticket_id = ? ORDER BY at, id", (ticket_id,))
    return tuple(row[0] for row in rows.fetchall() if missing(tx, row[0]))


def complete(
    tx: Connection,
    message_id: int,
    raw: bytes,
    *,
    text: str,
    folds: Sequence[Fold],
    links: Sequence[str],
    attachments: Sequence[Attachment],
) -> None:
    """Put a whole mail in the place of its beginning.

    Its fingerprint stays that of the beginning: a further sync sees no more
    than that of it, and must know it again.
    """
    was = messages.words(tx, message_id)
    word_index.remove(tx, was)
    tx.execute("UPDATE original SET raw = ? WHERE message_id = ?", (pack(raw), message_id))
    tx.execute(
        "UPDATE message SET text = ?, folds = ?, links = ?, size = ? WHERE id = ?",
        (text, _json([(one.start, one.end, one.kind) for one in folds]), _json(links), len(raw), message_id),
    )
    tx.execute("DELETE FROM attachment WHERE message_id = ?", (message_id,))
    tx.executemany(
        "INSERT INTO attachment VALUES (?, ?, ?, ?, ?, ?)",
        [(message_id, one.part, one.name, one.type, one.size, one.inline) for one in attachments],
    )
    word_index.index(tx, was._replace(text=text, folds=tuple(folds)))


def _json(values: Sequence[object]) -> str:
    return to_json(values) if values else ""

"""The outbox. A row with its bytes is committed before any connection is opened.

queued -> sending -> sent, refused or "may have been sent"; discarded by the owner.
While it is sending, `handed` tells whether the mail itself may have left.
Every step is kept in the row's history with the server's words.
"""

from collections.abc import Iterable
from sqlite3 import Connection, Row
from typing import Any

from deskterm.domain.outbox_states import Ending, OutboxState, Outcome
from deskterm.domain.review.replies import Draft, Follows, OutboxRow, Recipient
from deskterm.errors import NotFound, NotNow
from deskterm.storage import tickets
from deskterm.storage.replies import drafts, what_follows
from deskterm.storage.replies.outbox_counts import DUE, FAR
from deskterm.storage.schema.columns import marks


def enqueue(
    tx: Connection, draft: Draft, *, account: str, sender: str, message_id: str, raw: bytes,
    recipients: Iterable[str], action: int, send_at: int, at: int, unless_answered: bool = False,
    planned: Follows | None = None, automatic: str = "",
) -> int:  # fmt: skip
    """Queue a reply to be sent from `send_at` on; returns its id.

    `raw` are the bytes as they will go, `recipients` the envelope's addresses,
    `action` the events of this reply (to be undone when it is brought back).
    `planned` says that the owner named `send_at`, and what the ticket becomes then. `automatic` is the kind
    of letter where no person sent it.
    """
    made = tx.execute(
        "INSERT INTO outbox(ticket_id, state, account, sender, message_id, raw, draft, action, send_at,"
        " created_at, updated_at, unless_answered, automatic, planned_at, follows)"
        " VALUES (?, 'queued', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            *(draft.ticket_id, account, sender, message_id, raw, drafts.to_text(draft)),
            *(action, send_at, at, at, unless_answered, automatic),
            *(send_at if planned else None, what_follows.to_text(planned)),
        ),
    ).lastrowid
    assert made is not None
    tx.executemany(
        "INSERT OR IGNORE INTO recipient(outbox_id, address) VALUES (?, ?)",
        ((made, one) for one in recipients),
    )
    _add_history(tx, made, at, OutboxState.QUEUED, "")
    return made


def due_rows(tx: Connection, now: int, account: str | None = None) -> tuple[OutboxRow, ...]:
    """The queued rows whose time has come, the longest waiting first."""
    rows = tx.execute(
        f"SELECT * FROM outbox WHERE {DUE} AND (:account IS NULL OR account = :account) ORDER BY send_at, id",
        {"now": now, "far": now + FAR, "account": account},
    )
    return tuple(_row(tx, row) for row in rows.fetchall())


def queued_of_macro(tx: Connection, macro: str) -> list[OutboxRow]:
    """The queued replies that were made from a macro, planned or not."""
    rows = tx.execute(
        "SELECT * FROM outbox WHERE state = 'queued' AND json_extract(draft, '$.macro') = ? ORDER BY id",
        (macro,),
    )
    return [_row(tx, row) for row in rows.fetchall()]


def waiting(tx: Connection) -> dict[int, list[OutboxRow]]:
    """Queued replies that are planned or go only unanswered, by the ticket that theirs is now.

    Without those that somebody has had already. One that answers several tickets is listed under each.
    """
    found: dict[int, list[OutboxRow]] = {}
    rows = tx.execute(
        "SELECT * FROM outbox WHERE state = 'queued' AND (planned_at IS NOT NULL OR unless_answered)"
        " AND sent_at IS NULL ORDER BY id"
    )
    for row in rows.fetchall():
        one = _row(tx, row)
        for ticket in dict.fromkeys(tickets.root(tx, each) for each in (one.ticket_id, *one.also)):
            found.setdefault(ticket, []).append(one)
    return found


def follows(tx: Connection, outbox_id: int) -> Follows | None:
    """What a planned reply makes of its ticket once it is out; None when that has been done."""
    return what_follows.from_text(str(_field(tx, outbox_id, "follows")))


def put_follows(tx: Connection, outbox_id: int, follows: Follows | None) -> None:
    """Change what follows a planned reply; None: nothing does any more."""
    tx.execute("UPDATE outbox SET follows = ? WHERE id = ?", (what_follows.to_text(follows), outbox_id))


def claim(tx: Connection, outbox_id: int, who: str, now: int, words: str = "") -> bytes:
    """Take a queued row for sending and give its bytes; `who` names this process, `words` go to its history.

    Raises NotNow when it is not queued any more: somebody else took it, or it was called back.
    """
    taken = tx.execute(
        "UPDATE outbox SET state = 'sending', handed = 0, claimed_by = :who, attempts = attempts + 1,"
        f" updated_at = :now WHERE id = :id AND {DUE} RETURNING raw",
        {"who": who, "now": now, "far": now + FAR, "id": outbox_id},
    ).fetchone()
    if taken is None:
        raise NotNow("That reply is not queued any more.")
    _add_history(tx, outbox_id, now, OutboxState.SENDING, words)
    return bytes(taken[0])


def hand(tx: Connection, outbox_id: int) -> None:
    """Note that the mail is sent now: from here on only the server knows its fate."""
    tx.execute("UPDATE outbox SET handed = 1 WHERE id = ?", (outbox_id,))


def mark(
    tx: Connection, outbox_id: int, state: OutboxState, words: str, at: int, *, ending: Ending = Ending.NONE
) -> None:
    """Note a row's present state and why, with the server's or our words.

    SENT also sets when it first was.
    """
    tx.execute(
        "UPDATE outbox SET state = ?, answered = ?, ending = ?, claimed_by = '', updated_at = ?,"
        " sent_at = iif(? = 'sent', coalesce(sent_at, ?), sent_at) WHERE id = ?",
        (state, words, ending, at, state, at, outbox_id),
    )
    _add_history(tx, outbox_id, at, state, words)


def later(
    tx: Connection, outbox_id: int, send_at: int, words: str, at: int, *, ending: Ending = Ending.NONE
) -> None:
    """Queue a row again for `send_at`: the server said "not now", or the owner said "try again"."""
    tx.execute("UPDATE outbox SET send_at = ? WHERE id = ?", (send_at, outbox_id))
    mark(tx, outbox_id, OutboxState.QUEUED, words, at, ending=ending)


def bring_forward(tx: Connection, outbox_id: int, send_at: int) -> None:
    """Let a queued row that waits for its next try go at `send_at`, if that is sooner."""
    tx.execute("UPDATE outbox SET send_at = min(send_at, ?) WHERE id = ?", (send_at, outbox_id))


def add_history(tx: Connection, outbox_id: int, words: str, at: int) -> None:
    """Add to the history of a queued row what happened while it waits."""
    _add_history(tx, outbox_id, at, OutboxState.QUEUED, words)


def note_answer(tx: Connection, outbox_id: int, address: str, outcome: Outcome, words: str) -> None:
    """Store the server's answer for one recipient."""
    tx.execute(
        "UPDATE recipient SET outcome = ?, words = ? WHERE outbox_id = ? AND address = ?",
        (outcome, words, outbox_id, address),
    )


def set_copy_state(tx: Connection, outbox_id: int, copy: str) -> None:
    """Set the state of the copy in Sent: wanted, filed (by us), theirs (the server filed it)."""
    tx.execute("UPDATE outbox SET sent_copy = ? WHERE id = ?", (copy, outbox_id))


def copies_wanted(tx: Connection, account: str) -> tuple[OutboxRow, ...]:
    """Sent rows that have no copy in Sent yet."""
    rows = tx.execute(
        "SELECT * FROM outbox WHERE sent_at IS NOT NULL AND sent_copy = 'wanted' AND account = ?",
        (account,),
    )
    return tuple(_row(tx, row) for row in rows.fetchall())


def abandoned_rows(tx: Connection, account: str) -> tuple[tuple[OutboxRow, bool], ...]:
    """Rows that a killed process left in the state sending, each with whether the mail may have left."""
    rows = tx.execute(
        "SELECT * FROM outbox WHERE state = 'sending' AND account = ? ORDER BY id", (account,)
    ).fetchall()
    return tuple((_row(tx, row), bool(row["handed"])) for row in rows)


def get(tx: Connection, outbox_id: int) -> OutboxRow:
    """One row with its history. Raises NotFound."""
    row = tx.execute("SELECT * FROM outbox WHERE id = ?", (outbox_id,)).fetchone()
    if row is None:
        raise NotFound("That reply is not in the outbox.")
    return _row(tx, row)


def find(tx: Connection, message_id: str) -> int | None:
    """The row with a Message-ID, None if it was not written here."""
    row = tx.execute("SELECT id FROM outbox WHERE message_id = ?", (message_id,)).fetchone()
    return None if row is None else int(row[0])


def raw(tx: Connection, outbox_id: int) -> bytes:
    """The bytes of a row as they go out. Raises NotFound."""
    return bytes(_field(tx, outbox_id, "raw"))


def draft(tx: Connection, outbox_id: int) -> Draft:
    """The draft a row came from, to bring it back. Raises NotFound."""
    return drafts.from_text(str(_field(tx, outbox_id, "draft")))


def action(tx: Connection, outbox_id: int) -> int:
    """The action whose events this reply wrote. Raises NotFound."""
    return int(_field(tx, outbox_id, "action"))


def rows(tx: Connection, *states: OutboxState, most: int = 200) -> tuple[OutboxRow, ...]:
    """Rows in the given states, or all: those that need the owner, what is on its way, the newest."""
    where = f"WHERE state IN ({marks(len(states))})" if states else ""
    found = tx.execute(
        f"SELECT * FROM outbox {where} ORDER BY CASE state WHEN 'may have been sent' THEN 0"
        " WHEN 'refused' THEN 1 WHEN 'sending' THEN 2"
        " WHEN 'queued' THEN 3 ELSE 4 END, iif(state = 'queued', send_at, 0), updated_at DESC, id DESC"
        " LIMIT ?",
        (*states, most),
    ).fetchall()
    return tuple(_row(tx, row) for row in found)


def for_ticket(tx: Connection, ticket_id: int) -> tuple[OutboxRow, ...]:
    """Replies on their way or failed, oldest first: to a ticket, to what was joined into it, or to it too."""
    found = tx.execute(
        "WITH RECURSIVE part(id) AS (SELECT ? UNION"
        " SELECT t.id FROM part JOIN ticket t ON t.joined_into = part.id)"
        " SELECT * FROM outbox WHERE (ticket_id IN (SELECT id FROM part) OR id IN"
        " (SELECT outbox_id FROM also_answered WHERE ticket_id IN (SELECT id FROM part)))"
        " AND state NOT IN ('sent', 'discarded') ORDER BY id",
        (ticket_id,),
    )
    return tuple(_row(tx, row) for row in found.fetchall())


def why_held_back(tx: Connection, ticket_id: int) -> str:
    """Why the last planned reply of a ticket that did not go was held back; empty if none was."""
    row = tx.execute(
        "SELECT answered FROM outbox WHERE ticket_id = ? AND state = 'discarded' AND ending = ?"
        " ORDER BY updated_at DESC, id DESC LIMIT 1",
        (ticket_id, Ending.HELD_BACK),
    ).fetchone()
    return str(row[0]) if row else ""


def _add_history(tx: Connection, outbox_id: int, at: int, state: OutboxState, words: str) -> None:
    tx.execute(
        "INSERT INTO outbox_history(outbox_id, at, state, words) VALUES (?, ?, ?, ?)",
        (outbox_id, at, state, words),
    )


def _field(tx: Connection, outbox_id: int, name: str) -> Any:
    row = tx.execute(f"SELECT {name} FROM outbox WHERE id = ?", (outbox_id,)).fetchone()
    if row is None:
        raise NotFound("That reply is not in the outbox.")
    return row[0]


def _row(tx: Connection, row: Row) -> OutboxRow:
    people = tx.execute("SELECT * FROM recipient WHERE outbox_id = ? ORDER BY address", (row["id"],))
    history = tx.execute(
        "SELECT at, state, words FROM outbox_history WHERE outbox_id = ? ORDER BY id", (row["id"],)
    )
    written = drafts.from_text(row["draft"])
    names = {one.address: one.name for one in (*written.to, *written.cc, *written.bcc)}
    return OutboxRow(
        id=row["id"],
        ticket_id=row["ticket_id"],
        state=OutboxState(row["state"]),
        account=row["account"],
        sender=row["sender"],
        message_id=row["message_id"],
        subject=written.subject,
        recipients=tuple(
            Recipient(one["address"], Outcome(one["outcome"]), one["words"], names.get(one["address"], ""))
            for one in people
        ),
        send_at=row["send_at"],
        attempts=row["attempts"],
        answered=row["answered"],
        sent_at=row["sent_at"],
        copy=row["sent_copy"],
        unless_answered=bool(row["unless_answered"]),
        planned_at=row["planned_at"],
        body=written.body,
        ending=Ending(row["ending"]),
        automatic=row["automatic"],
        also=written.also,
        history=tuple((one["at"], one["state"], one["words"]) for one in history),
    )

"""Old tickets as they were before they were answered, in a copy of the database alone."""

import json
from collections.abc import Sequence
from sqlite3 import Connection

from deskterm.domain.tickets import Status, View
from deskterm.storage import tickets
from deskterm.storage.schema.columns import folds_of, to_json
from deskterm.storage.search.word_index import without_folds
from deskterm.value_class import dataclass

_GIVEN = "IN (SELECT value FROM json_each(?))"
# What is to go out, or was: what refers to the outbox comes before it.
_OUTGOING = (
    "incident_letter",
    "rule_letter",
    "recipient",
    "outbox_history",
    "outbox",
    "draft",
    "offer",
    "source",
)


@dataclass(frozen=True, slots=True)
class OldTicket:
    """A ticket with the row of the mail that began it, and our first answer to that."""

    ticket_id: int
    question: int
    answer: str


@dataclass(frozen=True, slots=True)
class PracticeReply:
    """What was written in practice: the text, the macro it came from, and the steps that were ticked."""

    text: str
    macro: str
    steps: tuple[str, ...] = ()


def answered_tickets(tx: Connection, before: int) -> list[OldTicket]:
    """The solved tickets that began before then (UTC seconds) and whose first mail was answered."""
    rows = tx.execute(
        "SELECT t.id, m.id, a.text, a.folds FROM ticket t"
        " JOIN message m ON m.id = (SELECT f.id FROM message f WHERE f.ticket_id = t.id"
        "  AND f.direction = 'in' AND f.machine = '' AND f.aside = 0 ORDER BY f.at, f.id LIMIT 1)"
        " JOIN message a ON a.id = (SELECT f.id FROM message f WHERE f.ticket_id = t.id"
        "  AND f.direction = 'out' AND f.machine = '' AND f.aside = 0 AND f.at >= m.at"
        "  ORDER BY f.at, f.id LIMIT 1)"
        " WHERE t.status = 'solved' AND t.view = 'customers' AND t.joined_into IS NULL AND m.at < ?"
        " ORDER BY t.id",
        (before,),
    )
    return [OldTicket(row[0], row[1], without_folds(row[2], folds_of(row[3])).strip()) for row in rows]


def seal(tx: Connection, chosen: Sequence[OldTicket]) -> None:
    """Leave nothing but these tickets to do, each as it was when it came. Nothing waits to be sent after."""
    ids = to_json([one.ticket_id for one in chosen])
    for table in _OUTGOING:
        tx.execute(f"DELETE FROM {table}")
    tx.execute("DELETE FROM store_action WHERE state NOT IN ('done', 'refused')")
    for table in ("sop_tick", "promise", "events"):
        tx.execute(f"DELETE FROM {table} WHERE ticket_id {_GIVEN}", (ids,))
    tx.execute(f"DELETE FROM lesson WHERE question {_GIVEN}", (to_json([one.question for one in chosen]),))
    tx.execute(
        "UPDATE ticket SET status = 'solved', unanswered_since = NULL, snoozed_until = NULL, due = '',"
        f" solve_at = NULL, woken_at = NULL WHERE status != 'spam' AND id NOT {_GIVEN}",
        (ids,),
    )
    for one in chosen:
        _turn_back(tx, one)


def _turn_back(tx: Connection, one: OldTicket) -> None:
    """Put what came after the first mail of a ticket out of sight, and open it."""
    ticket = tickets.get(tx, one.ticket_id)
    at = tx.execute("SELECT at FROM message WHERE id = ?", (one.question,)).fetchone()[0]
    hidden = tickets.create(tx, customer_id=ticket.customer_id, subject="", at=at)
    tx.execute(
        "UPDATE message SET ticket_id = ?1, home_id = ?1 WHERE ticket_id = ?2 AND (at, id) > (?3, ?4)",
        (hidden, one.ticket_id, at, one.question),
    )
    tickets.change(tx, hidden, view=View.TRASH, status=Status.SOLVED)
    tickets.change(tx, one.ticket_id, status=Status.OPEN, solved_at=None, solve_at=None, snoozed_until=None)
    tickets.refresh(tx, [one.ticket_id, hidden])


def reply_to(tx: Connection, ticket_id: int) -> PracticeReply | None:
    """What was written to a ticket: the reply that was sent, else the draft; None for nothing."""
    row = tx.execute(
        "SELECT draft FROM outbox WHERE ticket_id = ? AND state != 'discarded' ORDER BY id DESC LIMIT 1",
        (ticket_id,),
    ).fetchone()
    steps = tuple(
        found[0]
        for found in tx.execute("SELECT step FROM sop_tick WHERE ticket_id = ? ORDER BY at", (ticket_id,))
    )
    if row is not None:
        draft = json.loads(row[0])
        return PracticeReply(str(draft.get("body", "")).strip(), str(draft.get("macro", "")), steps)
    row = tx.execute("SELECT body, macro FROM draft WHERE ticket_id = ?", (ticket_id,)).fetchone()
    return PracticeReply(row[0].strip(), row[1], steps) if row is not None else None

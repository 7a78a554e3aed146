"""Resetting old tickets to before their answer, for practice in a copy of the database."""

import json
from collections.abc import Sequence
from sqlite3 import Connection

from deskterm.domain.tickets import Status, View
from deskterm.storage import tickets
from deskterm.storage.schema.columns import folds_of, to_json
from deskterm.storage.search.word_index import without_folds
from deskterm.value_class import dataclass

_GIVEN = "IN (SELECT value FROM json_each(?))"
# The outbox, after the tables that refer to it.
_OUTGOING = (
    "also_answered",
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
    """A ticket with its first mail and our first answer."""

    ticket_id: int
    question: int
    answer: str


@dataclass(frozen=True, slots=True)
class PracticeReply:
    """A reply written in practice: its text, its macro, and the steps that were ticked."""

    text: str
    macro: str
    steps: tuple[str, ...] = ()


def answered_tickets(tx: Connection, before: int) -> list[OldTicket]:
    """The solved tickets that began before `before` (UTC seconds) and whose first mail was answered."""
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
    """Make these tickets the only open ones, each as it was when it came, and empty the outbox."""
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
    """Hide what came after a ticket's first mail, and open the ticket."""
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
    """The reply to a ticket: the sent one, else the draft, else None."""
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

"""Tickets as they stood when each mail came, for trying a rule on past mail: from events, mails and orders.

What a rule did at that very moment does not count: the rule is asked before.
"""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from sqlite3 import Connection

from deskterm.domain.events import By
from deskterm.domain.tickets import CategoryBy, Priority, Status, View
from deskterm.storage.schema.columns import to_json
from deskterm.value_class import dataclass

_BEFORE = f"(e.at < m.at OR (e.at = m.at AND e.by != '{By.RULE}'))"
_WE = "o.direction = 'out' AND o.machine = '' AND o.aside = 0 AND o.at <= m.at"
_SOLVED = (
    "SELECT max(e.at) FROM events e WHERE e.ticket_id = t.id AND e.what = 'status' AND e.now = '\"solved\"'"
    " AND e.at < m.at"
)


@dataclass(frozen=True, slots=True)
class TicketThen:
    """The ticket that a customer's mail came to, when it had just come; it may have been merged since.

    `order` is what the ticket was about, `named` what the mail was.
    `answered` is when we had last written from here (UTC seconds), which ends a draft; None for never.
    """

    message_id: int
    ticket_id: int
    at: int
    status: Status
    view: View
    tags: tuple[str, ...]
    category: str
    category_by: CategoryBy
    snoozed_until: int | None
    priority: Priority
    sop: str
    due: str
    order: int | None
    named: int | None
    promised_at: int | None
    draft: bool
    answered: int | None


def _at_its_time(what: str, today: str) -> str:
    """What an event said last before the mail (JSON), else what the next one changed, else today's."""
    from_events = f"FROM events e WHERE e.ticket_id = t.id AND e.what = '{what}' AND"
    return (
        f"coalesce((SELECT e.now {from_events} {_BEFORE} ORDER BY e.at DESC, e.id DESC LIMIT 1),"
        f" (SELECT e.was {from_events} NOT {_BEFORE} ORDER BY e.at, e.id LIMIT 1), {today})"
    )


# The ticket is the one that the mail came to, also where it was merged into another one since.
_TICKETS = f"""
SELECT m.id, m.home_id, m.at, m.order_id, t.order_id AS order_now,
    {_at_its_time("status", "json_quote(t.status)")} AS status,
    {_at_its_time("view", "json_quote(t.view)")} AS view,
    {_at_its_time("tags", "t.tags")} AS tags,
    {_at_its_time("category", "json_object('category', t.category, 'by', t.category_by)")} AS category,
    {_at_its_time("snooze", "json_quote(t.snoozed_until)")} AS snooze,
    {_at_its_time("priority", "json_quote(t.priority)")} AS priority,
    {_at_its_time("sop", "json_quote(t.sop)")} AS sop,
    {_at_its_time("order", "json_quote(t.order_id)")} AS about,
    (SELECT max(o.at) FROM message o WHERE o.ticket_id = m.ticket_id AND {_WE} AND o.outside = 0) AS answered,
    coalesce((SELECT d.due FROM message d WHERE d.ticket_id = m.ticket_id AND d.home_id = m.home_id
        AND d.direction = 'in' AND d.due != '' AND (d.at, d.id) <= (m.at, m.id)
        AND NOT EXISTS (SELECT 1 FROM message o WHERE o.ticket_id = m.ticket_id AND {_WE} AND o.at >= d.at)
        AND d.at > coalesce(({_SOLVED}), d.at - 1)
        ORDER BY d.machine != 'bounce', d.at, d.id LIMIT 1), '') AS due,
    (SELECT min(p.due_at) FROM promise p WHERE p.home_id = m.home_id AND p.made_at <= m.at AND p.dropped = 0
        AND NOT EXISTS (SELECT 1 FROM message o WHERE o.ticket_id = m.ticket_id AND {_WE}
            AND o.at > p.sent_at)) AS promised,
    EXISTS (SELECT 1 FROM draft d WHERE d.ticket_id = m.ticket_id AND d.created_at <= m.at) AS draft
FROM message m JOIN ticket t ON t.id = m.home_id
WHERE m.direction = 'in' AND m.machine = '' AND m.at >= ? ORDER BY m.at DESC, m.id DESC LIMIT ?
"""


def tickets_then(tx: Connection, since: int, most: int) -> list[TicketThen]:
    """The tickets of customers' mails since a time (UTC seconds), the oldest first; of the newest so many."""
    found = []
    for row in tx.execute(_TICKETS, (since, most)).fetchall():
        category, snooze, about = (json.loads(row[name]) for name in ("category", "snooze", "about"))
        found.append(
            TicketThen(
                row["id"],
                row["home_id"],
                row["at"],
                Status(json.loads(row["status"])),
                View(json.loads(row["view"])),
                tuple(json.loads(row["tags"])),
                category["category"],
                CategoryBy(category["by"]),
                snooze["until"] if isinstance(snooze, dict) else snooze,
                Priority(json.loads(row["priority"])),
                json.loads(row["sop"]),
                row["due"],
                about,
                about if row["order_id"] == row["order_now"] else row["order_id"],
                row["promised"],
                bool(row["draft"]),
                row["answered"],
            )
        )
    return found[::-1]


_ASKED: ContextVar[Mapping[int, TicketThen]] = ContextVar("the tickets that a condition asks for")


@contextmanager
def asking(tickets: Mapping[int, TicketThen]) -> Iterator[None]:
    """Let conditions ask for these tickets, by the ids of the mails."""
    token = _ASKED.set(tickets)
    try:
        yield
    finally:
        _ASKED.reset(token)


def column_then(name: str, message_id: int) -> str | int | None:
    """A column of a mail's ticket as it stood then; for conditions."""
    value = getattr(_ASKED.get()[message_id], name)
    return to_json(list(value)) if isinstance(value, tuple) else value

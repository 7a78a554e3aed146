"""The logs of tickets that figures are made from: only messages and events."""

import json
from collections.abc import Callable, Collection, Iterator, Mapping
from collections.abc import Set as AbstractSet
from sqlite3 import Connection, Row
from typing import Any

from deskterm.domain.events import By, What, snooze_in
from deskterm.domain.figures.first_offer import FirstOffer
from deskterm.domain.figures.ticket_logs import (
    Label,
    Mark,
    MarkKind,
    Matter,
    Origin,
    Post,
    Sibling,
    SnoozeChange,
    StatusChange,
    TicketLogs,
)
from deskterm.domain.tickets import Priority, Status, View
from deskterm.storage.figures.categories import category_in

_WEEK = 7 * 86400
_OWN = "t.joined_into IS NULL AND t.messages > 0 AND t.view != 'side thread'"
_IDS = "SELECT value AS id FROM json_each(:ids)"
# A ticket and what was joined into it, for which its events count.
_PARTS = (
    f"WITH RECURSIVE part(id, root) AS (SELECT id, id FROM ({_IDS}) UNION ALL"
    " SELECT t.id, part.root FROM part JOIN ticket t ON t.joined_into = part.id)"
)
_CHANGES = (What.STATUS, What.SNOOZE, What.CATEGORY, What.PRIORITY)
_MARKS = (What.HANDLED, What.STOPPED, What.QUEUED, What.STEP)


def every_ticket(tx: Connection) -> list[int]:
    """The tickets there are; what was joined into another is part of that one."""
    rows = tx.execute(f"SELECT id FROM ticket t WHERE {_OWN} ORDER BY id")
    return [row[0] for row in rows]


def waiting_tickets(tx: Connection) -> list[int]:
    """The tickets whose customers wait for an answer now."""
    rows = tx.execute(
        f"SELECT id FROM ticket t WHERE unanswered_since IS NOT NULL AND status = 'open' AND {_OWN}"
    )
    return [row[0] for row in rows]


def roots(tx: Connection, tickets: Collection[int]) -> set[int]:
    """The tickets that those were merged into, or themselves."""
    rows = tx.execute(
        f"WITH RECURSIVE up(id) AS ({_IDS} UNION"
        " SELECT t.joined_into FROM up JOIN ticket t ON t.id = up.id WHERE t.joined_into IS NOT NULL)"
        f" SELECT t.id FROM up JOIN ticket t ON t.id = up.id WHERE {_OWN}",
        {"ids": json.dumps([*tickets])},
    )
    return {row[0] for row in rows}


def of_same_customers(tx: Connection, tickets: Collection[int]) -> set[int]:
    """The tickets of their customers. Those of robots are left out: they are thousands, and none counts."""
    rows = tx.execute(
        f"SELECT id FROM ticket WHERE customer_id IN (SELECT customer_id FROM ticket WHERE id IN ({_IDS}))"
        " AND view = 'customers' AND joined_into IS NULL AND messages > 0",
        {"ids": json.dumps([*tickets])},
    )
    return {row[0] for row in rows}


def logs(tx: Connection, tickets: Collection[int], thanking: AbstractSet[str] = frozenset()) -> TicketLogs:
    """All that is logged of these tickets. `thanking` are the macros that only answer a thank-you."""
    ids = {"ids": json.dumps([*tickets])}
    found: dict[What, list[Row]] = {what: [] for what in (*_CHANGES, *_MARKS)}
    for row in _events(tx, ids):
        found[What(row["what"])].append(row)
    marks = [mark for what in _MARKS for row in found[what] for mark in _READERS[what](row)]
    return TicketLogs(
        _matters(tx, ids),
        _posts(tx, ids, thanking),
        [_status_change(row) for row in found[What.STATUS]],
        [_snooze_change(row) for row in found[What.SNOOZE]],
        marks,
        [_label(row, category_in(row["now"])) for row in found[What.CATEGORY]],
        [_label(row, Priority(json.loads(row["now"])).name.lower()) for row in found[What.PRIORITY]],
        siblings=_siblings(tx, ids),
    )  # fmt: skip


def _matters(tx: Connection, ids: Mapping[str, str]) -> list[Matter]:
    rows = tx.execute(
        "SELECT id, created_at, category, status, view, snoozed_until IS NOT NULL, customer_id, order_id, "
        "channel"
        f" FROM ticket WHERE id IN ({_IDS})",
        ids,
    )
    return [
        Matter(row[0], row[1], row[2], Status(row[3]), View(row[4]), bool(row[5]), row[6], row[7], row[8])
        for row in rows
    ]


def _posts(tx: Connection, ids: Mapping[str, str], thanking: AbstractSet[str]) -> list[Post]:
    """All mails between people and us. A mail to several tickets counts its macro on its own one alone."""
    rows = tx.execute(
        f"SELECT m.ticket_id, m.at, m.direction = 'out', m.macro, m.copy_of IS NULL FROM ({_IDS}) chosen"
        " JOIN message m ON m.ticket_id = chosen.id"
        " WHERE m.machine = '' AND m.aside = 0 AND m.direction != 'note' AND NOT EXISTS"
        " (SELECT 1 FROM message o WHERE o.id = m.copy_of AND o.ticket_id = m.ticket_id)",
        ids,
    )
    return [Post(row[0], row[1], bool(row[2]), row[3] in thanking, row[3] if row[4] else "") for row in rows]


def _events(tx: Connection, ids: Mapping[str, str]) -> Iterator[Row]:
    asked = ", ".join(f"'{what}'" for what in (*_CHANGES, *_MARKS))
    return iter(
        tx.execute(
            f"{_PARTS} SELECT part.root, e.at, e.by, e.what, e.was, e.now, e.action, e.undoes"
            f" FROM part JOIN events e ON e.ticket_id = part.id WHERE e.what IN ({asked})",
            ids,
        )
    )


def _siblings(tx: Connection, ids: Mapping[str, str]) -> dict[int, tuple[Sibling, ...]]:
    """Other tickets of the customers, near enough in time to matter; of robots none are looked for."""
    rows = tx.execute(
        f"SELECT t.id, o.created_at, o.category, o.order_id FROM ({_IDS}) chosen"
        " JOIN ticket t ON t.id = chosen.id AND t.view = 'customers' AND t.status != 'spam'"
        " JOIN ticket o ON o.customer_id = t.customer_id AND o.id != t.id"
        " WHERE o.joined_into IS NULL AND o.messages > 0 AND o.view = 'customers' AND o.status != 'spam'"
        f" AND o.created_at BETWEEN t.created_at - {_WEEK}"
        f" AND max(t.last_at, coalesce(t.solved_at, 0)) + {_WEEK}",
        ids,
    )
    found: dict[int, list[Sibling]] = {}
    for row in rows:
        found.setdefault(row[0], []).append(Sibling(row[1], row[2], row[3]))
    return {ticket: tuple(others) for ticket, others in found.items()}


def _status_change(row: Row) -> StatusChange:
    was, now = Status(json.loads(row["was"])), Status(json.loads(row["now"]))
    return StatusChange(row["root"], row["at"], was, now, row["action"], row["undoes"])


def _snooze_change(row: Row) -> SnoozeChange:
    now = snooze_in(json.loads(row["now"]))
    return SnoozeChange(row["root"], row["at"], now.until, row["action"], row["undoes"], now.asked)


def _label(row: Row, now: str) -> Label:
    return Label(row["root"], row["at"], now, row["action"], row["undoes"], row["by"] == By.RULE)


def _read_handled(row: Row) -> Iterator[Mark]:
    yield _mark(row, MarkKind.HANDLED, float(json.loads(row["now"])))


def _read_stopped(row: Row) -> Iterator[Mark]:
    yield _mark(row, MarkKind.STOPPED, 1)


def _read_queued(row: Row) -> Iterator[Mark]:
    """A person's reply that was written here; when it was brought back, the event that did so undoes it."""
    note = json.loads(row["now"]) or json.loads(row["was"])
    if isinstance(note, dict) and not note.get("automatic"):
        macro = str(note.get("macro", ""))
        yield _mark(row, MarkKind.QUEUED, _origin(macro, note), macro)
        if note.get("offered"):
            yield _mark(row, MarkKind.OFFERED, float(macro in note["offered"]), macro)
            sure = "sure" if note.get("sure") else ""
            yield _mark(row, MarkKind.FIRST_OFFER, _first_offer(macro, note), sure)
        for one in note.get("offered") or ():
            yield _mark(row, MarkKind.SUGGESTED, float(one == macro), one)


def _first_offer(macro: str, note: Mapping[str, Any]) -> FirstOffer:
    if macro != note["offered"][0]:
        return FirstOffer.REFUSED
    return FirstOffer.EDITED if note.get("edited") else FirstOffer.TAKEN


def _origin(macro: str, note: Mapping[str, Any]) -> Origin:
    if not macro:
        return Origin.BY_HAND
    if "edited" not in note:
        return Origin.UNKNOWN
    if note["edited"]:
        return Origin.EDITED
    return Origin.TWO_KEYS if macro in note["offered"] else Origin.AS_IT_STANDS


def _read_step(row: Row) -> Iterator[Mark]:
    now = json.loads(row["now"])
    if isinstance(now, dict) and not row["undoes"]:
        yield _mark(
            row, MarkKind.STEP, float(bool(now.get("ticked"))), f"{now.get('sop')}\n{now.get('step')}"
        )
    elif row["undoes"]:
        yield _mark(row, MarkKind.STEP)


def _mark(row: Row, kind: MarkKind, value: float = 0, label: str = "") -> Mark:
    return Mark(row["root"], row["at"], kind, value, label, row["action"], row["undoes"])


_READERS: dict[What, Callable[[Row], Iterator[Mark]]] = {
    What.HANDLED: _read_handled,
    What.STOPPED: _read_stopped,
    What.QUEUED: _read_queued,
    What.STEP: _read_step,
}

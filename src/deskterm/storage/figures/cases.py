"""The tickets of a period with what may show a common cause, and how SOPs were used on them."""

import json
from collections import defaultdict
from sqlite3 import Connection

from deskterm.domain.figures.causes import CaseFacts, find_reason
from deskterm.domain.moments import iso_week
from deskterm.storage.figures.categories import categories_at
from deskterm.storage.figures.records import OWED, products_of

_LOOKED_THROUGH = frozenset({"return", "exchange", "wrong item", "damaged", "refund", "complaint"})


def cases(tx: Connection, start: int, end: int, currency: str, reasons_from: int) -> list[CaseFacts]:
    """The new tickets of customers from `start` up to `end` (UTC seconds), with the category of that end.

    Those that came before `reasons_from` are only counted: their mails are not searched for a reason.
    """
    rows = tx.execute(
        "SELECT t.id, t.created_at, t.order_id,"
        " t.unanswered_since IS NOT NULL AND t.status = 'open' AS waits,"
        " s.carrier, s.shipped_at, (SELECT sum(r.amount_minor) FROM refund r WHERE r.order_id = t.order_id"
        f" AND r.currency = ? AND r.at >= t.created_at AND NOT {OWED}) AS given"
        " FROM ticket t LEFT JOIN shipment s ON s.order_id = t.order_id AND s.position ="
        " (SELECT min(position) FROM shipment f WHERE f.order_id = t.order_id)"
        " WHERE t.created_at >= ? AND t.created_at < ? AND t.view = 'customers' AND t.status != 'spam'"
        " AND t.joined_into IS NULL AND t.messages > 0 ORDER BY t.id",
        (currency, start, end),
    ).fetchall()
    orders = {row["order_id"] for row in rows if row["order_id"] is not None}
    products = products_of(tx, orders, by_title=True)  # a fault seldom concerns only one size
    spent = _time_spent(tx, [row["id"] for row in rows])
    category = categories_at(tx, [row["id"] for row in rows], end)
    searched = [row["id"] for row in rows if row["created_at"] >= reasons_from]
    first_words = _first_words(tx, [one for one in searched if category[one] in _LOOKED_THROUGH])
    return [
        CaseFacts(
            row["id"], category[row["id"]], row["carrier"] or "", _week(row["shipped_at"]),
            products.get(row["order_id"], ()), find_reason(first_words.get(row["id"], "")),
            spent.get(row["id"], 0), row["given"] or 0, bool(row["waits"]), row["created_at"],
        )
        for row in rows
    ]  # fmt: skip


def _time_spent(tx: Connection, tickets: list[int]) -> dict[int, int]:
    rows = tx.execute(
        "SELECT ticket_id, sum(CAST(now AS INTEGER)) FROM events WHERE what = 'handled'"
        " AND ticket_id IN (SELECT value FROM json_each(?)) GROUP BY ticket_id",
        (json.dumps(tickets),),
    )
    return {row[0]: row[1] for row in rows}


def _first_words(tx: Connection, tickets: list[int]) -> dict[int, str]:
    """The first mail of each ticket that a person wrote to us."""
    rows = tx.execute(
        "SELECT m.ticket_id, m.text, min(m.at) FROM message m WHERE m.direction = 'in' AND m.machine = ''"
        " AND m.ticket_id IN (SELECT value FROM json_each(?)) GROUP BY m.ticket_id",
        (json.dumps(tickets),),
    )
    return {row[0]: row[1] for row in rows}


def _week(at: int | None) -> str:
    return "" if at is None else iso_week(at)


def sop_ticks(tx: Connection, start: int, end: int) -> dict[str, dict[int, set[str]]]:
    """The steps that are ticked, by SOP and ticket, of tickets whose first tick lies in the period."""
    rows = tx.execute(
        "SELECT sop, ticket_id, step FROM sop_tick t WHERE (SELECT min(f.at) FROM sop_tick f"
        " WHERE f.ticket_id = t.ticket_id AND f.sop = t.sop) BETWEEN ? AND ?",
        (start, end - 1),
    )
    found: dict[str, dict[int, set[str]]] = defaultdict(lambda: defaultdict(set))
    for sop, ticket, step in rows:
        found[sop][ticket].add(step)
    return found


def tickets_by_category(tx: Connection, since: int) -> dict[str, tuple[int, ...]]:
    """Customers' tickets that came since then (UTC seconds), by their category."""
    found: dict[str, list[int]] = defaultdict(list)
    rows = tx.execute(
        "SELECT category, id FROM ticket WHERE created_at >= ? AND view = 'customers' AND status != 'spam'"
        " AND joined_into IS NULL AND messages > 0 ORDER BY id DESC",
        (since,),
    )
    for category, ticket in rows:
        found[category].append(ticket)
    return {category: tuple(ids) for category, ids in found.items()}

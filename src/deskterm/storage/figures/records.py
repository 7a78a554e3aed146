"""Other records for the figures: refunds, orders, buyers, promises, surveys."""

import json
from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from sqlite3 import Connection
from typing import Any

from deskterm.domain.figures.measure import Reads
from deskterm.domain.figures.records import (
    Buyer,
    GivenBack,
    OrderContact,
    PromiseKept,
    SurveyAnswer,
)
from deskterm.domain.figures.stages import OrderTimes
from deskterm.storage.figures import surveys as survey_mails
from deskterm.storage.figures.categories import categories_at

_OURS = "t.view = 'customers' AND t.status != 'spam' AND t.joined_into IS NULL AND t.messages > 0"


def main_currency(tx: Connection) -> str:
    """The currency of most of the last thousand orders; "" if there are none."""
    row = tx.execute(
        "SELECT currency FROM (SELECT currency FROM shop_order ORDER BY id DESC LIMIT 1000)"
        " GROUP BY currency ORDER BY count(*) DESC LIMIT 1"
    ).fetchone()
    return str(row[0]) if row else ""


def mail_begins(tx: Connection) -> int:
    """When the first ticket was created (UTC seconds), 0 if there is none."""
    return int(tx.execute("SELECT coalesce(min(created_at), 0) FROM ticket WHERE messages > 0").fetchone()[0])


_RETURNS = (
    "(SELECT order_id, opened_at, coalesce(back_at, opened_at) AS since FROM order_return"
    " WHERE state NOT IN ('declined', 'cancelled')"
    " UNION ALL SELECT order_id, opened_at, coalesce(back_at, opened_at) FROM noted_return)"
)
# Of a refund `r`: whether it paid a return, which each refund does for one: since some return came back or
# began, more returns had begun than refunds went before.
_PAYS = (
    f"EXISTS (SELECT 1 FROM {_RETURNS} b WHERE b.order_id = r.order_id AND b.opened_at <= r.at AND"
    f" (SELECT count(*) FROM {_RETURNS} c"
    " WHERE c.order_id = r.order_id AND c.opened_at <= r.at AND c.since >= b.since)"
    " > (SELECT count(*) FROM refund e WHERE e.order_id = r.order_id AND e.at >= b.since AND e.at < r.at))"
)
# Of a refund `r`: whether the order owed it, because the owner said so, it was cancelled, or goods come back.
OWED = (
    "(EXISTS (SELECT 1 FROM store_action a WHERE a.order_id = r.order_id AND a.remote_id = r.external_id"
    " AND a.remote_id != '' AND a.state = 'done' AND a.ability IN ('refund', 'cancel', 'store credit')"
    " AND a.given_minor IS NULL)"
    " OR EXISTS (SELECT 1 FROM shop_order o WHERE o.id = r.order_id"
    " AND (o.cancelled_at IS NOT NULL OR o.fulfilment = 'cancelled'))"
    f" OR {_PAYS})"
)


def refunds(tx: Connection, start: int, end: int, _wismo: str) -> list[GivenBack]:
    """What was given from `start` up to `end` (UTC seconds) beyond what orders owed.

    Money given back, without what was owed (`OWED`); codes, cards and replacements.
    """
    rows = tx.execute(
        "SELECT coalesce((SELECT max(t.id) FROM ticket t WHERE t.order_id = r.order_id AND t.joined_into IS "
        "NULL), 0), r.at, r.amount_minor, r.currency FROM refund r"
        f" WHERE r.at >= ? AND r.at < ? AND NOT {OWED}",
        (start, end),
    ).fetchall()
    others = tx.execute(
        "SELECT coalesce(ticket_id, 0), settled_at, given_minor, given_currency, ability FROM store_action"
        " WHERE state = 'done' AND given_minor IS NOT NULL AND ability NOT IN ('refund', 'store credit')"
        " AND settled_at >= ? AND settled_at < ?",
        (start, end),
    )
    return [GivenBack(*row) for row in (*rows, *others)]


def order_contacts(tx: Connection, start: int, end: int, wismo: str) -> list[OrderContact]:
    """Orders placed and tickets about an order that came. `wismo` is the category of "where is it"."""
    placed = tx.execute(
        f"SELECT id, placed_at FROM shop_order WHERE {_PLACED}",
        (start, end),
    ).fetchall()
    asked = tx.execute(
        "SELECT t.id, t.created_at, t.order_id, NOT EXISTS ("
        "SELECT 1 FROM shipment s WHERE s.order_id = t.order_id AND s.delivered_at <= t.created_at)"
        f" FROM ticket t WHERE t.order_id IS NOT NULL AND {_OURS} AND t.created_at >= ? AND t.created_at < ?",
        (start, end),
    ).fetchall()
    about = categories_at(tx, [row[0] for row in asked], end)
    products = products_of(tx, {row[0] for row in placed} | {row[2] for row in asked})
    return [
        *(OrderContact(row[1], products=products.get(row[0], ())) for row in placed),
        *(
            OrderContact(row[1], row[0], about[row[0]] == wismo and bool(row[3]), products.get(row[2], ()))
            for row in asked
        ),
    ]


def products_of(
    tx: Connection, orders: Collection[int], *, by_title: bool = False
) -> dict[int, tuple[str, ...]]:
    """The products in orders by SKU, or with `by_title` by title; by the other if that is missing."""
    first, other = ("title", "sku") if by_title else ("sku", "title")
    rows = tx.execute(
        f"SELECT DISTINCT order_id, iif({first} != '', {first}, {other}) FROM order_line"
        " WHERE order_id IN (SELECT value FROM json_each(?))",
        (json.dumps([*orders]),),
    )
    found: dict[int, list[str]] = defaultdict(list)
    for order, product in rows:
        found[order].append(product)
    return {order: tuple(many) for order, many in found.items()}


def order_times(tx: Connection, orders: Collection[int]) -> dict[int, OrderTimes]:
    """When orders were placed, sent, delivered and given money back for (UTC seconds)."""
    rows = tx.execute(
        "SELECT o.id, o.placed_at, (SELECT min(s.shipped_at) FROM shipment s WHERE s.order_id = o.id),"
        " (SELECT max(s.delivered_at) FROM shipment s WHERE s.order_id = o.id),"
        " (SELECT min(r.at) FROM refund r WHERE r.order_id = o.id)"
        " FROM shop_order o WHERE o.id IN (SELECT value FROM json_each(?))",
        (json.dumps([*orders]),),
    )
    return {row[0]: OrderTimes(*tuple(row)[1:]) for row in rows}


def buyers(tx: Connection, start: int, end: int, _wismo: str) -> list[Buyer]:
    """Who bought or had a ticket solved from `start` up to `end`, with all their orders and those solves.

    A customer is one, by whichever of their addresses they write and buy.
    """
    solves: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for customer, at, ticket in tx.execute(
        f"SELECT t.customer_id, t.solved_at, t.id FROM ticket t WHERE {_OURS} AND t.status = 'solved'"
        " AND t.solved_at >= ? AND t.solved_at < ? ORDER BY t.solved_at",
        (start, end),
    ):
        solves[f"customer {customer}"].append((at, ticket))
    bought = {row[0] for row in tx.execute(
        f"SELECT {_BUYER} FROM shop_order o WHERE email_key != '' AND {_PLACED}",
        (start, end),
    )}  # fmt: skip
    return _lives(tx, (bought - _with_tickets(tx, bought)) | set(solves), solves)


def _with_tickets(tx: Connection, people: Collection[str]) -> set[str]:
    """Those of the buyers who ever had a ticket."""
    rows = tx.execute(
        f"SELECT DISTINCT t.customer_id FROM ticket t WHERE {_OURS}"
        " AND t.customer_id IN (SELECT value FROM json_each(?))",
        (json.dumps(_customers(people)),),
    )
    return {f"customer {row[0]}" for row in rows}


def _customers(people: Collection[str]) -> list[int]:
    """The ids of those that are customers."""
    return [int(one.removeprefix("customer ")) for one in people if one.startswith("customer ")]


# Of an order: that it is known to have been placed in a window.
_PLACED = "placed_at >= ? AND placed_at < ? AND instr(unread, 'placed') = 0"
# Of an order `o`: its buyer, the customer whose address it names, or the address where no customer has it.
_BUYER = (
    "coalesce((SELECT 'customer ' || a.customer_id FROM address a WHERE a.mailbox_key = o.email_key LIMIT 1),"
    " o.email_key)"
)


def _lives(
    tx: Connection, people: Collection[str], solves: Mapping[str, list[tuple[int, int]]]
) -> list[Buyer]:
    orders: dict[str, list[tuple[int, int, str]]] = defaultdict(list)
    for who, at, total, currency in tx.execute(
        f"SELECT {_BUYER} AS who, o.placed_at, o.total_minor, o.currency FROM shop_order o"
        " WHERE o.cancelled_at IS NULL AND o.email_key IN (SELECT value FROM json_each(?) UNION"
        " SELECT mailbox_key FROM address WHERE customer_id IN (SELECT value FROM json_each(?)))"
        " ORDER BY o.placed_at",
        (json.dumps([one for one in people if "@" in one]), json.dumps(_customers(people))),
    ):
        orders[who].append((at, total, currency))
    found = []
    for who in sorted(people):
        bought = orders[who]
        currency = next((one[2] for one in reversed(bought) if one[2]), "")
        spent = sum(total for _, total, paid in bought if paid == currency)
        found.append(Buyer(tuple(one[0] for one in bought), tuple(solves.get(who, ())), spent, currency, who))
    return found


def promises(tx: Connection, _start: int, _end: int, _wismo: str) -> list[PromiseKept]:
    """All promises that went out. The next mail of ours after it keeps one, or the solve."""
    rows = tx.execute(
        "SELECT p.ticket_id, coalesce(p.sent_at, p.made_at) AS made, p.due_at, t.solved_at,"
        " iif(p.dropped, coalesce((SELECT max(e.at) FROM events e, json_each(e.was, '$.promises') one"
        " WHERE e.ticket_id IN (p.home_id, p.ticket_id) AND e.what = 'promise' AND e.now = 'null'"
        " AND one.value = p.id), p.made_at), NULL) AS ended,"
        " (SELECT min(m.at) FROM message m WHERE m.ticket_id = p.ticket_id AND m.direction = 'out'"
        " AND m.machine = '' AND m.aside = 0 AND m.at > coalesce(p.sent_at, p.made_at)) AS answered"
        " FROM promise p JOIN ticket t ON t.id = p.ticket_id WHERE p.sent_at IS NOT NULL OR p.message_id = ''"
    )
    found = []
    for row in rows:
        done = [at for at in (row["answered"], row["solved_at"]) if at is not None and at > row["made"]]
        kept = min(done, default=None)
        found.append(PromiseKept(row["ticket_id"], row["made"], row["due_at"], kept, row["ended"]))
    return found


def surveys(tx: Connection, _start: int, _end: int, _wismo: str) -> list[SurveyAnswer]:
    """All questions that were asked of customers, with their answers."""
    return survey_mails.answers(tx)


READERS: dict[Reads, Callable[[Connection, int, int, str], Sequence[Any]]] = {
    Reads.REFUNDS: refunds,
    Reads.ORDERS: order_contacts,
    Reads.BUYERS: buyers,
    Reads.PROMISES: promises,
    Reads.SURVEYS: surveys,
}
OF_ALL_TIME = frozenset({Reads.PROMISES, Reads.SURVEYS})  # given whole, whatever the period

"""A query as SQL: each term is a condition on a message `m` and its ticket `t`."""

import re
from collections.abc import Callable, Mapping
from typing import NamedTuple

from deskterm.domain.query.terms import Query, QueryField, Term
from deskterm.lazy_regex import lazy_regex
from deskterm.storage.search.functions import fold, frame_number
from deskterm.storage.search.word_index import phrase

_HERE = "t.view = 'customers' AND t.snoozed_until IS NULL"
_STATES = {
    "open": f"(t.status = 'open' AND {_HERE})",
    "waiting": f"(t.status = 'waiting' AND {_HERE})",
    "hold": f"(t.status = 'on hold' AND {_HERE})",
    "solved": "(t.status = 'solved' AND t.view = 'customers')",
    "snoozed": "t.snoozed_until IS NOT NULL",
    "spam": "t.status = 'spam'",
    "trash": "t.view = 'trash'",
    "others": "t.view = 'not customers'",
    "unanswered": "(t.unanswered_since IS NOT NULL AND t.status NOT IN ('solved', 'spam'))",
    "due": "t.due != ''",
    "draft": "EXISTS (SELECT 1 FROM draft WHERE ticket_id = t.id)",
    "first": "m.direction = 'in' AND NOT EXISTS (SELECT 1 FROM message p WHERE p.ticket_id = m.ticket_id"
    " AND p.direction != 'note' AND p.machine = '' AND (p.at, p.id) < (m.at, m.id))",
}
_DRAFT_THEN = "column_then('draft', m.id)"
_STATES_THEN = _STATES | {
    "unanswered": "t.status NOT IN ('solved', 'spam')",  # it has just come
    "draft": _DRAFT_THEN,
    "first": _STATES["first"].replace(
        "p.ticket_id = m.ticket_id", "p.ticket_id = m.ticket_id AND p.home_id = m.home_id"
    ),
}
_THINGS = {
    "attachment": "EXISTS (SELECT 1 FROM attachment WHERE message_id = m.id AND NOT inline)",
    "order": "t.order_id IS NOT NULL",
    "tracking": "EXISTS (SELECT 1 FROM shipment WHERE order_id = t.order_id AND number != '')",
    "note": "EXISTS (SELECT 1 FROM message n WHERE n.ticket_id = t.id AND n.direction = 'note')",
    "draft": _STATES["draft"],
    "link": "m.links NOT IN ('', '[]')",
    "tag": "t.tags != '[]'",
}
_THINGS_THEN = _THINGS | {
    "draft": _DRAFT_THEN,
    "tracking": "EXISTS (SELECT 1 FROM shipment WHERE order_id = t.order_id AND number != ''"
    " AND coalesce(shipped_at, m.at) <= m.at)",
    "note": _THINGS["note"].replace("n.direction", "n.at <= m.at AND n.direction"),
}
_DAY = 86400
_MATCH = "m.slot IN (SELECT rowid FROM search WHERE search MATCH ?)"
_ORDERS = "(t.order_id IN ({0}) OR m.order_id IN ({0}))"
_MEANT = "coalesce(m.order_id, t.order_id)"  # the order a mail is about
_OF_ORDER = f"EXISTS (SELECT 1 FROM shop_order o WHERE o.id = {_MEANT} AND {{}})"
# As it was when the mail came, as far as the store dates what it says. $FRAME is the shop's number,
# $SILENT are the seconds that a parcel may stand still.
_GONE = "SELECT 1 FROM shipment s WHERE s.order_id = o.id"
_ARRIVED = f"EXISTS ({_GONE} AND s.delivered_at <= m.at)"
_LEFT = f"EXISTS ({_GONE} AND coalesce(s.shipped_at, o.placed_at) <= m.at)"
_MOVED = "max(coalesce(s.shipped_at, o.placed_at), coalesce(s.last_scan_at, 0))"
_SILENT = f"EXISTS ({_GONE} AND coalesce(s.delivered_at, m.at + 1) > m.at"
_OVER = "o.cancelled_at IS NOT NULL OR o.fulfilment = 'cancelled'"
_UNDER_WAY = f"o.fulfilment IN ('shipped', 'partly shipped', 'delivered') AND NOT ({_OVER})"
_GOODS = {
    "unpaid": "o.payment = 'pending'",
    "unshipped": f"o.fulfilment = 'unfulfilled' AND NOT ({_OVER})",
    "part": "o.fulfilment = 'partly shipped'",
    "shipped": f"o.fulfilment IN ('shipped', 'partly shipped') AND NOT ({_OVER})",
    "delivered": f"(o.fulfilment = 'delivered' OR {_ARRIVED})",
    "cancelled": f"({_OVER})",
    "refunded": "o.payment IN ('refunded', 'partly refunded')",
}
_PARCELS = {
    "none": f"NOT {_LEFT}",
    "moving": f"{_UNDER_WAY} AND NOT {_ARRIVED} AND {_SILENT} AND m.at - {_MOVED} < $SILENT)",
    "silent": f"{_UNDER_WAY} AND NOT {_ARRIVED} AND {_SILENT} AND m.at - {_MOVED} >= $SILENT)",
    "late": f"NOT ({_OVER}) AND o.payment IN ('paid', 'partly refunded')"
    " AND m.at >= leaves_by(o.placed_at, $FRAME)"
    f" AND (o.fulfilment = 'unfulfilled' OR NOT {_LEFT})",
    "delivered": f"(o.fulfilment = 'delivered' OR {_ARRIVED})",
}
_BOUGHT = (
    "(SELECT count(*) FROM address a JOIN shop_order o ON o.email_key = a.mailbox_key"
    " WHERE a.customer_id = coalesce(m.customer_id, t.customer_id) AND o.placed_at <= m.at)"
)
# The same as they were when the mail came, as far as the order dates what happened to it.
_OVER_THEN = "coalesce(o.cancelled_at <= m.at, o.fulfilment = 'cancelled')"
_NO_PARCEL = f"NOT EXISTS ({_GONE})"
_DATED = f"EXISTS ({_GONE} AND s.delivered_at IS NOT NULL)"
_DELIVERED_THEN = f"({_ARRIVED} OR (o.fulfilment = 'delivered' AND NOT {_DATED}))"
_GOODS_THEN = _GOODS | {
    "unshipped": f"NOT {_OVER_THEN} AND NOT {_LEFT}"
    f" AND (o.fulfilment = 'unfulfilled' OR o.cancelled_at > m.at OR NOT {_NO_PARCEL})",
    "part": f"{_LEFT} AND (o.fulfilment = 'partly shipped'"
    f" OR EXISTS ({_GONE} AND coalesce(s.shipped_at, o.placed_at) > m.at))",
    "shipped": f"NOT {_OVER_THEN}"
    f" AND (o.fulfilment IN ('shipped', 'partly shipped') AND ({_LEFT} OR {_NO_PARCEL})"
    f" OR o.fulfilment = 'delivered' AND {_LEFT} AND {_DATED} AND NOT {_ARRIVED})",
    "delivered": _DELIVERED_THEN,
    "cancelled": _OVER_THEN,
    "refunded": "(EXISTS (SELECT 1 FROM refund r WHERE r.order_id = o.id AND r.at <= m.at)"
    " OR o.payment IN ('refunded', 'partly refunded')"
    " AND NOT EXISTS (SELECT 1 FROM refund r WHERE r.order_id = o.id))",
}
_PARCELS_THEN = _PARCELS | {
    "moving": f"{_LEFT} AND {_PARCELS['moving']}",
    "silent": f"{_LEFT} AND {_PARCELS['silent']}",
    "late": _PARCELS["late"].replace(f"({_OVER})", _OVER_THEN),
    "delivered": _DELIVERED_THEN,
}
_BUYERS = {"nobody": f"{_BOUGHT} = 0", "new": f"{_BOUGHT} = 1", "returning": f"{_BOUGHT} > 1"}
_TIMES = {
    "open": "is_open(m.at, $FRAME)",
    "closed": "NOT is_open(m.at, $FRAME)",
    "holiday": "is_holiday(m.at, $FRAME)",
}
_NUMBER = "SELECT id FROM shop_order WHERE number = ? COLLATE NOCASE"


class Condition(NamedTuple):
    """A condition for WHERE, and its values."""

    sql: str
    values: tuple[object, ...]


def words_of(query: Query) -> str:
    """The words and phrases that must be there, in FTS5's words; empty for none."""
    wanted = [one for one in query.terms if one.field is QueryField.TEXT and not one.negated]
    return " AND ".join(phrase(one.values[0], open_ended=one.unfinished) for one in wanted)


def condition_of(query: Query, *, then: bool = False) -> Condition:
    """Everything of a query except the required words.

    With `then`, of each mail's ticket and order as they were when it came: only within `as_it_was.asking`.
    """
    if query.ticket is not None:
        return Condition("m.ticket_id = ?", (query.ticket,))
    found = [
        _negate(_any_value(one, then=then)) if one.negated else _any_value(one, then=then)
        for one in query.terms
        if one.negated or one.field is not QueryField.TEXT
    ]
    sql = " AND ".join(one.sql for one in found)
    sql = sql.replace("$FRAME", str(frame_number(query.frame)))
    sql = sql.replace("$SILENT", str(query.frame.silent_after * _DAY))
    if then:
        sql = _COLUMN.sub(lambda found: f"column_then('{_THEN[found[1]]}', m.id)", sql)
    return Condition(sql, tuple(value for one in found for value in one.values))


# Columns of a ticket and of a mail by their names in `TicketThen`.
_THEN = {
    "t.status": "status", "t.view": "view", "t.tags": "tags", "t.category": "category", "t.due": "due",
    "t.snoozed_until": "snoozed_until", "t.promised_at": "promised_at", "t.order_id": "order",
    "m.order_id": "named",
}  # fmt: skip
_COLUMN = lazy_regex(rf"\b({'|'.join(map(re.escape, _THEN))})\b")


def _negate(condition: Condition) -> Condition:
    """What is not known to hold does not hold: a ticket without an order has not that order."""
    return Condition(f"({condition.sql}) IS NOT TRUE", condition.values)


def _any_value(term: Term, *, then: bool) -> Condition:
    if term.field is QueryField.AGE:
        older = f"m.at - o.placed_at {'<' if term.at < 0 else '>='} ?"
        return Condition(_OF_ORDER.format(f"o.placed_at <= m.at AND {older}"), (abs(term.at),))
    if term.spans:
        due = " OR ".join(["(t.promised_at >= ? AND t.promised_at < ?)"] * len(term.spans))
        return Condition(f"({due})", tuple(value for span in term.spans for value in span))
    if term.at:
        return Condition(f"m.at {'<' if term.field is QueryField.BEFORE else '>='} ?", (term.at,))
    known = (_KNOWN_THEN if then else _KNOWN).get(term.field)
    alternatives = [
        Condition(known[value.casefold()], ()) if known else _CONDITIONS[term.field](value, term)
        for value in term.values
    ]
    sql = " OR ".join(one.sql for one in alternatives)
    return Condition(f"({sql})", tuple(value for one in alternatives for value in one.values))


def _text(value: str, term: Term) -> Condition:
    return Condition(_MATCH, (phrase(value, open_ended=term.unfinished),))


def _subject(value: str, term: Term) -> Condition:
    return Condition(_MATCH, (f"subject : {phrase(value, open_ended=not term.quoted)}",))


def _people(column: str) -> Callable[[str, Term], Condition]:
    """The index knows all people of a message; the column says whether it is the right one."""

    def condition(value: str, _: Term) -> Condition:
        named = f"people : {phrase(value, open_ended=True)}"
        return Condition(f"{_MATCH} AND instr(plain({column}), ?)", (named, fold(value)))

    return condition


def _order(value: str, _: Term) -> Condition:
    number = value.lstrip("#")
    named = f"orders : {phrase(number)}"
    return Condition(f"{_ORDERS.format(_NUMBER)} OR {_MATCH}", (number, number, named))


def _of_lines(test: str) -> Callable[[str, Term], Condition]:
    orders = f"SELECT order_id FROM order_line WHERE {test}"
    return lambda value, _: Condition(_ORDERS.format(orders), (fold(value),) * 2)


def _tracking(value: str, _: Term) -> Condition:
    shipped = "SELECT order_id FROM shipment WHERE number = ? COLLATE NOCASE"
    return Condition(f"{_ORDERS.format(shipped)} OR {_MATCH}", (value, value, phrase(value)))


def _of_ticket(test: str) -> Callable[[str, Term], Condition]:
    return lambda value, _: Condition(test, (fold(value),))


def _of_orders(tests: Mapping[str, str]) -> dict[str, str]:
    return {name: _OF_ORDER.format(test) for name, test in tests.items()}


# The fields whose values are a fixed few words.
_KNOWN: dict[QueryField, dict[str, str]] = {
    QueryField.STATUS: _STATES,
    QueryField.HAS: _THINGS,
    QueryField.GOODS: _of_orders(_GOODS),
    QueryField.PARCEL: _of_orders(_PARCELS),
    QueryField.BUYER: _BUYERS,
    QueryField.DURING: _TIMES,
}
_KNOWN_THEN = _KNOWN | {
    QueryField.STATUS: _STATES_THEN,
    QueryField.HAS: _THINGS_THEN,
    QueryField.GOODS: _of_orders(_GOODS_THEN),
    QueryField.PARCEL: _of_orders(_PARCELS_THEN),
}
_CONDITIONS: dict[QueryField, Callable[[str, Term], Condition]] = {
    QueryField.TEXT: _text,
    QueryField.FROM: _people("m.sender_name || ' ' || m.sender_address"),
    QueryField.TO: _people("m.recipients"),
    QueryField.SUBJECT: _subject,
    QueryField.ORDER: _order,
    QueryField.SKU: _of_lines("plain(sku) = ?"),
    QueryField.PRODUCT: _of_lines("instr(plain(title), ?)"),
    QueryField.TRACKING: _tracking,
    QueryField.TAG: _of_ticket("EXISTS (SELECT 1 FROM json_each(t.tags) WHERE plain(value) = ?)"),
    QueryField.CATEGORY: _of_ticket("plain(t.category) = ?"),
    QueryField.CHANNEL: _of_ticket("plain(m.channel) = ?"),
    QueryField.MOOD: _of_ticket("m.direction = 'in' AND mood_of(m.text) = ?"),
    QueryField.LANGUAGE: _of_ticket("m.direction = 'in' AND language_of(m.text) = ?"),
}

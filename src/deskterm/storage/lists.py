"""The lists of tickets for the screens: a page, a count, a position. Each uses one index.

`_ROW` and `_row` read the fields of `Row` (`domain/tickets.py`); `widgets/drawing/ticket_row.py` draws them.
"""

from collections.abc import Iterable, Mapping
from sqlite3 import Connection
from sqlite3 import Row as Record
from typing import NamedTuple

from deskterm.domain.tickets import CategoryBy, Counts, Listing, Mood, Priority, Row, Status, View, WakesOn
from deskterm.storage import desk_facts
from deskterm.storage.inbox_order import IN_INBOX

OTHERS_SEEN = "others seen"  # a fact of the desk: up to when all of them were looked at


class _TicketList(NamedTuple):
    """A list as SQL: which tickets, in which order (columns with their direction), along which index.

    Without statistics SQLite would rather sort all open tickets anew, so each names its index; a list with
    none is found by the tickets' ids.
    """

    walk: str
    where: str
    order: tuple[tuple[str, str], ...]

    @property
    def tickets(self) -> str:
        """The SQL after FROM."""
        return f"ticket {f'INDEXED BY {self.walk}' if self.walk else 'NOT INDEXED'} WHERE {self.where}"


_HERE = "view = 'customers' AND snoozed_until IS NULL AND joined_into IS NULL"
_NEWEST = (("last_at", "DESC"), ("id", "DESC"))
_INBOX = tuple((name, "ASC") for name in ("lead_rank", "lead_since", "customer_id", "rank", "since", "id"))
_ELSEWHERE = "view != 'customers' AND (view = 'trash' OR status != 'spam') AND joined_into IS NULL"

_BY_RANK = (("rank", "ASC"), *_NEWEST)
_LISTS = {
    Listing.INBOX: _TicketList("ticket_inbox", IN_INBOX, _INBOX),
    Listing.WAITING: _TicketList("ticket_status", f"status = 'waiting' AND {_HERE}", _BY_RANK),
    Listing.HOLD: _TicketList("ticket_status", f"status = 'on hold' AND {_HERE}", _BY_RANK),
    Listing.SOLVED: _TicketList("ticket_status", f"status = 'solved' AND {_HERE}", _BY_RANK),
    Listing.SNOOZED: _TicketList(
        "ticket_snoozed",
        "snoozed_until IS NOT NULL AND joined_into IS NULL AND view = 'customers' AND status != 'spam'",
        (("snoozed_until", "ASC"), ("id", "ASC")),
    ),
    Listing.PROMISED: _TicketList(
        "ticket_promised",
        "promised_at IS NOT NULL AND view = 'customers' AND joined_into IS NULL",
        (("promised_at", "ASC"), ("id", "ASC")),
    ),
    Listing.DRAFTS: _TicketList(
        "", "id IN (SELECT ticket_id FROM draft) AND joined_into IS NULL AND view != 'trash'", _NEWEST
    ),
    Listing.OTHERS: _TicketList("ticket_elsewhere", f"view = 'not customers' AND {_ELSEWHERE}", _NEWEST),
    Listing.TRASH: _TicketList("ticket_elsewhere", f"view = 'trash' AND {_ELSEWHERE}", _NEWEST),
    Listing.SPAM: _TicketList(
        "ticket_spam", "status = 'spam' AND view != 'trash' AND joined_into IS NULL", _NEWEST
    ),
}
_NOT_LOOKED_AT = (
    f"FROM {_LISTS[Listing.OTHERS].tickets} AND last_at > ? AND NOT EXISTS"
    " (SELECT 1 FROM looked_at l WHERE l.ticket_id = ticket.id AND l.last_at >= ticket.last_at)"
)

_PARTS = "(SELECT t.id UNION SELECT id FROM ticket WHERE joined_into = t.id)"
_IS_ON_TICKET = (
    f"(ticket_id IN {_PARTS} OR id IN (SELECT outbox_id FROM also_answered WHERE ticket_id IN {_PARTS}))"
)
# `+state`: else SQLite goes through everything queued instead of the replies to this ticket.
_ROW = f"""
SELECT given.key AS place, t.id, t.subject, t.status, t.view, t.unanswered_since, t.last_at, t.due,
    t.category, t.category_by, t.siblings, t.messages, t.snoozed_until, t.priority, t.promised_at,
    t.mood, t.wakes_on, c.name,
    (SELECT address FROM address WHERE customer_id = t.customer_id ORDER BY rowid LIMIT 1) AS address,
    (SELECT number FROM shop_order WHERE id = t.order_id) AS number,
    EXISTS (SELECT 1 FROM draft WHERE ticket_id = t.id) AS draft,
    (SELECT state FROM outbox
        WHERE {_IS_ON_TICKET}
        AND state NOT IN ('sent', 'discarded') ORDER BY state IN ('queued', 'sending'), id LIMIT 1) AS outbox,
    (SELECT min(send_at) FROM outbox WHERE {_IS_ON_TICKET} AND +state = 'queued'
        AND planned_at IS NOT NULL AND attempts = 0) AS planned_at,
    iif(t.status = 'on hold', (SELECT s.id FROM ticket s WHERE s.beside IN {_PARTS}
        AND s.status = 'waiting' AND s.snoozed_until IS NOT NULL
        ORDER BY s.snoozed_until LIMIT 1), NULL) AS thread,
    o.title AS answer, json_array_length(o.macros) AS answers, o.sop AS sop,
    iif(t.view = 'not customers', (SELECT machine_words FROM message WHERE ticket_id = t.id
        AND machine != '' ORDER BY at DESC, id DESC LIMIT 1), '') AS why
"""
# Each with whom it is on hold for: `thread` is the side thread whose answer is due first.
_WITH_THREAD = f"""
SELECT found.*, s.snoozed_until AS held_until, coalesce(nullif(h.name, ''),
    (SELECT address FROM address WHERE customer_id = s.customer_id ORDER BY rowid LIMIT 1)) AS held_for
FROM ({_ROW} FROM json_each(?) AS given
    JOIN ticket t ON t.id = given.value JOIN customer c ON c.id = t.customer_id
    LEFT JOIN offer o ON o.ticket_id = t.id) found
LEFT JOIN ticket s ON s.id = found.thread LEFT JOIN customer h ON h.id = s.customer_id ORDER BY place
"""


def page(tx: Connection, listing: Listing, first: int, count: int) -> list[Row]:
    """Rows `first` to `first + count` of a list, in its order."""
    wanted = _LISTS[listing]
    order = ", ".join(f"{name} {way}" for name, way in wanted.order)
    # The inner walk never leaves the index, so that skipping to `first` stays cheap.
    found = tx.execute(
        f"SELECT id FROM {wanted.tickets} ORDER BY {order} LIMIT ? OFFSET ?",
        (count, first),
    )
    together = listing is Listing.INBOX
    return [_row(record, together=together) for record in _records(tx, [one[0] for one in found])]


def rows(tx: Connection, ticket_ids: Iterable[int]) -> list[Row]:
    """The rows of given tickets, in the order given; unknown ones are left out."""
    return [_row(record, together=False) for record in _records(tx, list(ticket_ids))]


def count(tx: Connection, listing: Listing) -> int:
    """How many tickets are in a list."""
    return int(tx.execute(f"SELECT count(*) FROM {_LISTS[listing].tickets}").fetchone()[0])


def matching(
    tx: Connection, listing: Listing, wanted: str, values: tuple[object, ...], most: int
) -> list[int]:
    """Those tickets of a list that a SELECT of tickets names, in the list's order; at most that many."""
    shown = _LISTS[listing]
    order = ", ".join(f"{name} {way}" for name, way in shown.order)
    sql = f"SELECT id FROM {shown.tickets} AND id IN ({wanted}) ORDER BY {order} LIMIT ?"
    return [row[0] for row in tx.execute(sql, (*values, most))]


def count_matching(tx: Connection, listing: Listing, wanted: str, values: tuple[object, ...]) -> int:
    """How many tickets of a list a SELECT of tickets names."""
    sql = f"SELECT count(*) FROM {_LISTS[listing].tickets} AND id IN ({wanted})"
    return int(tx.execute(sql, values).fetchone()[0])


def position(tx: Connection, listing: Listing, ticket_id: int) -> int | None:
    """A ticket's position in a list, from 0; None if it is not in it."""
    wanted = _LISTS[listing]
    names = [name for name, _ in wanted.order]
    own = tx.execute(
        f"SELECT {', '.join(names)} FROM ticket WHERE {wanted.where} AND id = ?", (ticket_id,)
    ).fetchone()
    if own is None:
        return None
    parts, values = _before(wanted, tuple(own))
    return int(tx.execute(f"SELECT {parts}", values).fetchone()[0])


def counts(tx: Connection) -> Counts:
    """The numbers on the top line. A snoozed ticket counts as snoozed only."""
    outbox = tx.execute("SELECT count(*) FROM outbox WHERE state NOT IN ('sent', 'discarded')").fetchone()[0]
    return Counts(
        open=count(tx, Listing.INBOX),
        waiting=count(tx, Listing.WAITING),
        hold=count(tx, Listing.HOLD),
        snoozed=count(tx, Listing.SNOOZED),
        outbox=outbox,
        drafts=count(tx, Listing.DRAFTS),
        others=_new_among_others(tx),
        back=_count_back(tx),
    )


def _count_back(tx: Connection) -> int:
    """How many customers wait for something that is in stock again."""
    sql = "SELECT count(*) FROM stock_wait WHERE told_at IS NULL AND dropped = 0 AND back_at IS NOT NULL"
    return int(tx.execute(sql).fetchone()[0])


def longest_unanswered(tx: Connection) -> int | None:
    """Since when the longest-waiting customer in the inbox has waited; None if nobody waits."""
    found = tx.execute(f"SELECT min(unanswered_since) FROM ticket WHERE {IN_INBOX}").fetchone()
    return None if found[0] is None else int(found[0])


def _new_among_others(tx: Connection) -> int:
    """How many tickets that are not customers' have mail the owner has not looked at."""
    return int(tx.execute(f"SELECT count(*) {_NOT_LOOKED_AT}", (_all_seen_to(tx),)).fetchone()[0])


def note_looked_at(tx: Connection, newest: Mapping[int, int]) -> None:
    """Note tickets that are not customers' and were looked at, with the time of their newest mail then.

    Once all up to a time were, that time alone is kept.
    """
    tx.executemany(
        "INSERT INTO looked_at SELECT id, ? FROM ticket WHERE id = ?"
        " ON CONFLICT DO UPDATE SET last_at = max(last_at, excluded.last_at)",
        [(at, ticket) for ticket, at in newest.items()],
    )
    seen = _all_seen_to(tx)
    oldest = tx.execute(f"SELECT min(last_at) {_NOT_LOOKED_AT}", (seen,)).fetchone()[0]
    if oldest is None:
        oldest = tx.execute(f"SELECT max(last_at) + 1 FROM {_LISTS[Listing.OTHERS].tickets}").fetchone()[0]
    if oldest is not None and oldest - 1 > seen:
        desk_facts.set_fact(tx, OTHERS_SEEN, str(oldest - 1))
        tx.execute("DELETE FROM looked_at WHERE last_at < ?", (oldest,))


def _all_seen_to(tx: Connection) -> int:
    return int(desk_facts.get_fact(tx, OTHERS_SEEN, "0"))


def _before(wanted: _TicketList, own: tuple[object, ...]) -> tuple[str, list[object]]:
    """How many rows stand before `own`: those that are alike up to a column and come first by it.

    A count for each column, for each is one range of the index; a comparison of whole rows is none.
    """
    parts: list[str] = []
    values: list[object] = []
    for place, (name, way) in enumerate(wanted.order):
        alike = [f"{earlier} = ?" for earlier, _ in wanted.order[:place]]
        condition = " AND ".join([*alike, f"{name} {'<' if way == 'ASC' else '>'} ?"])
        parts.append(f"(SELECT count(*) FROM {wanted.tickets} AND {condition})")
        values += own[: place + 1]
    return " + ".join(parts), values


def _records(tx: Connection, ids: list[int]) -> list[Record]:
    return tx.execute(_WITH_THREAD, (f"[{','.join(map(str, ids))}]",)).fetchall()


def _row(record: Record, *, together: bool) -> Row:
    return Row(
        ticket_id=record["id"],
        name=record["name"] or record["address"] or "unknown",
        subject=record["subject"],
        status=Status(record["status"]),
        unanswered_since=record["unanswered_since"],
        last_at=record["last_at"],
        due=record["due"],
        order=f"#{record['number']}" if record["number"] else "",
        category=record["category"],
        category_by=CategoryBy(record["category_by"]),
        siblings=record["siblings"] if together else 1,
        messages=record["messages"],
        snoozed_until=record["snoozed_until"],
        draft=bool(record["draft"]),
        outbox=record["outbox"] or "",
        planned_at=record["planned_at"],
        view=View(record["view"]),
        why=record["why"] or "",
        held_for=record["held_for"] or "",
        held_until=record["held_until"],
        priority=Priority(record["priority"]),
        promised_at=record["promised_at"],
        wakes_on=WakesOn(record["wakes_on"]),
        answer=record["answer"] or "",
        answers=record["answers"] or 0,
        sop=record["sop"] or "",
        mood=Mood(record["mood"]),
    )

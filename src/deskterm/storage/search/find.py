"""Finding messages and tickets that a query asks for."""

from collections.abc import Collection, Mapping
from sqlite3 import Connection

from deskterm.domain.query.terms import Query
from deskterm.domain.views import Hit
from deskterm.storage import excerpts, lists
from deskterm.storage.schema.columns import folds_of, to_json
from deskterm.storage.search.as_it_was import TicketThen, asking, tickets_then
from deskterm.storage.search.conditions import Condition, condition_of, words_of
from deskterm.storage.search.functions import allow_functions
from deskterm.storage.search.word_index import without_folds

_NOTHING = "SELECT slot FROM message WHERE 0"
_OF_TICKET = Condition("m.ticket_id = ticket.id", ())  # of the query around it


def find(tx: Connection, query: Query, first: int, count: int) -> list[Hit]:
    """Hits `first` to `first + count`, newest first. A query without terms finds nothing."""
    sql, values = _slots_once(tx, query)
    found = tx.execute(
        f"SELECT m.id, m.ticket_id, m.at, m.subject, m.text, m.folds FROM"
        f" ({sql} ORDER BY 1 DESC LIMIT ? OFFSET ?) f JOIN message m ON m.slot = f.slot ORDER BY m.slot DESC",
        (*values, count, first),
    ).fetchall()
    by_id = {row.ticket_id: row for row in lists.rows(tx, {one["ticket_id"] for one in found})}
    return [
        Hit(
            by_id[one["ticket_id"]],
            one["id"],
            one["at"],
            *excerpts.around(
                without_folds(one["text"], folds_of(one["folds"])), list(query.words), one["subject"]
            ),
        )
        for one in found
    ]


def total(tx: Connection, query: Query) -> int:
    """How many messages match."""
    sql, values = _slots_once(tx, query)
    return int(tx.execute(f"SELECT count(*) FROM ({sql})", values).fetchone()[0])


def ticket_ids(tx: Connection, query: Query, most: int) -> list[int]:
    """The tickets of the messages that match, the most recently active first; at most that many."""
    sql, values = _slots(tx, query)
    found = tx.execute(
        f"SELECT m.ticket_id FROM ({sql}) f JOIN message m ON m.slot = f.slot"
        " GROUP BY m.ticket_id ORDER BY max(m.slot) DESC LIMIT ?",
        (*values, most),
    )
    return [row[0] for row in found]


def among(
    tx: Connection, query: Query, messages: Collection[int], *, then: Mapping[int, TicketThen] | None = None
) -> list[int]:
    """Those of some messages that match, in their order.

    `then` has the ticket of each as it stood when the message came; without it, they are asked for as now.
    """
    among = Condition("m.id IN (SELECT value FROM json_each(?))", (to_json(list(messages)),))
    sql, values = _slots(tx, query, among, then=then is not None)
    with asking(then or {}):
        found = tx.execute(f"SELECT id FROM message WHERE slot IN ({sql}) ORDER BY at, id", values).fetchall()
    return [row[0] for row in found]


def any_customers_mail(tx: Connection, query: Query, since: int, most: int) -> bool:
    """Whether a customer's mail since a time (UTC seconds) matched when it came; of the newest so many."""
    then = {one.message_id: one for one in tickets_then(tx, since, most)}
    return bool(among(tx, query, then, then=then))


def matching_tickets(tx: Connection, query: Query) -> tuple[str, tuple[object, ...]]:
    """A SELECT that names the `ticket` of the query around it if its messages match, and its values.

    Only the messages of that ticket are looked at: a list is filtered while the owner types.
    """
    if condition_of(query).sql:
        sql, values = _slots(tx, query, _OF_TICKET)
        return f"SELECT ticket.id WHERE EXISTS ({sql})", values
    sql, values = _slots(tx, query)
    return f"SELECT ticket_id FROM message WHERE ticket_id = ticket.id AND slot IN ({sql})", values


def _slots_once(tx: Connection, query: Query) -> tuple[str, tuple[object, ...]]:
    """As `_slots`, with a mail that answered several tickets only where it was written, if that matches."""
    sql, values = _slots(tx, query)
    if not condition_of(query).sql:  # a copy has the words of its mail
        found = "SELECT c.slot FROM message c JOIN message o ON o.id = c.copy_of"
        return (sql, ()) if sql == _NOTHING else (f"{sql} AND rowid NOT IN ({found})", values)
    one = Condition("m.id IN (SELECT copy_of FROM message WHERE copy_of IS NOT NULL)", ())
    mails, again = _slots(tx, query, one)
    mails = mails.replace("SELECT m.slot", "SELECT m.id", 1)
    return f"{sql} AND (m.copy_of IS NULL OR m.copy_of NOT IN ({mails}))", (*values, *again)


def _slots(
    tx: Connection, query: Query, only: Condition | None = None, *, then: bool = False
) -> tuple[str, tuple[object, ...]]:
    """A SELECT of the slots of messages, and its values. Words alone are one walk along the index.

    `only` is a condition by which SQLite finds few messages before it asks the rest; `then` is that of
    `condition_of`.
    """
    words, condition = words_of(query), condition_of(query, then=then)
    if only is not None:
        rest = f" AND {condition.sql}" if condition.sql else ""
        condition = Condition(only.sql + rest, (*only.values, *condition.values))
    if not condition.sql:
        walk = "SELECT rowid AS slot FROM search WHERE search MATCH ?"
        return (walk, (words,)) if words else (_NOTHING, ())
    allow_functions(tx)
    matching = " AND m.slot IN (SELECT rowid FROM search WHERE search MATCH ?)" if words else ""
    sql = f"SELECT m.slot FROM message m JOIN ticket t ON t.id = m.ticket_id WHERE {condition.sql}{matching}"
    return sql, (*condition.values, *([words] if words else ()))

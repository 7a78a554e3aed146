"""Answers to us from addresses that their tickets do not know, perhaps other ones of the customers."""

from collections.abc import Iterable
from sqlite3 import Connection, Row

from deskterm.domain.messages import mailbox_key
from deskterm.storage.schema.columns import people_in, people_of, to_json


def is_apart(tx: Connection, customer: int) -> bool:
    """Whether the owner once said that an answer of this customer was not another customer's."""
    row = tx.execute("SELECT 1 FROM message WHERE customer_id = ? AND stranger = 2", (customer,)).fetchone()
    return row is not None


def for_ticket(tx: Connection, ticket_id: int) -> dict[int, list[int]]:
    """The marked mails of a ticket, by who wrote them."""
    found: dict[int, list[int]] = {}
    for row in tx.execute(
        "SELECT customer_id, id FROM message WHERE ticket_id = ? AND stranger = 1 ORDER BY at, id",
        (ticket_id,),
    ):
        found.setdefault(row[0], []).append(row[1])
    return found


def put(tx: Connection, messages: Iterable[int], mark: int) -> None:
    """Set the mark of mails: 1 asked, 2 somebody else's, 0 neither."""
    given = to_json(list(messages))
    tx.execute("UPDATE message SET stranger = ? WHERE id IN (SELECT value FROM json_each(?))", (mark, given))


def mark(tx: Connection, ticket_ids: Iterable[int]) -> None:
    """Mark the answers to us that came from addresses their tickets did not know.

    Such a mail names one of ours in In-Reply-To, is the first of its writer in the ticket, and no mail before
    it names an address of theirs. What that writer adds is marked alike; what the owner has settled is left.
    """
    given = to_json(list(ticket_ids))
    tx.execute(_NO_STRANGERS, (given,))
    found = [row for row in tx.execute(_MAY_BE_STRANGERS, (given,)).fetchall() if not _is_named(tx, row)]
    tx.executemany(
        "UPDATE message SET stranger = 1 WHERE ticket_id = ? AND customer_id = ? AND direction = 'in'"
        " AND machine = '' AND stranger = 0",
        [(row["ticket_id"], row["customer_id"]) for row in found],
    )


def _is_named(tx: Connection, row: Row) -> bool:
    """Whether an earlier mail names an address of its writer."""
    known = {
        one[0]
        for one in tx.execute("SELECT mailbox_key FROM address WHERE customer_id = ?", (row["customer_id"],))
    }
    before = tx.execute(
        "SELECT recipients, answer_to, sender_address FROM message WHERE ticket_id = ? AND at <= ?"
        " AND id != ? AND machine = ''",
        (row["ticket_id"], row["at"], row["id"]),
    )
    return any(not known.isdisjoint(_mailboxes(one)) for one in before)


def _mailboxes(row: Row) -> set[str]:
    named = [one for many in people_of(row["recipients"]).values() for one in many]
    listed = [one.address for one in (*named, *people_in(row["answer_to"]))]
    return {mailbox_key(one) for one in (*listed, row["sender_address"])}


_NO_STRANGERS = (
    "UPDATE message SET stranger = 0 WHERE stranger = 1 AND ticket_id IN (SELECT value FROM json_each(?))"
)
_MAY_BE_STRANGERS = """
SELECT m.id, m.ticket_id, m.customer_id, m.at FROM json_each(?) AS given
JOIN message m ON m.ticket_id = given.value
WHERE m.direction = 'in' AND m.machine = '' AND m.stranger = 0 AND m.customer_id IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM message e WHERE e.ticket_id = m.ticket_id AND e.customer_id = m.customer_id
        AND e.machine = '' AND e.id != m.id AND e.at <= m.at)
    AND EXISTS (SELECT 1 FROM thread a JOIN thread b ON b.mid_key = a.mid_key AND b.own = 1
        JOIN message o ON o.id = b.message_id WHERE a.message_id = m.id AND a.own = 2
        AND o.ticket_id = m.ticket_id AND o.direction = 'out' AND o.machine = '' AND o.at <= m.at)
"""

"""The order of the inbox, kept in the tickets' own columns.

What the owner called urgent comes first, with who answered a survey badly; then what is due, then the
longest unanswered; several tickets of one customer stand together, at the place of the first of them. An
angry customer counts as one who has waited four hours longer: no more, for the others have waited too. So
each ticket bears its own (rank, since) and its customer's smallest one, `lead_*`.
"""

from collections.abc import Iterable
from sqlite3 import Connection

from deskterm.domain.tickets import UNHAPPY
from deskterm.storage.schema.columns import to_json

IN_INBOX = "status = 'open' AND view = 'customers' AND snoozed_until IS NULL AND joined_into IS NULL"


def place(tx: Connection, ticket_ids: Iterable[int], customers: Iterable[int]) -> None:
    """Update the place of changed tickets and of all tickets of their customers."""
    tx.execute(_OWN, (to_json(list(ticket_ids)),))
    tx.execute(_LEAD, (to_json(list(customers)),))


_OWN = f"""
UPDATE ticket SET since = coalesce(unanswered_since, last_at) - iif(mood = 'angry', 14400, 0), rank = CASE
    WHEN status IN ('solved', 'spam') THEN 2
    WHEN priority > 0 OR due = '{UNHAPPY}' THEN -1
    WHEN priority < 0 THEN 3
    WHEN due != '' THEN 0
    WHEN unanswered_since IS NOT NULL THEN 1
    ELSE 2 END
WHERE id IN (SELECT value FROM json_each(?))
"""
_MINE = f"FROM ticket INDEXED BY ticket_siblings WHERE customer_id = who.value AND {IN_INBOX}"
_LEAD = f"""
WITH found AS MATERIALIZED (
    SELECT who.value AS customer_id, (SELECT count(*) {_MINE}) AS many,
        (SELECT rank {_MINE} ORDER BY rank, since LIMIT 1) AS rank,
        (SELECT since {_MINE} ORDER BY rank, since LIMIT 1) AS since
    FROM json_each(?) AS who
)
UPDATE ticket INDEXED BY ticket_siblings
SET lead_rank = found.rank, lead_since = found.since, siblings = found.many
FROM found WHERE ticket.customer_id = found.customer_id AND {IN_INBOX}
    AND (ticket.lead_rank != found.rank OR ticket.lead_since != found.since OR ticket.siblings != found.many)
"""

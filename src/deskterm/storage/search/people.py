"""Finding customers by their names and addresses."""

from sqlite3 import Connection

from deskterm.domain.people.customers import CustomerFound
from deskterm.storage.schema.columns import to_json
from deskterm.storage.search.functions import allow_functions, fold

_MATCHING = """
SELECT c.name, a.address, (SELECT id FROM ticket WHERE customer_id = c.id AND joined_into IS NULL
    ORDER BY last_at DESC LIMIT 1) AS ticket_id, max(a.rowid = (
        SELECT min(rowid) FROM address WHERE customer_id = c.id)) AS first_one
FROM customer c JOIN address a ON a.customer_id = c.id
WHERE NOT EXISTS (
    SELECT 1 FROM json_each(:words) WHERE instr(plain(c.name || ' ' || a.address), value) = 0)
GROUP BY c.id HAVING ticket_id IS NOT NULL
ORDER BY (SELECT max(last_at) FROM ticket WHERE customer_id = c.id) DESC LIMIT :most
"""


def find_customers(tx: Connection, words: str, most: int) -> list[CustomerFound]:
    """Customers with a ticket whose name or address holds all words, in any case; the newest first."""
    allow_functions(tx)
    given = {"words": to_json(fold(words).split()), "most": most}
    return [
        CustomerFound(row["name"], row["address"], row["ticket_id"]) for row in tx.execute(_MATCHING, given)
    ]

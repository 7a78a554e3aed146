"""How quickly customers got their first answer."""

from sqlite3 import Connection


def first_answers(tx: Connection, since: int, until: int) -> list[tuple[int, int]]:
    """When customers first wrote and a person first answered (UTC seconds), of tickets begun since."""
    rows = tx.execute(
        "SELECT asked, answered FROM (SELECT t.id, min(m.at) AS asked, (SELECT min(o.at) FROM message o"
        " WHERE o.ticket_id = t.id AND o.direction = 'out' AND o.machine = '' AND o.aside = 0"
        " AND o.at >= min(m.at)) AS answered"
        " FROM ticket t JOIN message m ON m.ticket_id = t.id AND m.direction = 'in' AND m.machine = ''"
        " WHERE t.created_at >= ? AND t.view = 'customers' AND t.joined_into IS NULL GROUP BY t.id)"
        " WHERE answered IS NOT NULL AND asked >= ? AND answered <= ?",
        (since, since, until),
    )
    return [(row[0], row[1]) for row in rows]

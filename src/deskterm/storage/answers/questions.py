"""Customers' questions: the mail that began each ticket, with the first answer to it."""

from sqlite3 import Connection

from deskterm.domain.knowledge.themes import CustomerQuestion
from deskterm.storage.schema.columns import folds_of
from deskterm.storage.search.word_index import without_folds


def asked_since(tx: Connection, since: int, most: int) -> list[CustomerQuestion]:
    """The questions that came since then (UTC seconds), the newest first, at most that many.

    A macro that was told by its text counts as one that was taken here. One mail may have answered several.
    """
    rows = tx.execute(
        "SELECT t.id, m.at, m.subject, m.text, m.folds, t.category, m.id AS question,"
        " (SELECT coalesce(a.copy_of, a.id) FROM message a WHERE a.ticket_id = t.id AND a.direction = 'out'"
        "  AND a.machine = '' AND a.aside = 0 AND a.at >= m.at ORDER BY a.at, a.id LIMIT 1) AS answer"
        " FROM ticket t JOIN message m ON m.id = (SELECT f.id FROM message f WHERE f.ticket_id = t.id"
        "  AND f.direction = 'in' AND f.machine = '' AND f.aside = 0 ORDER BY f.at, f.id LIMIT 1)"
        " WHERE t.view = 'customers' AND t.status != 'spam' AND t.joined_into IS NULL AND m.at >= ?"
        " ORDER BY m.at DESC LIMIT ?",
        (since, most),
    ).fetchall()
    taken = dict(tx.execute("SELECT id, macro FROM message WHERE direction = 'out' AND macro != ''"))
    learned = dict(tx.execute("SELECT question, label FROM lesson WHERE label != ''"))
    return [
        CustomerQuestion(
            row["id"],
            row["at"],
            row["subject"],
            without_folds(row["text"], folds_of(row["folds"])).strip(),
            row["category"],
            taken.get(row["answer"]) or learned.get(row["question"], ""),
            row["answer"],
        )
        for row in rows
    ]

"""The categories, tags and channels in use, for the pickers."""

from sqlite3 import Connection


def categories(tx: Connection) -> tuple[str, ...]:
    """All categories in use, the most used first."""
    rows = tx.execute(
        "SELECT category FROM ticket WHERE category != '' GROUP BY category ORDER BY count(*) DESC, category"
    )
    return tuple(row[0] for row in rows)


def tags(tx: Connection) -> tuple[str, ...]:
    """All tags in use, the most used first."""
    rows = tx.execute(
        "SELECT tag.value FROM ticket, json_each(ticket.tags) AS tag WHERE ticket.tags != '[]'"
        " GROUP BY tag.value ORDER BY count(*) DESC, tag.value"
    )
    return tuple(row[0] for row in rows)


def channels(tx: Connection) -> tuple[str, ...]:
    """All channels in use, the most used first."""
    return tuple(
        row[0] for row in tx.execute("SELECT channel FROM ticket GROUP BY channel ORDER BY count(*) DESC")
    )

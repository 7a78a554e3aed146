"""The category that tickets had at a given time, so that figures of a past week do not change."""

import json
from collections.abc import Collection
from sqlite3 import Connection

from deskterm.domain.events import What

_GIVEN = "id IN (SELECT value FROM json_each(?))"


def categories_at(tx: Connection, tickets: Collection[int], at: int) -> dict[int, str]:
    """The category that each of these tickets had at a time (UTC seconds): what the next change took away."""
    given = (json.dumps([*tickets]),)
    cursor = tx.cursor()
    cursor.row_factory = None
    found: dict[int, str] = dict(cursor.execute(f"SELECT id, category FROM ticket WHERE {_GIVEN}", given))
    later = cursor.execute(
        "SELECT ticket_id, was FROM events WHERE ticket_id IN (SELECT value FROM json_each(?))"
        f" AND what = '{What.CATEGORY}' AND at >= ? ORDER BY at DESC, id DESC",
        (*given, at),
    )
    for ticket, was in later:
        found[ticket] = category_in(was)
    return found


def category_in(value: str) -> str:
    """The category in an event's stored value."""
    found = json.loads(value)
    return str(found.get("category", "") if isinstance(found, dict) else found or "")

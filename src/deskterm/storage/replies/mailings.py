"""Many letters that one key press has queued, and taking one of them out."""

import json
from sqlite3 import Connection

from deskterm.domain.events import What
from deskterm.storage.replies import outbox


def give_own_action(tx: Connection, outbox_id: int) -> int:
    """Give one letter of a mailing an action of its own, with all it did to its ticket; returns its number.

    So it is taken back alone, and the key press that queued it still takes back the rest. An action bears
    the number of its first event.
    """
    action = outbox.action(tx, outbox_id)
    rows = tx.execute(
        "SELECT ticket_id, now FROM events WHERE action = ? AND what = ? AND undoes = 0",
        (action, What.QUEUED),
    ).fetchall()
    letters = {json.loads(row["now"])["outbox"]: row["ticket_id"] for row in rows}
    own = letters.get(outbox_id)
    if own is None or len(set(letters.values())) == 1:
        return action
    numbers = dict(
        tx.execute(
            "SELECT ticket_id = ?, min(id) FROM events WHERE action = ? GROUP BY 1", (own, action)
        ).fetchall()
    )
    tx.executemany(
        "UPDATE outbox SET action = ? WHERE id = ?",
        [(numbers[ticket == own], letter) for letter, ticket in letters.items()],
    )
    for column in ("undoes", "action"):  # what was taken back of the mailing follows its letters
        tx.execute(
            f"UPDATE events SET {column} = CASE ticket_id WHEN ? THEN ? ELSE ? END WHERE {column} = ?",
            (own, numbers[1], numbers[0], action),
        )
    return int(numbers[1])

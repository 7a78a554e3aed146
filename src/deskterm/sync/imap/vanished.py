"""A folder that has lost most of its mails since the last pass: believed only the second time.

A server that mends its index, or has not found its disk yet, shows an empty
folder for a moment. Marking all of it as gone would only be lifted by reading
all of it again.
"""

from deskterm.storage import desk_facts
from deskterm.storage.mail.folders import Cursor
from deskterm.storage.schema.database import Database

_FEW = 50  # mails that may go at any time
_SECOND_LOOK = 600  # seconds after the first


def is_believed(db: Database, folder: Cursor, known: int, gone: int, now: int) -> bool:
    """Whether `gone` of `known` mails are to be marked as gone. What is not waits for a later pass."""
    first = _first(db, folder)
    waits = gone > max(_FEW, known // 2) and not (first and abs(now - first) >= _SECOND_LOOK)
    _note(db, folder, first, (first or now) if waits else 0)
    return not waits


def back(db: Database, folder: Cursor) -> None:
    """Note that the mails that seemed to be gone are back."""
    _note(db, folder, _first(db, folder), 0)


def _first(db: Database, folder: Cursor) -> int:
    """When the mails were first found missing (UTC seconds), 0 if they are not."""
    with db.read() as tx:
        return int(desk_facts.get_fact(tx, _key(folder), "0"))


def _note(db: Database, folder: Cursor, before: int, now: int) -> None:
    if now != before:
        with db.write() as tx:
            desk_facts.set_fact(tx, _key(folder), str(now))


def _key(folder: Cursor) -> str:
    return f"vanished {folder.id}"

"""The answers of the owner's self-review of answered tickets."""

from collections.abc import Iterable
from sqlite3 import Connection
from typing import NamedTuple

from deskterm.storage.schema.columns import to_json


def answered_tickets(tx: Connection, start: int, end: int) -> list[int]:
    """The customers' tickets that a person answered between two times (UTC seconds), thanks left out."""
    rows = tx.execute(
        "SELECT DISTINCT t.id FROM message m JOIN ticket t ON t.id = m.ticket_id WHERE m.direction = 'out'"
        " AND m.machine = '' AND m.aside = 0 AND m.at >= ? AND m.at < ? AND t.view = 'customers'"
        " AND t.joined_into IS NULL AND t.category != 'thanks'",
        (start, end),
    )
    return [row[0] for row in rows]


def kept_of(tx: Connection, week: str) -> dict[tuple[int, str], bool]:
    """The answers of a week: by ticket and question, whether the letter was right."""
    rows = tx.execute(
        "SELECT ticket_id, question, kept FROM self_review WHERE week = ? ORDER BY rowid", (week,)
    )
    return {(row[0], row[1]): bool(row[2]) for row in rows}


def found_of_weeks(tx: Connection, weeks: Iterable[str]) -> dict[tuple[int, str], bool]:
    """What was found of all tickets of some weeks."""
    rows = tx.execute(
        "SELECT ticket_id, question, kept FROM self_review WHERE week IN (SELECT value FROM json_each(?))"
        " ORDER BY rowid",
        (to_json(list(weeks)),),
    )
    return {(row[0], row[1]): bool(row[2]) for row in rows}


class ReviewAnswer(NamedTuple):
    """What was found of one ticket and question of a week; None: not answered."""

    week: str
    ticket_id: int
    question: str
    kept: bool | None


def keep(tx: Connection, found: ReviewAnswer, at: int) -> None:
    """Note what was found, over what was said before."""
    tx.execute("DELETE FROM self_review WHERE week = ? AND ticket_id = ? AND question = ?", found[:3])
    if found.kept is not None:
        tx.execute("INSERT INTO self_review VALUES (?, ?, ?, ?, ?)", (*found, at))

"""Answers that the owner wrote by hand, as they were sent."""

from collections.abc import Iterable
from sqlite3 import Connection
from typing import NamedTuple

from deskterm.storage.schema.columns import folds_of, to_json
from deskterm.storage.search.word_index import without_folds


class SentAnswer(NamedTuple):
    """An answer by its message's row, its ticket, and its own words."""

    message: int
    ticket: int
    at: int
    text: str


def by_hand(tx: Connection, most: int) -> list[SentAnswer]:
    """The last answers to customers that no macro made here, the newest first, at most that many.

    A mail that answered several tickets is one answer.
    """
    rows = tx.execute(
        "SELECT id, ticket_id, at, text, folds FROM message WHERE direction = 'out' AND machine = ''"
        " AND aside = 0 AND macro = '' AND copy_of IS NULL ORDER BY slot DESC LIMIT ?",
        (most,),
    )
    return [
        SentAnswer(row[0], row[1], row[2], without_folds(row[3], folds_of(row[4])).strip()) for row in rows
    ]


def by_ids(tx: Connection, message_ids: Iterable[int]) -> list[SentAnswer]:
    """The answers with these ids, in that order, without those that no longer exist."""
    rows = tx.execute(
        "SELECT m.id, m.ticket_id, m.at, m.text, m.folds FROM json_each(?) AS given"
        " JOIN message m ON m.id = given.value ORDER BY given.key",
        (to_json(list(message_ids)),),
    )
    return [
        SentAnswer(row[0], row[1], row[2], without_folds(row[3], folds_of(row[4])).strip()) for row in rows
    ]


def questions_before(tx: Connection, answers: Iterable[SentAnswer]) -> list[tuple[int, str]]:
    """The customers' mails that these answer: each message's row with its words."""
    found: list[tuple[int, str]] = []
    for one in answers:
        row = tx.execute(
            "SELECT id, text, folds FROM message WHERE ticket_id = ? AND direction = 'in' AND machine = ''"
            " AND at <= ? ORDER BY at DESC, id DESC LIMIT 1",
            (one.ticket, one.at),
        ).fetchone()
        if row is not None:
            found.append((row[0], without_folds(row[1], folds_of(row[2])).strip()))
    return found

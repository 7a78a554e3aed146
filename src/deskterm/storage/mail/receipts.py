"""Answers that came too soon after a mail of ours to be written by a person."""

from collections.abc import Iterable, Mapping
from sqlite3 import Connection
from typing import NamedTuple

from deskterm.domain.messages import Cue, MachineKind
from deskterm.storage.schema.columns import from_json, to_json

_SOON = 60  # seconds, with as many for clocks that differ


class QuickAnswer(NamedTuple):
    """An incoming mail that answers ours at once. `ours` is the subject of our mail."""

    message: int
    sender: str
    subject: str
    cues: tuple[Cue, ...]
    ours: str


def quick_answers(tx: Connection, ticket_ids: Iterable[int]) -> list[QuickAnswer]:
    """The quick answers in these tickets that count as written by a person."""
    rows = tx.execute(
        "SELECT m.id, coalesce(nullif(m.sender_name, ''), m.sender_address), m.subject, m.cues, o.subject"
        " FROM json_each(?) AS given JOIN message m ON m.ticket_id = given.value AND m.direction = 'in'"
        "  AND m.machine = ''"
        " JOIN thread a ON a.message_id = m.id AND a.own = 2"
        " JOIN thread b ON b.mid_key = a.mid_key AND b.own = 1"
        " JOIN message o ON o.id = b.message_id AND o.ticket_id = m.ticket_id AND o.direction = 'out'"
        " WHERE m.at BETWEEN o.at - ? AND o.at + ?",
        (to_json(list(ticket_ids)), _SOON, _SOON),
    )
    return [
        QuickAnswer(row[0], row[1], row[2], tuple(map(Cue, from_json(row[3]) or ())), row[4]) for row in rows
    ]


def mark(tx: Connection, words: Mapping[int, str]) -> None:
    """Mark messages as automatic, each with words that say why."""
    tx.executemany(
        "UPDATE message SET machine = ?, machine_words = ?, subject_key = 0 WHERE id = ?",
        [(MachineKind.OTHER.value, reason, message) for message, reason in words.items()],
    )

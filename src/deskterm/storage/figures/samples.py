"""Samples that are kept, so that no ticket has to be computed again for a figure.

Triggers write down which tickets something happened to (`figure_stale`); their samples are worked out
again before they count. What is kept can always be thrown away.
"""

import json
from collections.abc import Collection, Iterable
from functools import partial
from sqlite3 import Connection
from typing import NamedTuple

from deskterm.domain.figures.samples import TicketSample
from deskterm.storage import desk_facts

_FRAME = "figures counted by"
_of_row = partial(tuple.__new__, TicketSample)  # as `_make` does, without a call in Python for each
_COLUMNS = "at, ticket_id, value, left_out, business, until, label"


class KeptSample(NamedTuple):
    """A sample and its figure."""

    measure: str
    sample: TicketSample


def stale(tx: Connection, most: int = -1) -> list[int]:
    """The tickets whose samples are out of date, at most `most`."""
    rows = tx.execute("SELECT ticket_id FROM figure_stale ORDER BY ticket_id LIMIT ?", (most,))
    return [row[0] for row in rows]


def stale_number(tx: Connection) -> int:
    """How many tickets have samples that are out of date."""
    return int(tx.execute("SELECT count(*) FROM figure_stale").fetchone()[0])


def replace(tx: Connection, tickets: Collection[int], fresh: Iterable[KeptSample]) -> None:
    """Replace the stored samples of tickets, which are up to date then."""
    given = json.dumps([*tickets])
    tx.execute("DELETE FROM figure_sample WHERE ticket_id IN (SELECT value FROM json_each(?))", (given,))
    tx.executemany(
        f"INSERT INTO figure_sample(measure, place, {_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        ((one.measure, place, *one.sample) for place, one in enumerate(fresh)),
    )
    tx.execute("DELETE FROM figure_stale WHERE ticket_id IN (SELECT value FROM json_each(?))", (given,))


def read(
    tx: Connection, measure: str, start: int, end: int, *, state: bool, without: Collection[int] = ()
) -> list[TicketSample]:
    """A measure's samples from `start` up to `end` (UTC seconds) in order of time.

    Of a `state` those that overlap it. The samples of tickets `without` are passed over.
    """
    when = "until >= ? AND at < ?" if state else "at >= ? AND at < ?"
    cursor = tx.cursor()
    cursor.row_factory = None  # plain tuples: a year has a hundred thousand of them
    rows = cursor.execute(
        f"SELECT {_COLUMNS} FROM figure_sample WHERE measure = ? AND {when} ORDER BY at, ticket_id, place",
        (measure, start, end),
    )
    found = list(map(_of_row, rows))
    passed = frozenset(without)
    return [one for one in found if one.ticket_id not in passed] if passed else found


def counted_by(tx: Connection, frame: str) -> bool:
    """Whether the stored samples were computed with that frame (hours, targets, definitions)."""
    return desk_facts.get_fact(tx, _FRAME) == frame


def begin_anew(tx: Connection, frame: str) -> None:
    """Delete all samples, so that every ticket's are computed again, with that frame."""
    tx.execute("DELETE FROM figure_sample")
    tx.execute("INSERT OR IGNORE INTO figure_stale SELECT id FROM ticket")
    desk_facts.set_fact(tx, _FRAME, frame)

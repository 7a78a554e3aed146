"""The functions that conditions call, given to a connection once: SQLite changes none while it is in use."""

import sqlite3
from sqlite3 import Connection

from deskterm.domain.people.language import language_of
from deskterm.domain.people.mood import mood_of
from deskterm.domain.query.query_settings import QueryFrame
from deskterm.storage.excerpts import fold_letters
from deskterm.storage.search.as_it_was import column_then

_SAMPLE = 400  # characters by which a mail's language is told
_FRAMES: list[QueryFrame] = []  # the shops that queries were asked about: one in a process, as a rule


def allow_functions(tx: Connection) -> None:
    """A connection the functions, unless it has them."""
    try:
        tx.execute("SELECT has_desk_functions()").fetchone()
    except sqlite3.OperationalError:
        _create(tx)


def frame_number(frame: QueryFrame) -> int:
    """The number by which the functions know a shop."""
    if frame not in _FRAMES:
        _FRAMES.append(frame)
    return _FRAMES.index(frame)


def fold(text: str) -> str:
    """The text without case and accents, ß as ss."""
    return fold_letters(text).replace("ß", "ss")


def _create(tx: Connection) -> None:
    tx.create_function("plain", 1, fold, deterministic=True)
    tx.create_function("language_of", 1, lambda text: language_of(text[:_SAMPLE]), deterministic=True)
    tx.create_function("mood_of", 1, lambda text: str(mood_of(text)), deterministic=True)
    tx.create_function("is_open", 2, lambda at, frame: _FRAMES[frame].is_open(at))
    tx.create_function("is_holiday", 2, lambda at, frame: _FRAMES[frame].is_holiday(at))
    tx.create_function("leaves_by", 2, lambda at, frame: _FRAMES[frame].leaves_by(at))
    tx.create_function("column_then", 2, column_then)
    tx.create_function("has_desk_functions", 0, lambda: 1)

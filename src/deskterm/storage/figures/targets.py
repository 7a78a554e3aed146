"""Which targets the settings named since when: a change of today is none for the mail of yesterday."""

import json
from collections.abc import Sequence
from sqlite3 import Connection

from deskterm.storage import desk_facts

_KEY = "targets"


def history(tx: Connection) -> list[tuple[int, tuple[str, ...]]]:
    """What the settings said since when (UTC seconds), oldest first."""
    return [(since, tuple(texts)) for since, texts in json.loads(desk_facts.get_fact(tx, _KEY, "[]"))]


def record(tx: Connection, texts: Sequence[str], now: int) -> None:
    """From now on the settings say that."""
    known = history(tx)
    desk_facts.set_fact(tx, _KEY, json.dumps([*known, (now, list(texts))]))


def is_news(tx: Connection, texts: Sequence[str]) -> bool:
    """Whether the settings say something else than what was last noted."""
    known = history(tx)
    return tuple(texts) != (known[-1][1] if known else ())

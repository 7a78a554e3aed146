"""What the key of a store lacks the right to do, as the last reading found it."""

import json
from collections.abc import Iterable
from sqlite3 import Connection

from deskterm.config.store_kinds import Ability
from deskterm.storage import desk_facts

_LACKING = "what the key of {} may not do"


def keep_lacking(tx: Connection, store: str, abilities: Iterable[Ability]) -> None:
    """Note what a store's kind can do and its key may not."""
    desk_facts.set_fact(tx, _LACKING.format(store), json.dumps(sorted(abilities)))


def lacking(tx: Connection, store: str) -> frozenset[Ability]:
    """What was noted last; nothing before the first reading."""
    return frozenset(map(Ability, json.loads(desk_facts.get_fact(tx, _LACKING.format(store), "[]"))))

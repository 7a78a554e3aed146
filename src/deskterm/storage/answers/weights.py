"""The saved weights of the learner."""

import json
from array import array
from collections.abc import Mapping
from sqlite3 import Connection
from typing import NamedTuple

from deskterm.storage import desk_facts

_STATE = "learned"  # the fact of the desk that says up to which lesson
_MAILS = " mails"  # no macro's id starts with a blank
_NUMBER, _WEIGHT = "I", "f"


class Weights(NamedTuple):
    """The weights by label, in how many of the `seen` mails each feature occurs, and what they know."""

    by_label: dict[str, dict[int, float]]
    in_mails: dict[int, int]
    seen: int
    up_to: int  # the last lesson
    lessons: int  # how many there were in all


class WeightsState(NamedTuple):
    """Which lessons the stored weights know: up to which, and how many there were in all."""

    up_to: int = 0
    lessons: int = 0
    seen: int = 0


def state(tx: Connection) -> WeightsState:
    """What the stored weights know."""
    text = desk_facts.get_fact(tx, _STATE)
    return WeightsState(*json.loads(text)) if text else WeightsState()


def save(tx: Connection, weights: Weights) -> None:
    """Save weights in place of the earlier ones."""
    tx.execute("DELETE FROM learned")
    rows = [(label, _pack(values, _WEIGHT)) for label, values in weights.by_label.items()]
    tx.executemany("INSERT INTO learned VALUES (?, ?)", [*rows, (_MAILS, _pack(weights.in_mails, _NUMBER))])
    desk_facts.set_fact(tx, _STATE, json.dumps([weights.up_to, weights.lessons, weights.seen]))


def load(tx: Connection) -> Weights:
    """The saved weights; empty ones if there are none."""
    at = state(tx)
    packed = {row[0]: row[1] for row in tx.execute("SELECT label, weights FROM learned")}
    mails = packed.pop(_MAILS, b"")
    return Weights(
        {label: _unpack(one, _WEIGHT) for label, one in packed.items()},
        {key: int(value) for key, value in _unpack(mails, _NUMBER).items()},
        at.seen, at.up_to, at.lessons,
    )  # fmt: skip


def _pack(values: Mapping[int, float], kind: str) -> bytes:
    keys = array(_NUMBER, values)
    held: array[int] | array[float] = array(kind, values.values())
    return len(keys).to_bytes(4, "little") + keys.tobytes() + held.tobytes()


def _unpack(packed: bytes, kind: str) -> dict[int, float]:
    if not packed:
        return {}
    size = int.from_bytes(packed[:4], "little")
    keys: array[int] = array(_NUMBER)
    keys.frombytes(packed[4 : 4 + size * keys.itemsize])
    held: array[float] = array(kind)
    held.frombytes(packed[4 + size * keys.itemsize :])
    return dict(zip(keys, held, strict=True))

"""Encoding values for columns: small JSON, and hashes that fit an integer key."""

from _blake2 import blake2b
from _json import encode_basestring
from collections.abc import Callable, Iterable
from functools import cache, lru_cache
from typing import Any

from deskterm.domain.messages import Address, Fold, FoldKind

_MEMORY = 8192  # texts: the mails of a conversation name the same Message-IDs again and again


@cache
def _json() -> tuple[Callable[[object], str], Callable[[str], Any]]:
    """What writes JSON and what reads it: no list of tickets needs either."""
    import json  # noqa: PLC0415 - as said

    return json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode, json.loads


def to_json(value: object) -> str:
    """`value` as the shortest JSON."""
    if value is None or type(value) is int:  # most of what events hold, in a tenth of the time
        return "null" if value is None else str(value)
    return _json()[0](value)


def from_json(text: str) -> Any:
    """The reverse of `to_json`; None for an empty text."""
    return _json()[1](text) if text else None


def key_of(*parts: bytes) -> int:
    """A signed 64-bit key of `parts` that is never 0: 0 stands for none."""
    digest = blake2b(digest_size=8)
    for part in parts:
        digest.update(len(part).to_bytes(4, "big"))
        digest.update(part)
    return int.from_bytes(digest.digest(), "big", signed=True) or 1


@lru_cache(maxsize=_MEMORY)
def text_key(text: str) -> int:
    """The key of a text, 0 for an empty one."""
    if not text:
        return 0
    digest = blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True) or 1


def people_json(**lists: Iterable[Address]) -> str:
    """Lists of addresses by name, empty ones left out."""
    return "{" + ",".join([f'"{name}":[{_pairs(many)}]' for name, many in lists.items() if many]) + "}"


def people_list(people: Iterable[Address]) -> str:
    """One list of addresses, as the column `answer_to` keeps it."""
    return f"[{_pairs(people)}]"


def people_in(text: str) -> tuple[Address, ...]:
    """The reverse of `people_list`."""
    return tuple(Address(*one) for one in _json()[1](text)) if text else ()


def _pairs(people: Iterable[Address]) -> str:
    """`to_json` of their names and addresses, in a third of the time: every mail has some."""
    return ",".join([f"[{encode_basestring(one.name)},{encode_basestring(one.address)}]" for one in people])


def people_of(text: str) -> dict[str, tuple[Address, ...]]:
    """The reverse of `people_json`."""
    if not text:
        return {}
    return {name: tuple(Address(*one) for one in many) for name, many in _json()[1](text).items()}


def folds_of(text: str) -> tuple[Fold, ...]:
    """The folds of a message's column."""
    return tuple(Fold(start, end, FoldKind(kind)) for start, end, kind in _json()[1](text)) if text else ()


def marks(count: int) -> str:
    """`?,?,?` for that many values."""
    return ",".join("?" * count)

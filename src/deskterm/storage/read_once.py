"""A cache for filling and judging letters while nothing changes."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

_KEPT: ContextVar[dict[object, Any] | None] = ContextVar("kept", default=None)


@contextmanager
def reading_once() -> Iterator[None]:
    """Within, orders, how a store writes their numbers, and the playbook are read once.

    For one read transaction only, or a part of a write transaction that writes nothing of it.
    """
    token = _KEPT.set(memory())
    try:
        yield
    finally:
        _KEPT.reset(token)


def memory() -> dict[object, Any]:
    """What has been read, to look in and to add to; outside of `reading_once` nothing is kept."""
    found = _KEPT.get()
    return {} if found is None else found

"""Targets for answering and solving, and which one is in force for a message."""

from collections.abc import Iterable
from typing import NamedTuple


class SlaTarget(NamedTuple):
    """Within how many business seconds a ticket is to be answered and solved.

    Empty `priority`, `category` and `channel` mean any; 0 seconds mean that there is no such target.
    It is in force from `since` up to `until` (UTC seconds).
    """

    reply: int = 0
    solve: int = 0
    priority: str = ""
    category: str = ""
    channel: str = ""
    since: int = 0
    until: int = 2**62


def find_target(
    targets: Iterable[SlaTarget], at: int, priority: str, category: str, channel: str
) -> SlaTarget | None:
    """The target in force at `at` for such a message: the one that names most of it, the first of equals."""
    fitting = [
        one
        for one in targets
        if one.since <= at < one.until
        and one.priority in ("", priority)
        and one.category in ("", category)
        and one.channel in ("", channel)
    ]
    return max(fitting, key=_exactness, default=None)


def _exactness(target: SlaTarget) -> tuple[bool, bool, bool]:
    return bool(target.priority), bool(target.category), bool(target.channel)

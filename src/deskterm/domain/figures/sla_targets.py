"""Targets for answering and solving, and which one applies to a message."""

import re
from collections.abc import Iterable, Sequence
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


class ReplyTarget(NamedTuple):
    """An answer that is owed: since when (UTC seconds), and within how many business seconds."""

    since: int
    within: int


_WORDS = re.compile(r"(reply|solve) (\d+) (minute|hour)s?")
_SECONDS = {"minute": 60, "hour": 3600}


def read_target(text: str, since: int = 0, until: int = 2**62) -> SlaTarget:
    """The target that config.toml writes as `reply 4 hours, category return`, in force for a time."""
    first, *rest = text.split(", ")
    found = _WORDS.match(first)
    if found is None:
        raise ValueError(text)
    seconds = int(found[2]) * _SECONDS[found[3]]
    named = dict(one.split(" ", 1) for one in rest)
    target = SlaTarget(
        priority=named.get("priority", ""),
        category=named.get("category", ""),
        channel=named.get("channel", ""),
        since=since,
        until=until,
    )
    return target._replace(reply=seconds) if found[1] == "reply" else target._replace(solve=seconds)


def read_history(history: Sequence[tuple[int, Sequence[str]]]) -> tuple[SlaTarget, ...]:
    """All targets there ever were, from what the settings said since when (UTC seconds), oldest first."""
    ends = [*(since for since, _ in history[1:]), 2**62]
    return tuple(
        read_target(text, since, end)
        for (since, texts), end in zip(history, ends, strict=False)
        for text in texts
    )


def find_target(
    targets: Iterable[SlaTarget], at: int, priority: str, category: str, channel: str, *, solve: bool = False
) -> SlaTarget | None:
    """The target in force at `at` for such a message: the one that names most of it, the first of equals.

    With `solve` that for solving, else that for answering.
    """
    fitting = [
        one
        for one in targets
        if (one.solve if solve else one.reply)
        and one.since <= at < one.until
        and one.priority in ("", priority)
        and one.category in ("", category)
        and one.channel in ("", channel)
    ]
    return max(fitting, key=_exactness, default=None)


def _exactness(target: SlaTarget) -> tuple[bool, bool, bool]:
    return bool(target.priority), bool(target.category), bool(target.channel)

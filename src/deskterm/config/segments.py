"""Parsing the owner's rules for groups of customers: `VIP = "orders >= 5 or spent >= 300"`."""

import re
from typing import NamedTuple

from deskterm.lazy_regex import lazy_regex

FIGURES = ("orders", "spent", "refunds", "days", "quiet")
_CONDITION = lazy_regex(rf"({'|'.join(FIGURES)})\s*(>=|<=|>|<|=)\s*([0-9]{{1,9}}(?:\.[0-9]{{1,2}})?)")


class SegmentCondition(NamedTuple):
    """A comparison of one of the customer's figures."""

    figure: str
    sign: str
    value: float


def parse_rule(text: str) -> tuple[tuple[SegmentCondition, ...], ...]:
    """Parse a rule: alternatives of conditions that must all hold (`and` before `or`). Raises ValueError."""
    return tuple(
        tuple(_parse_condition(part) for part in re.split(r"\s+and\s+", alternative.strip()))
        for alternative in re.split(r"\s+or\s+", text.strip())
    )


def _parse_condition(text: str) -> SegmentCondition:
    found = _CONDITION.fullmatch(text.strip())
    if not found:
        raise ValueError(text.strip())
    return SegmentCondition(found[1], found[2], float(found[3]))

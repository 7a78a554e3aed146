"""Which of the owner's segments a customer is in."""

import operator
from collections.abc import Callable, Mapping

from deskterm.config.segments import SegmentCondition, parse_rule
from deskterm.domain.money import as_decimal
from deskterm.domain.people.customers import CustomerFacts

_DAY = 86_400
_SIGNS: Mapping[str, Callable[[float, float], bool]] = {
    ">=": operator.ge,
    "<=": operator.le,
    ">": operator.gt,
    "<": operator.lt,
    "=": operator.eq,
}


def find_segments(facts: CustomerFacts, rules: Mapping[str, str], now: int) -> tuple[str, ...]:
    """The segments whose rules a customer meets at `now` (UTC seconds), in the owner's order."""
    figures = _figures(facts, now)
    return tuple(
        name
        for name, rule in rules.items()
        if any(all(_holds(one, figures) for one in both) for both in parse_rule(rule))
    )


def _figures(facts: CustomerFacts, now: int) -> dict[str, float]:
    """The values that rules can use: money in major units of the most used currency, times in days."""
    last = facts.last_order_at
    return {
        "orders": facts.orders,
        "spent": max((float(as_decimal(one)) for one in facts.spent), default=0.0),
        "refunds": facts.refunds,
        "days": (now - facts.since) // _DAY,
        "quiet": -1 if last is None else (now - last) // _DAY,
    }


def _holds(one: SegmentCondition, figures: Mapping[str, float]) -> bool:
    known = figures[one.figure]
    return known >= 0 and _SIGNS[one.sign](known, one.value)

"""Conditions of a step: what must be true of the ticket or its order.

They are written in forms the owner knows: a word of a macro's `needs:` (`not shipped`), a comparison as in a
macro's `{% if %}` (`tracking.days > 7`), or a term of a query, as in rules (`has:attachment`).
"""

import operator
import re
from collections.abc import Callable, Mapping
from dataclasses import field, replace
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from deskterm.domain.liquid.names import NAMES, Kind
from deskterm.domain.money import as_decimal
from deskterm.domain.orders.order import Money, Order
from deskterm.domain.query.parse import parse_query
from deskterm.domain.query.terms import Query, QueryField
from deskterm.domain.review.order_needs import Need, unmet
from deskterm.errors import PlaybookError
from deskterm.value_class import dataclass

_COMPARED = re.compile(
    r"""([a-z]+\.[a-z_]+)\s*(==|!=|>=|<=|>|<)\s*("[^"]*"|'[^']*'|\d{1,9}(?:\.\d{1,2})?|[a-z]+\.[a-z_]+)"""
)
_SIGNS: dict[str, Callable[[Any, Any], bool]] = {
    "==": operator.eq, "!=": operator.ne, ">": operator.gt, "<": operator.lt, ">=": operator.ge,
    "<=": operator.le,
}  # fmt: skip
_SAID = {"==": "exactly", "!=": "not", ">": "more than", "<": "less than", ">=": "at least", "<=": "at most"}
_NUMBERS = (Kind.COUNT, Kind.MONEY)
_HAS = {
    Need.TRACKING: "a tracking number",
    Need.NO_TRACKING: "no tracking number",
    Need.OPEN_RETURN: "an open return",
}
_KNOWN = ("order", "tracking", "policy")  # the facts that a step can use
_DATED = (QueryField.BEFORE, QueryField.AFTER)
_TRIES = "Write one of " + ", ".join(Need) + ', or as in "tracking.days > 7" or "has:attachment".'


@dataclass(frozen=True, slots=True)
class Comparison:
    """A fact by its name, a sign, and another fact, a number or a text."""

    name: str
    sign: str
    other: str | Decimal
    is_name: bool = False  # whether `other` names a fact


@dataclass(frozen=True, slots=True)
class StepCondition:
    """A condition as written; one of `need`, `comparison` and `query` is set.

    A `query` has one term. It is true if one of the ticket's mails matches; if `negated`, if none does.
    """

    words: str
    need: Need | None = None
    comparison: Comparison | None = None
    query: Query | None = None
    negated: bool = False

    @property
    def sentence(self) -> str:
        """The condition for somebody who knows no placeholders: `no file is attached`."""
        if self.comparison is not None:
            one = self.comparison
            other = f"“{NAMES[str(one.other)].words}”" if one.is_name else one.other
            return f"“{NAMES[one.name].words}” is {_SAID[one.sign]} {other}"
        if self.query is None:
            has = _HAS.get(self.need) if self.need else None
            return f"it has {has}" if has else f"it is {self.words}"
        if self.query.terms[0].field is QueryField.HAS and "attachment" in self.query.terms[0].values:
            return f"{'no' if self.negated else 'a'} file is attached"
        return f"{'no' if self.negated else 'a'} mail fits the search {self.words.removeprefix('-')}"


@dataclass(frozen=True, slots=True)
class StepFacts:
    """What conditions are judged by.

    `order` is the ticket's if it is certain, `values` are the facts by name. `queries` are the words of the
    conditions whose query finds a mail of the ticket. `sent` are the macros that were sent to its customer,
    `done` the names of the actions that were done to its order in the store.
    """

    order: Order | None = None
    values: Mapping[str, object] = field(default_factory=dict)
    queries: frozenset[str] = frozenset()
    sent: frozenset[str] = frozenset()
    done: frozenset[str] = frozenset()


def parse_conditions(text: str) -> tuple[StepCondition, ...]:
    """Parse conditions separated by commas, all of which must be true. Raises PlaybookError."""
    found = tuple(_parse(part.strip()) for part in text.split(",") if part.strip())
    if not found:
        raise PlaybookError("A condition of a step is empty.", todo=_TRIES)
    return found


def judge_condition(condition: StepCondition, facts: StepFacts) -> bool | None:
    """Whether a condition is true; None if that is unknown, for example without an order."""
    if condition.need is not None:
        return None if facts.order is None else not unmet((condition.need,), facts.order)
    if condition.comparison is not None:
        return _compare(condition.comparison, facts.values)
    return (condition.words in facts.queries) is not condition.negated


def _parse(words: str) -> StepCondition:
    if words in {str(need) for need in Need}:
        return StepCondition(words, need=Need(words))
    if compared := _COMPARED.fullmatch(words):
        return StepCondition(words, comparison=_comparison(words, *compared.groups()))
    query = parse_query(f"{words} ", datetime(2000, 1, 1, tzinfo=UTC))
    if query.problems:
        raise PlaybookError(f"The condition {words} cannot be read: {query.problems[0].words}", todo=_TRIES)
    if len(query.terms) != 1 or query.terms[0].field in (QueryField.TEXT, *_DATED):
        raise PlaybookError(f"The condition {words} is not known.", todo=_TRIES)
    term = query.terms[0]
    return StepCondition(words, query=Query((replace(term, negated=False),)), negated=term.negated)


def _comparison(words: str, name: str, sign: str, other: str) -> Comparison:
    kinds = [_kind(words, name)]
    is_name = "." in other and other[0].isalpha()
    if is_name:
        kinds.append(_kind(words, other))
    is_text = other[0] in "\"'"
    numeric = all(kind in _NUMBERS for kind in kinds)
    if (
        is_text == (kinds[0] in _NUMBERS)
        or (is_name and not numeric)
        or (is_text and sign not in ("==", "!="))
    ):
        raise PlaybookError(
            f"The condition {words} compares what is not alike.",
            todo='Compare numbers with < and >, texts with == and in quotes: order.status == "shipped".',
        )
    value = other if is_name else other[1:-1] if is_text else Decimal(other)
    return Comparison(name, sign, value, is_name)


def _kind(words: str, name: str) -> Kind:
    known = NAMES.get(name)
    if known is None or name.partition(".")[0] not in _KNOWN or known.kind not in (*_NUMBERS, Kind.LINE):
        raise PlaybookError(
            f"The condition {words} names {name}, which is nothing to compare.",
            todo="Known are the numbers, amounts and single lines of order, tracking and policy.",
        )
    return known.kind


def _compare(one: Comparison, values: Mapping[str, object]) -> bool | None:
    left = _plain(values.get(one.name))
    right = _plain(values.get(str(one.other))) if one.is_name else one.other
    if left is None or right is None:
        return None
    return _SIGNS[one.sign](left, right)


def _plain(value: object) -> object:
    """A value for comparison: amounts in major units, numbers as decimals."""
    if isinstance(value, Money):
        return as_decimal(value)
    return Decimal(value) if isinstance(value, int) and not isinstance(value, bool) else value

"""A filter over orders: `sku:MUG-01 after:2026-11-01 is:unfulfilled -country:US`.

The syntax is that of ticket queries: commas for "or", a minus for "not", quotes around several words.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from deskterm.domain.moments import iso_week
from deskterm.domain.orders.order import Fulfilment, Order, OrderLine, Payment
from deskterm.domain.query.dates import TRIES, parse_day

_PART = re.compile(r'(?P<no>-?)(?:(?P<field>[a-z]+):)?(?:"(?P<quoted>[^"]*)"|(?P<bare>\S*))')
_WEEK = re.compile(r"\d{4}-w\d\d")
_OPEN = frozenset({Fulfilment.UNFULFILLED, Fulfilment.PARTLY})
_STATES: dict[str, Callable[[Order], bool]] = {
    "unfulfilled": lambda order: order.fulfilment in _OPEN and order.cancelled_at is None,
    "shipped": lambda order: order.fulfilment in (Fulfilment.SHIPPED, Fulfilment.DELIVERED),
    "delivered": lambda order: order.fulfilment is Fulfilment.DELIVERED,
    "undelivered": lambda order: order.on_its_way and order.fulfilment is not Fulfilment.DELIVERED,
    "paid": lambda order: order.payment in (Payment.PAID, Payment.PARTLY_REFUNDED),
    "refunded": lambda order: bool(order.refunds),
}
ORDER_FIELDS = {
    "sku": "a product's SKU; * stands for any end",
    "product": "words of a product's title",
    "tag": "a tag of the order, as of a batch",
    "carrier": "who carries the parcel",
    "sent": "the week it was sent in: 2026-W46",
    "country": "two letters, where it goes",
    "store": "the store's name",
    "order": "a number, or from..to",
    "after": "ordered since: 2026-11-30, monday, 7d",
    "before": "ordered before",
    "is": ", ".join(_STATES),
}
_Match = Callable[[Order, str], bool]


@dataclass(frozen=True, slots=True)
class OrderTerm:
    """One condition; `values` are alternatives, `at` the moment of a date (UTC seconds)."""

    field: str
    values: tuple[str, ...]
    negated: bool = False
    at: int = 0


@dataclass(frozen=True, slots=True)
class OrderFilter:
    """Conditions that must all hold. `problems` lists errors in the text; with any, nothing matches."""

    terms: tuple[OrderTerm, ...] = ()
    problems: tuple[str, ...] = ()

    @property
    def since(self) -> int:
        """The earliest time at which a matching order can have been placed (UTC seconds, 0 for any)."""
        return max((one.at for one in self.terms if one.field == "after" and not one.negated), default=0)

    def matches(self, order: Order) -> bool:
        """Whether an order matches. Test orders and deleted orders never do."""
        if self.problems or not self.terms or order.test or order.gone_at is not None:
            return False
        return all(_holds(term, order) for term in self.terms)

    def goods_of(self, order: Order) -> tuple[OrderLine, ...]:
        """The lines of a matching order that the filter is about; all of them if it names no goods."""
        named = [one for one in self.terms if one.field in _LINE_MATCHES and not one.negated]
        return tuple(line for line in order.lines if all(_names(term, line) for term in named)) or order.lines


def parse_filter(text: str, now: datetime) -> OrderFilter:
    """Parse a filter; `now` is in the owner's time zone."""
    terms: list[OrderTerm] = []
    problems: list[str] = []
    for part in filter(lambda found: found[0], _PART.finditer(text)):
        field, value = part["field"] or "product", part["quoted"] or part["bare"] or ""
        values = tuple(filter(None, (one.strip().casefold() for one in value.split(","))))
        problem, at = _check(field, values, now)
        if problem:
            problems.append(problem)
        else:
            terms.append(OrderTerm(field, values, bool(part["no"]), at))
    return OrderFilter(tuple(terms), tuple(problems))


def _check(field: str, values: tuple[str, ...], now: datetime) -> tuple[str, int]:
    """The problem with a condition ("" for none), and the moment of its date."""
    if field not in ORDER_FIELDS:
        return f"{field}: is no condition on orders; there are {', '.join(ORDER_FIELDS)}.", 0
    if not values:
        return f"{field}: needs a value.", 0
    if field in ("after", "before"):
        day = parse_day(values[0], now)
        return ("", int(day.timestamp())) if day else (f"{values[0]} is no day; write {TRIES}.", 0)
    if field == "sent" and not all(map(_WEEK.fullmatch, values)):
        return f"{values[0]} is no week; write 2026-W46.", 0
    unknown = [one for one in values if field == "is" and one not in _STATES]
    return (f"is:{unknown[0]} is not known; there are {', '.join(_STATES)}.", 0) if unknown else ("", 0)


def _holds(term: OrderTerm, order: Order) -> bool:
    if term.field == "after":
        found = order.placed_at >= term.at
    elif term.field == "before":
        found = order.placed_at < term.at
    else:
        found = any(_MATCHES[term.field](order, value) for value in term.values)
    return found != term.negated


def _names(term: OrderTerm, line: OrderLine) -> bool:
    return any(_LINE_MATCHES[term.field](line, value) for value in term.values)


def _any_is(texts: Iterable[str], value: str) -> bool:
    return any(one.casefold() == value for one in texts)


def _has_sku(line: OrderLine, value: str) -> bool:
    sku = line.sku.casefold()
    return sku.startswith(value[:-1]) if value.endswith("*") else sku == value


def _has_title(line: OrderLine, value: str) -> bool:
    title = f"{line.title} {line.variant}".casefold()
    return all(word in title for word in value.split())


def _has_number(order: Order, value: str) -> bool:
    first, dots, last = value.partition("..")
    if not dots:
        return order.number.casefold() == value.lstrip("#")
    ends = [re.sub(r"\D", "", one) for one in (first, order.number, last)]
    return all(ends) and int(ends[0]) <= int(ends[1]) <= int(ends[2])


_LINE_MATCHES: dict[str, Callable[[OrderLine, str], bool]] = {"sku": _has_sku, "product": _has_title}
_MATCHES: dict[str, _Match] = {
    "sku": lambda order, value: any(_has_sku(line, value) for line in order.lines),
    "product": lambda order, value: any(_has_title(line, value) for line in order.lines),
    "tag": lambda order, value: _any_is(order.tags, value),
    "carrier": lambda order, value: any(value in one.carrier.casefold() for one in order.shipments),
    "sent": lambda order, value: _any_is(
        (iso_week(one.shipped_at) for one in order.shipments if one.shipped_at), value
    ),
    "country": lambda order, value: order.ship_to.country.casefold() == value,
    "store": lambda order, value: order.store.casefold() == value,
    "order": _has_number,
    "is": lambda order, value: _STATES[value](order),
}

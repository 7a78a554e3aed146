"""Reading the values in an orders file: amounts, times, quantities, words."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, tzinfo
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from functools import lru_cache
from zoneinfo import ZoneInfo

from deskterm.domain.money import decimals
from deskterm.domain.orders.order import Money, Order, OrderFact, Payment
from deskterm.domain.text import block, line
from deskterm.value_class import dataclass

_PLAIN = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_COMMA = re.compile(r"-?[0-9]+,[0-9][0-9]")  # 12,50: a group of thousands has three digits
_GROUPED = re.compile(r"-?[0-9]{1,3}(,[0-9]{3})+\.[0-9]+")  # 1,234.50
_GROUPED_COMMA = re.compile(r"-?[0-9]{1,3}(\.[0-9]{3})+,[0-9]+")  # 1.234,50
_SPACED_OFFSET = re.compile(r"\s+(?=[+-]\d\d:?\d\d$)")
_PIECES = re.compile(
    r"\s*(?:[x×]\s?)?(-?[0-9]{1,7})(?:[.,]0{1,2})?\s?(?:[x×]|[^\W\d_]{2,8}\.?)?\s*", re.IGNORECASE
)
_WHOLE = re.compile(r"([0-9]{1,15})\.0{1,2}")  # as spreadsheets write what they take for a number
_LONGEST = 500
_MOST_MINOR = 10**15  # of any price; sums of them fit into SQLite's integers
_MOST_PIECES = 1_000_000


@dataclass(frozen=True, slots=True)
class Reading:
    """The orders of a file; `problems` names each that could not be read, with line and reason."""

    orders: tuple[Order, ...]
    problems: tuple[str, ...] = ()


class OrderCollector:
    """Collects the orders of a file one by one, each with its place, for what has to be said of them.

    Of orders with the same key and number the last counts.
    """

    def __init__(self) -> None:
        self._orders: dict[tuple[str, str], tuple[object, Order]] = {}
        self._problems: list[str] = []
        self._without_currency: list[object] = []

    def leave_out(self, place: object, broken: "BrokenRow") -> None:
        """Note an order that cannot be read."""
        self._problems.append(f"{place}: {broken}")

    def add(self, place: object, order: Order, problems: Iterable[str], unread: Sequence[OrderFact]) -> None:
        """Take an order; `problems` are its values that are unreadable, `unread` what that leaves unknown."""
        self._problems += [f"{place}: {one}; the order is here without it" for one in problems]
        order = _without_unread(order, unread)
        if not order.total.currency:
            order = _without_amounts(order)
            self._without_currency.append(place)
        self._orders[order.external_id, order.number] = place, order

    def reading(self) -> Reading:
        """All of it. Orders that share a key with another are left out: one would overwrite the other."""
        times = Counter(key for key, _ in self._orders)
        kept = tuple(order for (key, _), (_, order) in self._orders.items() if times[key] == 1)
        doubled = [
            f"{place}: its key {key} belongs to {times[key]} orders, so they are left out"
            for (key, _), (place, _) in self._orders.items()
            if times[key] > 1
        ]
        return Reading(kept, (*self._lack_of_currency(), *self._problems, *doubled))

    def _lack_of_currency(self) -> tuple[str, ...]:
        """One sentence on all orders whose currency is not named."""
        if not self._without_currency:
            return ()
        first, more = self._without_currency[0], len(self._without_currency) - 1
        others = f" and {more} more" if more else ""
        kept = "the orders are here without their" if more else "the order is here without its"
        cure = 'name it below [[store]] in config.toml, as in `currency = "EUR"`'
        return (f"{first}{others}: the currency is not named, and {kept} amounts; {cure}",)


def _without_unread(order: Order, facts: Sequence[OrderFact]) -> Order:
    """The order, with what of it could not be read marked as unknown."""
    if not facts:
        return order
    payment = Payment.UNKNOWN if OrderFact.PAYMENT in facts else order.payment
    return replace(order, payment=payment, unread=tuple(dict.fromkeys((*order.unread, *facts))))


def _without_amounts(order: Order) -> Order:
    """The order of an unknown currency, with its amounts marked as unknown."""
    nothing = Money(0, "")
    lines = tuple(replace(one, price=nothing) for one in order.lines)
    refunds = tuple(replace(one, amount=nothing) for one in order.refunds)
    order = replace(order, total=nothing, lines=lines, refunds=refunds)
    return _without_unread(order, (OrderFact.TOTAL, OrderFact.PRICES))


class BrokenRow(Exception):
    """An order that cannot be read; the text says why. Caught within sync/stores."""


def amount(text: object, currency: str, what: str, *, rounded: bool = False) -> Money:
    """An amount in a file, in minor units. Raises BrokenRow if it is ambiguous.

    More digits than the currency has are an error, unless `rounded` says that
    the figure is a share of a line (a net price) that may be rounded.
    """
    words = str(text).strip().replace("\u00a0", "").removesuffix(currency).removeprefix(currency).strip()
    if _COMMA.fullmatch(words) or _GROUPED_COMMA.fullmatch(words):
        words = words.replace(".", "").replace(",", ".")
    elif _GROUPED.fullmatch(words):
        words = words.replace(",", "")
    if not _PLAIN.fullmatch(words) or len(words) > 20:  # noqa: PLR2004 - no price has that many digits
        raise BrokenRow(f'the {what} "{line(words[:30])}" is no amount')
    minor = Decimal(words).scaleb(decimals(currency))
    if abs(minor) > _MOST_MINOR:
        raise BrokenRow(f'the {what} "{words}" is larger than any price')
    if minor != minor.to_integral_value() and not rounded:
        raise BrokenRow(f'the {what} "{words}" has more digits than {currency} has')
    return Money(int(minor.to_integral_value(ROUND_HALF_UP)), currency)


def currency(text: object) -> str:
    """An ISO 4217 code. Raises BrokenRow for anything else."""
    code = str(text or "").strip().upper()
    if not re.fullmatch(r"[A-Z]{3}", code):
        raise BrokenRow("its currency is not named")
    return code


def moment(text: object, zone: tzinfo, what: str) -> int:
    """A time in a file as UTC seconds; without an offset it is in `zone`."""
    words = _SPACED_OFFSET.sub("", str(text).strip()).removesuffix(" UTC")
    try:
        read = datetime.fromisoformat(words)
        return int((read if read.tzinfo else read.replace(tzinfo=zone)).timestamp())
    except (ValueError, OverflowError) as error:
        raise BrokenRow(f'the {what} "{line(words[:30])}" is no time') from error


def utc_seconds(text: str) -> int:
    """A time as shops write it (ISO 8601, without an offset UTC), as UTC seconds. BrokenRow for another."""
    return moment(text, UTC, "time")


def moment_or_none(text: object, zone: ZoneInfo, what: str) -> int | None:
    """The same, None where nothing is written."""
    return moment(text, zone, what) if str(text or "").strip() else None


def quantity(text: object) -> int:
    """A number of pieces. Raises BrokenRow for a fraction."""
    return _read_quantity(str(text))


@lru_cache(maxsize=1000)
def _read_quantity(text: str) -> int:
    counted = _PIECES.fullmatch(text)
    try:
        number = Decimal(counted[1] if counted else text.strip() or "0")
    except InvalidOperation as error:
        raise BrokenRow(f'the quantity "{line(text[:30])}" is no number') from error
    is_sane = number.is_finite() and -_MOST_PIECES <= number <= _MOST_PIECES
    if not is_sane or number != number.to_integral_value():
        raise BrokenRow(f'the quantity "{line(text[:30])}" is no whole number')
    return int(number)


def words(row: Mapping[str, object], *names: str) -> str:
    """The first non-empty of these fields, as a safe line."""
    for name in names:
        value = row.get(name)
        if value is not None and value != "":  # most cells say nothing
            text = str(value).strip()
            return (text if text.isascii() and text.isprintable() else line(text))[:_LONGEST]
    return ""


def note(text: object) -> str:
    """A customer's or the owner's note, as safe lines."""
    return block(str(text).strip())[:5000] if text else ""


def number(text: str) -> str:
    """An order number without its `#`: `#1042` is "1042"."""
    shown = text.strip().lstrip("#").strip()
    whole = _WHOLE.fullmatch(shown)
    return whole[1] if whole else shown

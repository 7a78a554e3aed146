"""Formatting dates and money in macros."""

from time import gmtime, strftime
from typing import Protocol

from deskterm.domain.money import as_decimal
from deskterm.domain.orders.order import Money


class ValueFormats(Protocol):
    """Formats dates (UTC seconds) and money; `formats.Formats` is one."""

    def date(self, at: int) -> str:
        """`7 Nov 2025`."""

    def money(self, money: Money) -> str:
        """`€98.00`."""


class Plain:
    """ISO dates and plain amounts, for checks and without a locale."""

    def date(self, at: int) -> str:
        """`2025-11-07`, in UTC."""
        return strftime("%Y-%m-%d", gmtime(at))

    def money(self, money: Money) -> str:
        """`98.00 EUR`."""
        return f"{as_decimal(money)} {money.currency}"


PLAIN = Plain()

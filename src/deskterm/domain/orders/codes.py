"""Discount codes that the owner made in the shop beforehand, to give out one by one: `SORRY-1 = 10 %`."""

import re
from collections.abc import Collection, Iterable

from deskterm.domain.money import parse_amount
from deskterm.domain.orders.order import Money
from deskterm.value_class import dataclass

_CODE = re.compile(r"(?P<code>[^\s=]{2,60})\s*=\s*(?:(?P<percent>\d{1,3})\s*%|(?P<amount>[\d.,]+))")


@dataclass(frozen=True, slots=True)
class ListedCode:
    """A code of the owner's list, which takes off a percentage or an amount."""

    code: str
    percent: int
    amount: Money | None


def read_codes(listed: Iterable[str], currency: str) -> list[ListedCode]:
    """Parse the list, with amounts in that currency; lines that are not codes are left out."""
    found = []
    for one in filter(None, map(_CODE.fullmatch, map(str.strip, listed))):
        amount = parse_amount(one["amount"], currency) if one["amount"] else None
        if amount is not None or one["percent"]:
            found.append(ListedCode(one["code"], int(one["percent"] or 0), amount))
    return found


def unused_codes(codes: Iterable[ListedCode], given: Collection[str]) -> list[ListedCode]:
    """The codes that have not been given to anybody."""
    return [one for one in codes if one.code not in given]


def names_code(text: str, code: str) -> bool:
    """Whether a text has that code in any case, and not as part of a longer one."""
    return re.search(rf"(?<![\w-]){re.escape(code)}(?![\w-])", text, re.IGNORECASE) is not None

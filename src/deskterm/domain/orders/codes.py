"""Discount codes that the owner has made in the shop and gives out one by one: `SORRY-1 = 10 %`."""

import re
from collections.abc import Collection, Iterable

from deskterm.domain.money import parse_amount
from deskterm.domain.orders.order import Money
from deskterm.value_class import dataclass

_CODE = re.compile(r"(?P<code>[^\s=]{2,60})\s*=\s*(?:(?P<percent>\d{1,3})\s*%|(?P<amount>[\d.,]+))")


@dataclass(frozen=True, slots=True)
class ListedCode:
    """One code of the owner's list: what it takes off is a share or an amount."""

    code: str
    percent: int
    amount: Money | None


def read_codes(listed: Iterable[str], currency: str) -> list[ListedCode]:
    """The codes of the list, with amounts in that currency; what is no code is left out."""
    found = []
    for one in filter(None, map(_CODE.fullmatch, map(str.strip, listed))):
        amount = parse_amount(one["amount"], currency) if one["amount"] else None
        if amount is not None or one["percent"]:
            found.append(ListedCode(one["code"], int(one["percent"] or 0), amount))
    return found


def not_given(codes: Iterable[ListedCode], given: Collection[str]) -> list[ListedCode]:
    """The codes that nobody has got yet."""
    return [one for one in codes if one.code not in given]


def names_code(text: str, code: str) -> bool:
    """Whether a text names that code, in any case, and not a longer one that it is a part of."""
    return re.search(rf"(?<![\w-]){re.escape(code)}(?![\w-])", text, re.IGNORECASE) is not None

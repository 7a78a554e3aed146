"""The prefix and suffix of a store's order numbers (`WEB-1042-DE`), learned from the numbers themselves.

Customers leave them out: with "order 1042" they mean WEB-1042-DE.
"""

import re
from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

_PARTS = re.compile(r"(.*?)([0-9]{2,})([^0-9]*)", re.DOTALL)
_FEWEST = 3  # numbers needed to learn from
_SHARE = 0.9  # of them must agree


class Affixes(NamedTuple):
    """The text before and after the digits, and to how many digits numbers are zero-padded (0: not)."""

    prefix: str = ""
    suffix: str = ""
    width: int = 0

    def write(self, number: str) -> str:
        """A bare number as the store writes it; anything else unchanged."""
        bare = number.casefold().removeprefix(self.prefix.casefold()).removesuffix(self.suffix.casefold())
        if not bare.isdecimal() or len(bare) > _LONGEST:
            return number
        return f"{self.prefix}{bare.zfill(self.width)}{self.suffix}"

    def bare(self, number: str) -> str:
        """The bare number of an order number: `1042`."""
        found = number.removeprefix(self.prefix).removesuffix(self.suffix)
        return found.lstrip("0") if self.width and found.isdecimal() else found


_LONGEST = 12  # digits
NONE = Affixes()


def learn_affixes(numbers: Iterable[str]) -> Affixes:
    """The affixes that nearly all of a store's latest numbers share; NONE if they do not agree."""
    parts = [found for number in numbers if (found := _PARTS.fullmatch(number))]
    if len(parts) < _FEWEST:
        return NONE
    (prefix, suffix), count = Counter((one[1], one[3]) for one in parts).most_common(1)[0]
    if count < _SHARE * len(parts):
        return NONE
    digits = [one[2] for one in parts if (one[1], one[3]) == (prefix, suffix)]
    padded = len({len(one) for one in digits}) == 1 and all(one.startswith("0") for one in digits)
    return Affixes(prefix, suffix, len(digits[0]) if padded else 0)

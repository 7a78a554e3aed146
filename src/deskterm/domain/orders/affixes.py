"""What a store writes around its order numbers (`WEB-1042-DE`), learned from the numbers themselves.

Customers leave it out: "order 1042" is WEB-1042-DE where a store writes all its numbers so.
"""

import re
from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

_PARTS = re.compile(r"(.*?)([0-9]{2,})([^0-9]*)", re.DOTALL)
_FEWEST = 3  # numbers that show a habit
_SHARE = 0.9  # of them that have to agree


class Affixes(NamedTuple):
    """What stands before and after the digits, and how many digits zeros fill up (0: none do)."""

    prefix: str = ""
    suffix: str = ""
    width: int = 0

    def write(self, number: str) -> str:
        """A number as the store writes it; one that is no bare number stays as it is."""
        bare = number.casefold().removeprefix(self.prefix.casefold()).removesuffix(self.suffix.casefold())
        if not bare.isdecimal() or len(bare) > _LONGEST:
            return number
        return f"{self.prefix}{bare.zfill(self.width)}{self.suffix}"

    def bare(self, number: str) -> str:
        """The bare number of one as the store writes it: `1042`."""
        found = number.removeprefix(self.prefix).removesuffix(self.suffix)
        return found.lstrip("0") if self.width and found.isdecimal() else found


_LONGEST = 12  # digits
NONE = Affixes()


def learn_affixes(numbers: Iterable[str]) -> Affixes:
    """What nearly all of a store's latest numbers have in common; nothing where few agree."""
    parts = [found for number in numbers if (found := _PARTS.fullmatch(number))]
    if len(parts) < _FEWEST:
        return NONE
    (prefix, suffix), count = Counter((one[1], one[3]) for one in parts).most_common(1)[0]
    if count < _SHARE * len(parts):
        return NONE
    digits = [one[2] for one in parts if (one[1], one[3]) == (prefix, suffix)]
    padded = len({len(one) for one in digits}) == 1 and all(one.startswith("0") for one in digits)
    return Affixes(prefix, suffix, len(digits[0]) if padded else 0)

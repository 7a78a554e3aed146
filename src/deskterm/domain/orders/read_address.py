"""Finding a new shipping address in a customer's mail."""

import re
from dataclasses import replace

from deskterm.domain.orders.order import PostalAddress

_CITY = r"(?P<city>[^\W\d][^\d,]{1,40})"
_TOWNS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?P<postcode>\d{{4}} ?[A-Z]{{2}})[ ,]+{_CITY}",  # 1012 AB Amsterdam
        rf"(?:[A-Z]{{1,3}}[- ])?(?P<postcode>\d{{4,5}}(?:[- ]\d{{3,4}})?)[ ,]+{_CITY}",  # 20457 Hamburg
        rf"{_CITY},? +(?P<region>[A-Z]{{2}}),? +(?P<postcode>\d{{5}}(?:-\d{{4}})?)",  # Reno, NV 89501
        rf"{_CITY},? +(?P<postcode>[A-Z]{{1,2}}\d[A-Z\d]? ?\d[A-Z]{{2}})",  # Leeds LS1 4AP
    )
)
_STREET = re.compile(r"(?=.*\d)(?!.*\d{6})(?=.*[^\W\d_]{3}).{5,60}")  # no tracking number
_MOST_WORDS = 4  # of a name
_NO_NAME = re.compile(r"[\d:?!,]")
_BEFORE = re.compile(r"^.*?(?::|\b(?:is|ist|est|es|to|an|nach|at|lautet)\b:?)\s+", re.IGNORECASE)


def read_address(text: str, was: PostalAddress) -> PostalAddress | None:
    """The new address in a mail, None if none is certain. Name and country stay if the mail has none."""
    parts = [part.strip(" .;") for row in text.splitlines() for part in re.split(r",(?= )", row)]
    rows = [row.strip(" .;") for row in text.splitlines()]
    return _read(rows, was) or _read(parts, was)


def _read(lines: list[str], was: PostalAddress) -> PostalAddress | None:
    for at, line in enumerate(lines):
        town = next((found for one in _TOWNS if (found := one.fullmatch(line))), None)
        if town is None or at == 0:
            continue
        street = _BEFORE.sub("", lines[at - 1])
        if not _STREET.fullmatch(street):
            continue
        above = lines[at - 2] if at > 1 else ""
        named = 1 < len(above.split()) <= _MOST_WORDS and not _NO_NAME.search(above)
        parts = {key: value.strip() for key, value in town.groupdict().items()}
        region = parts.get("region", was.region if parts["city"] == was.city else "")
        return replace(was, street=street, name=above if named else was.name, **{**parts, "region": region})
    return None

"""Shipping addresses: finding a new one in a customer's mail, and what looks wrong in one."""

import re
from collections.abc import Iterator
from dataclasses import replace

from deskterm.domain.formats import Formats
from deskterm.domain.orders.order import PostalAddress

_CITY = r"(?P<city>[^\W\d][^\d,]{1,40})"
_AFTER = r"(?: +[a-z][^\d,]*)?"  # "please?"
_TOWNS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?P<postcode>\d{{4}} ?[A-Z]{{2}})[ ,]+{_CITY}",  # 1012 AB Amsterdam
        rf"(?:[A-Z]{{1,3}}[- ])?(?P<postcode>\d{{4,5}}(?:[- ]\d{{3,4}})?)[ ,]+{_CITY}",  # 20457 Hamburg
        rf"{_CITY},? +(?P<region>[A-Z]{{2}}),? +(?P<postcode>\d{{5}}(?:-\d{{4}})?){_AFTER}",  # Reno, NV 89501
        rf"{_CITY},? +(?P<postcode>[A-Z]{{1,2}}\d[A-Z\d]? ?\d[A-Z]{{2}}){_AFTER}",  # Leeds LS1 4AP
    )
)
_STREET = re.compile(r"(?=.*\d)(?!.*\d{6})(?=.*[^\W\d_]{3}).{5,60}")  # no tracking number
_MOST_WORDS = 4  # of a name
_NO_NAME = re.compile(r"[\d:?!,]")
_BEFORE = re.compile(  # what leads to a street: "please send it to 9 Elm Road", but not "An der Alster 5"
    r"^.*(?::\s+|\b(?:is|ist|est|es|to|an|nach|at|lautet|en|à)\s+(?=\d|[^\W\d_a-zà-ÿ]))"
)


def read_address(text: str, was: PostalAddress, formats: Formats) -> PostalAddress | None:
    """The new address in a mail, None if none is certain. Name and country stay if the mail has none."""
    rows = [row.strip(" .;") for row in text.splitlines()]
    parts = [part.strip(" .;") for row in text.splitlines() for part in re.split(r",(?= )", row)]
    return _read(rows, was, formats) or _read(parts, was, formats)


def _read(lines: list[str], was: PostalAddress, formats: Formats) -> PostalAddress | None:
    for at, above in enumerate(lines[:-1]):
        street = _BEFORE.sub("", above)
        if not _STREET.fullmatch(street):
            continue
        for size in (1, 2):  # "Reno, NV 89501" are two parts of a sentence
            town = _town_in(", ".join(lines[at + 1 : at + 1 + size]))
            if town is None:
                continue
            name = lines[at - 1] if at > 0 else ""
            named = 1 < len(name.split()) <= _MOST_WORDS and not _NO_NAME.search(name)
            region = town.get("region", was.region if town["city"] == was.city else "")
            country = formats.country_code("".join(lines[at + 1 + size : at + 2 + size])) or was.country
            given = {**town, "region": region, "country": country}
            return replace(was, street=street, name=name if named else was.name, **given)
    return None


def _town_in(text: str) -> dict[str, str] | None:
    """The parts of a line with a postal code and a city, None where it is no such line."""
    found = next((found for one in _TOWNS if (found := one.fullmatch(text))), None)
    return found and {key: value.strip() for key, value in found.groupdict().items()}


# How postal codes are written: an example of each form, by country. Other countries are not checked.
_POSTCODES = {
    "AT": "1010", "AU": "2000", "BE": "1000", "BG": "1000", "BR": "01310-100", "CA": "K1A 0B1", "CH": "8001",
    "CY": "1010", "CZ": "110 00", "DE": "10115", "DK": "1050", "EE": "10111", "ES": "28013", "FI": "00100",
    "FR": "75001", "GB": "EC1A 1BB, W1A 0AX, M1 1AE, B33 8TH, CR2 6XH, DN55 1PT", "GR": "105 57",
    "HR": "10000", "HU": "1011", "IN": "110001", "IT": "00118", "JP": "100-0001", "KR": "03051", "LI": "9490",
    "LT": "01100, LT-01100", "LU": "1009", "LV": "1010, LV-1010", "MX": "06000", "NL": "1012 AB",
    "NO": "0150", "NZ": "6011", "PL": "00-001", "PT": "1000-001", "RO": "010011", "SE": "111 20",
    "SG": "018956",
    "SI": "1000", "SK": "811 01", "TR": "34010", "UA": "01001", "US": "97301, 97301-1234", "ZA": "0001",
}  # fmt: skip
_WITH_REGION = frozenset({"AU", "CA", "US"})


def doubts_about(address: PostalAddress, formats: Formats) -> Iterator[str]:
    """What looks wrong in an address, a sentence each. None is certain: some villages have no numbers."""
    country = address.country
    if country and not formats.is_country(country):
        meant = " (the United Kingdom is GB)" if country == "UK" else ""
        yield f"{country} is not the code of a country{meant}."
    if address.street and not re.search(r"\d", address.street):
        yield "The street has no house number."
    if not address.city:
        yield "The city is missing."
    forms = _POSTCODES.get(country, "").split(", ")
    if forms[0] and _shape(address.postcode) not in map(_shape, forms):
        so_far = f"{address.postcode} is not" if address.postcode else "it is missing"
        yield f"Postal codes of {country} are written as in {forms[0]}: {so_far}."
    if country in _WITH_REGION and not address.region:
        yield f"The state or province is missing, which parcels to {country} need."


def _shape(postcode: str) -> str:
    """`1012 AB` is `0000AA`."""
    plain = re.sub(r"[\s-]", "", postcode.upper())
    return re.sub(r"[A-Z]", "A", re.sub(r"\d", "0", plain))

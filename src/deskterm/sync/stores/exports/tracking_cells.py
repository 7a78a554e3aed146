"""Parcels in cells of an orders file: which columns are about tracking, and the numbers in a cell."""

import json
import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from functools import lru_cache
from typing import Any

from deskterm.domain.orders.carriers import find_carrier, tracking_page
from deskterm.domain.orders.order import Shipment
from deskterm.domain.text import line

TRACKING = re.compile(
    r"track|sendungs|paketn|consignment|barcode|\bawb\b|waybill|suivi|seguimiento|tracciamento|śledzeni|spårning"
    r"|sporing|rastre|伝票番号|送り状|追跡番号|číslo zásilky|numer przesyłki"
    r"|(?:parcel|shipment|package|colis|pakket|paczki|envío) ?(?:number|no|nr|id|nummer|#)"
)
LINK = re.compile(r"url|link|\blien\b|enlace")
CARRIER = re.compile(
    r"carrier|courier|provider|company|versender|versanddienst|transporteur|transportista|corriere|vervoerder"
    r"|przewo[źz]nik"
)
_BESIDE = re.compile(r"status|dat[eau]|time|event|page|note|enabled|sent")
_NUMBER = re.compile(r"(?=(?:[^0-9]*[0-9]){2})[A-Za-z0-9][A-Za-z0-9 .\-]{2,38}[A-Za-z0-9]")
_PHP = re.compile(
    r's:\d+:"(tracking_provider|custom_tracking_provider|tracking_number|custom_tracking_link|tracking_link'
    r'|date_shipped)";(?:s:\d+:"([^"]*)"|i:(\d+))'
)
_NEXT_ARRAY = re.compile(r"i:\d+;a:\d+:\{")
_PACKED = ("a:", "[", "{")


def plain_name(name: str) -> str:
    """A column's name in plain words: `meta:_Tracking_Number` is "meta tracking number"."""
    return re.sub(r"[_\-.:/\s]+", " ", name.casefold()).strip()


def parcels_in(cells: Iterable[tuple[str, str]], shipped: int | None = None) -> tuple[Shipment, ...]:
    """The parcels in these cells (name and text), shipped at `shipped` (UTC seconds).

    Plugins pack several into one cell as PHP or JSON; other cells have numbers or a link.
    """
    numbers: list[str] = []
    carrier, link = "", ""
    for name, text in cells:
        value = text.strip()
        if not value or not (kind := _tracking_name(name)):
            continue
        if value.startswith(_PACKED):
            if packed := _unpack(value):
                return packed
        elif value.startswith(("https://", "http://")):
            link = link or line(value)
        elif CARRIER.search(kind):
            carrier = carrier or find_carrier(line(value))
        elif not (LINK.search(kind) or _BESIDE.search(kind)):
            numbers += tracking_numbers(value)
    if not numbers:
        return (Shipment(carrier, "", link, shipped),) if link else ()
    listed = dict.fromkeys(numbers)
    return tuple(
        Shipment(carrier, one, link if len(listed) == 1 and link else tracking_page(carrier, one), shipped)
        for one in listed
    )


@lru_cache(maxsize=1000)  # bounded: names of attributes that apps write are endless
def _tracking_name(name: str) -> str:
    """The plain name of a cell about tracking, else ""."""
    plain = plain_name(name)
    return plain if TRACKING.search(plain) else ""


def tracking_numbers(text: str) -> list[str]:
    """The tracking numbers in a cell; words with few digits are not numbers."""
    return [
        line(part.strip())
        for part in re.split(r"[;,|\n]|(?<!\s)\s+(?:and|und|et|y|e|en|&)\s+", text)
        if _NUMBER.fullmatch(part.strip())
    ]


def _unpack(text: str) -> tuple[Shipment, ...]:
    found = _from_php(text) if text.startswith("a:") else _from_json(text)
    return tuple(_parcel(one) for one in found if str(one.get("tracking_number") or "").strip())


def _from_php(text: str) -> list[dict[str, str]]:
    return [
        {name: plain or digits for name, plain, digits in _PHP.findall(part)}
        for part in _NEXT_ARRAY.split(text)
    ]


def _from_json(text: str) -> list[dict[str, Any]]:
    with suppress(ValueError, RecursionError):
        found = json.loads(text)
        return [one for one in (found if isinstance(found, list) else [found]) if isinstance(one, dict)]
    return []


def _parcel(found: Mapping[str, Any]) -> Shipment:
    def first_of(*names: str) -> str:
        return next((line(str(found[name])) for name in names if found.get(name)), "")

    carrier = find_carrier(first_of("tracking_provider", "custom_tracking_provider", "carrier"))
    number = first_of("tracking_number")
    link = first_of("custom_tracking_link", "tracking_link", "tracking_url")
    shipped = _seconds(first_of("date_shipped"))
    return Shipment(carrier, number, link or tracking_page(carrier, number), shipped)


def _seconds(text: str) -> int | None:
    return int(text) if re.fullmatch(r"[0-9]{9,11}", text) else None

"""Cells that hold several values: `name:Mug|sku:M1;name:Bowl|…`, HTML entities, PHP's serialised arrays."""

import html
import re
from collections.abc import Iterable, Mapping
from contextlib import suppress

from deskterm.domain.orders.order import Shipment
from deskterm.sync.stores.reading import words

PackedItem = Mapping[str, str]
_ITEM_BEGINS = re.compile(r";\s*(?=(?:id|name|code|amount|refund_id|product_id):)")
_FIELD_BEGINS = re.compile(r"\|(?=[A-Za-z_]\w*:)")
_PHP = re.compile(
    r's:\d+:"(tracking_provider|custom_tracking_provider|tracking_number|custom_tracking_link|tracking_link'
    r'|date_shipped)";(?:s:\d+:"([^"]*)"|i:(\d+))'
)
_NEXT_ARRAY = re.compile(r"i:\d+;a:\d+:\{")
_COLUMN = re.compile(r"tracking(?!.*(?:provider|company|carrier|link|url|date|status))", re.IGNORECASE)


def unescape(text: str) -> str:
    """Text with HTML's entities read: exporters write `&amp;` as the shop's page does."""
    return html.unescape(text) if "&" in text else text


def unpack_items(cells: Iterable[str]) -> list[PackedItem]:
    """The items of packed cells. A `;` parts two items only where a field begins behind it."""
    items = (part for cell in cells for part in _ITEM_BEGINS.split(unescape(cell)))
    return [fields for item in items if (fields := _fields(item))]


def _fields(item: str) -> dict[str, str]:
    pairs = (part.partition(":") for part in _FIELD_BEGINS.split(item) if ":" in part)
    return {name.strip(): value.strip() for name, _, value in pairs}


def read_shipments(row: Mapping[str, str]) -> tuple[Shipment, ...]:
    """Parcels from the columns that tracking plugins write, serialised or plain."""
    for name, text in row.items():
        if text and "tracking" in name.lower() and "tracking_number" in text:
            return tuple(_unserialise(text))
    found = next((row[name] for name in row if row[name] and _COLUMN.search(name)), "")
    if not found.strip() or found.startswith(("a:", "[", "{")):
        return ()
    carrier, url = _column(row, "provider", "company", "carrier"), _column(row, "link", "url")
    return (Shipment(carrier, words({"": found}, ""), url, None),)


def _column(row: Mapping[str, str], *kinds: str) -> str:
    names = [
        name for name in row if "tracking" in name.lower() and any(kind in name.lower() for kind in kinds)
    ]
    return words(row, *names)


def _unserialise(text: str) -> Iterable[Shipment]:
    for part in _NEXT_ARRAY.split(text):
        found = {name: plain or digits for name, plain, digits in _PHP.findall(part)}
        if found.get("tracking_number"):
            yield Shipment(
                words(found, "tracking_provider", "custom_tracking_provider"),
                words(found, "tracking_number"),
                words(found, "custom_tracking_link", "tracking_link"),
                _seconds(found.get("date_shipped", "")),
            )


def _seconds(text: str) -> int | None:
    with suppress(ValueError):
        return int(text)
    return None

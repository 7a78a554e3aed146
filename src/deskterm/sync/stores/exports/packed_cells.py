"""Cells that hold several values: `name:Mug|sku:M1;name:Bowl|…`, and HTML entities."""

import html
import re
from collections.abc import Iterable, Mapping

PackedItem = Mapping[str, str]
_ITEM_BEGINS = re.compile(r";\s*(?=(?:id|name|code|amount|refund_id|product_id):)")
_FIELD_BEGINS = re.compile(r"\|(?=[A-Za-z_]\w*:)")


def unescape(text: str) -> str:
    """Text with HTML entities decoded: exporters write `&amp;` as the shop's page does."""
    return html.unescape(text) if "&" in text else text


def unpack_items(cells: Iterable[str]) -> list[PackedItem]:
    """The items of packed cells. A `;` separates items only if a field name follows."""
    items = (part for cell in cells for part in _ITEM_BEGINS.split(unescape(cell)))
    return [fields for item in items if (fields := _fields(item))]


def _fields(item: str) -> dict[str, str]:
    pairs = (part.partition(":") for part in _FIELD_BEGINS.split(item) if ":" in part)
    return {name.strip(): value.strip() for name, _, value in pairs}

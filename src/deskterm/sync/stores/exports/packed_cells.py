"""Cells that hold several values: `name:Mug|sku:M1;name:Bowl|…`, and HTML entities."""

import html
import re
from collections.abc import Iterable, Mapping
from functools import lru_cache

PackedItem = Mapping[str, str]
_ITEM_BEGINS = re.compile(r";\s*(?=(?:id|name|code|amount|refund_id|product_id):)")
_FIELD_BEGINS = re.compile(r"\|(?=[A-Za-z_]\w*:)")


def unescape(text: str) -> str:
    """Text with HTML entities decoded: exporters write `&amp;` as the shop's page does."""
    return html.unescape(text) if "&" in text else text


def unpack_items(cells: Iterable[str]) -> list[PackedItem]:
    """The items of packed cells. A `;` separates items only if a field name follows."""
    return [fields for cell in cells for fields in _items(cell)]


@lru_cache(maxsize=2048)  # most orders are of what others bought
def _items(cell: str) -> list[PackedItem]:
    return [fields for item in _ITEM_BEGINS.split(unescape(cell)) if (fields := _fields(item))]


def _fields(item: str) -> dict[str, str]:
    pairs = (part.partition(":") for part in _FIELD_BEGINS.split(item) if ":" in part)
    return {name.strip(): value.strip() for name, _, value in pairs}

"""Parcels from the plugins Shipment Tracking and AST (one field) and WooCommerce's fulfilments."""

import html
from collections.abc import Iterable, Iterator, Mapping
from typing import Any
from urllib.parse import quote

from deskterm.domain.orders.carriers import find_carrier, tracking_page
from deskterm.domain.orders.order import Shipment
from deskterm.domain.text import line
from deskterm.sync.stores.reading import BrokenRow
from deskterm.sync.stores.woocommerce.orders import to_seconds
from deskterm.sync.stores.woocommerce.rows import WooFulfilment, WooMeta, WooOrder

PLUGINS = "_wc_shipment_tracking_items"  # Shipment Tracking and Advanced Shipment Tracking
FULFILMENTS = "_fulfillment_status"  # set if an order has some
_LONGEST = 300
_DAY = 10  # characters of `2026-11-02`


def read_parcels(row: WooOrder) -> tuple[Shipment, ...]:
    """The parcels that tracking plugins wrote into an order's fields."""
    found: list[Shipment] = []
    for meta in row.meta_data:
        if meta.key == PLUGINS and isinstance(meta.value, list):
            found += [_parcel(one) for one in meta.value if isinstance(one, dict)]
    return tuple(one for one in found if one.number or one.url)


def read_fulfilments(found: Iterable[WooFulfilment]) -> tuple[tuple[Shipment, ...], dict[int, int]]:
    """The parcels of fulfilments, and their pieces by line; planned ones are left out."""
    parcels: list[Shipment] = []
    sent: dict[int, int] = {}
    for one in found:
        if one.is_fulfilled in (True, 1, "1") and not one.date_deleted:
            values = {meta.key: meta.value for meta in one.meta_data}
            parcels.append(_fulfilment(one, values))
            for item, count in _items(values.get("_items")):
                sent[item] = sent.get(item, 0) + count
    return tuple(parcels), sent


def _parcel(row: Mapping[str, Any]) -> Shipment:
    """One entry of a plugin's field: carrier by name or short form, the date as Unix seconds."""
    number = _text(row.get("tracking_number"))
    carrier = _text(row.get("custom_tracking_provider") or row.get("tracking_provider"))
    link = _text(row.get("custom_tracking_link") or row.get("tracking_link")).replace("%1$s", quote(number))
    return Shipment(
        carrier=find_carrier(carrier),
        number=number,
        url=_web_address(link) or tracking_page(carrier, number),
        shipped_at=_moment(row.get("date_shipped")),
        external_id=_text(row.get("tracking_id")),
    )


def _fulfilment(one: WooFulfilment, values: Mapping[str, Any]) -> Shipment:
    number, carrier = _text(values.get("_tracking_number")), _text(values.get("_shipment_provider"))
    return Shipment(
        carrier=find_carrier(carrier),
        number=number,
        url=_web_address(_text(values.get("_tracking_url"))) or tracking_page(carrier, number),
        shipped_at=_moment(values.get("_date_fulfilled")),
        external_id=f"fulfilment {one.id}",
    )


def _items(value: Any) -> Iterator[tuple[int, int]]:
    for one in value if isinstance(value, list) else ():
        if isinstance(one, dict):
            item, count = str(one.get("item_id", "")), str(one.get("qty", one.get("quantity", "")))
            if item.isdecimal() and count.isdecimal():
                yield int(item), int(count)


def _moment(value: Any) -> int | None:
    text = str(value or "").strip()
    if text.isdecimal() and len(text) > _DAY - 2:
        return int(text) if len(text) <= _DAY else None
    try:
        return to_seconds(text.replace(" ", "T"), "time it was shipped") if text else None
    except BrokenRow:
        return None


def _web_address(text: str) -> str:
    return text if text.startswith(("https://", "http://")) else ""


def _text(value: object) -> str:
    return line(html.unescape(str(value or ""))).strip()[:_LONGEST]


def has_fulfilments(meta: Iterable[WooMeta]) -> bool:
    """Whether an order has fulfilments, which must be requested order by order."""
    return any(one.key == FULFILMENTS and one.value not in ("", "no_fulfillments", None) for one in meta)

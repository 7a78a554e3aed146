"""Sending a replacement in a WooCommerce store: a copy at no cost, with the key in its meta data."""

from typing import Any

import msgspec

from deskterm.domain.orders.actions import StoreAction
from deskterm.sync.stores.rows import decode
from deskterm.sync.stores.woocommerce.line import WooLine
from deskterm.sync.stores.woocommerce.rows import WooMeta

KEY = "_deskterm_key"
_NEWEST = {"per_page": "100", "orderby": "date", "order": "desc"}
_KEPT = (
    "first_name", "last_name", "company", "address_1", "address_2", "city", "state", "postcode", "country",
    "phone",
)  # fmt: skip


class CopiedItem(msgspec.Struct):
    """The fields of a line that are copied."""

    id: int
    product_id: int = 0
    variation_id: int = 0


class CopiedOrder(msgspec.Struct):
    """The fields of an order that a replacement copies; addresses are copied unchanged."""

    id: int
    number: str
    billing: dict[str, Any]
    shipping: dict[str, Any]
    line_items: list[CopiedItem]
    customer_id: int = 0


class MadeOrder(msgspec.Struct):
    """An order with its meta data, which has the key."""

    id: int
    number: str = ""
    meta_data: tuple[WooMeta, ...] = ()


def copy_of(woo: WooLine, action: StoreAction) -> dict[str, object] | None:
    """The order to create; None if a piece is no longer a product of the store."""
    order = decode(woo.get(f"orders/{action.order_id}"), CopiedOrder)
    products = {str(one.id): one for one in order.line_items}
    lines = []
    for piece in action.pieces:
        item = products.get(piece.line)
        if item is None or not item.product_id:
            return None
        lines.append(
            {
                "product_id": item.product_id,
                "variation_id": item.variation_id,
                "quantity": piece.quantity,
                "subtotal": "0",
                "total": "0",
            }
        )
    return {
        "status": "processing",
        "customer_id": order.customer_id,
        "billing": _keep_filled(order.billing, (*_KEPT, "email")),
        "shipping": _keep_filled(order.shipping, _KEPT),
        "line_items": lines,
        "meta_data": [
            {"key": KEY, "value": action.key},
            {"key": "replaces_order", "value": order.number},
            *([{"key": "replacement_reason", "value": action.text}] if action.text else []),
        ],
    }


def find_copy(woo: WooLine, action: StoreAction) -> MadeOrder | None:
    """Find the replacement among the newest orders and those with the same address."""
    email = decode(woo.get(f"orders/{action.order_id}"), CopiedOrder).billing.get("email") or ""
    asked = [_NEWEST, {**_NEWEST, "search": str(email)}] if email else [_NEWEST]
    for params in asked:
        for made in decode(woo.get("orders", params), list[MadeOrder]):
            if any(one.key == KEY and one.value == action.key for one in made.meta_data):
                return made
    return None


def _keep_filled(row: dict[str, Any], names: tuple[str, ...]) -> dict[str, str]:
    return {name: str(row[name]) for name in names if row.get(name)}

"""Hostile text in every cell of every orders file: an order's fields, and what is said of a broken one, are safe text."""

import csv
import io
import json
from zoneinfo import ZoneInfo

import pytest

from deskterm.config.settings_file import Store
from deskterm.sync.stores.exports import files, orders_json
from hostile import HOSTILE, INJECTED, told
from hostile_desk import orders

UTC = ZoneInfo("UTC")
TEXTS = [*HOSTILE.values(), *INJECTED]
SHOPIFY = {
    "Financial Status": "paid",
    "Currency": "EUR",
    "Total": "49.00",
    "Created at": "2026-11-01 10:00:00 +0100",
}
SHOPIFY |= {"Lineitem price": "49.00", "Lineitem quantity": "1", "Fulfillment Status": "unfulfilled"}
SHOPIFY_FREE = (
    "Name", "Email", "Lineitem name", "Lineitem sku", "Shipping Name", "Shipping Street", "Shipping City", "Shipping Zip",
    "Shipping Country", "Notes", "Discount Code", "Phone", "Shipping Method",
)  # fmt: skip
WOO = {
    "Order Status": "completed",
    "Order Total Amount": "49.00",
    "Order Date": "2026-11-01 10:00:00",
    "Quantity": "1",
}
WOO |= {"Item Cost": "49.00", "Order Currency": "EUR"}
WOO_FREE = (
    "Order Number", "Item Name", "SKU", "Email (Billing)", "First Name (Billing)", "Last Name (Billing)", "City (Shipping)",
    "Customer Note", "Coupon Code", "Address 1&2 (Shipping)",
)  # fmt: skip


def table(folder, rows) -> Store:
    """A CSV file of these rows as a store."""
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    (folder / "orders.csv").write_text(out.getvalue(), "utf-8", errors="replace", newline="")
    return Store("loom", path=str(folder / "orders.csv"))


def test_the_fields_of_orders_in_json_are_safe_text():
    read = orders_json.read_json(json.dumps(orders(TEXTS, 1_760_000_000)), "loom", UTC)
    assert len(read.orders) == len(TEXTS)
    assert told(read.orders) == ""


@pytest.mark.parametrize(
    "field", ["placed_at", "payment", "fulfilment", "total", "currency", "lines", "number"]
)
def test_a_broken_order_is_named_in_safe_text(field):
    rows = orders(TEXTS, 1_760_000_000)
    for row, text in zip(rows["orders"], TEXTS, strict=True):
        row[field] = [{"quantity": text, "price": text}] if field == "lines" else text
    read = orders_json.read_json(json.dumps(rows), "loom", UTC)
    assert read.problems or field == "number"
    assert told(read.orders) == ""
    assert told(read.problems) == ""


@pytest.mark.parametrize(
    ("fixed", "free"), [(SHOPIFY, SHOPIFY_FREE), (WOO, WOO_FREE)], ids=["shopify", "woocommerce"]
)
def test_the_cells_of_an_export_are_safe_text(tmp_path, fixed, free):
    rows = [{**fixed, **dict.fromkeys(free, f"{number} {text}")} for number, text in enumerate(TEXTS)]
    read = files.read_file(table(tmp_path, rows), UTC)
    assert read.orders
    assert told(read.orders) == ""
    for name in fixed:
        broken = [{**row, name: row[free[0]]} for row in rows]
        read = files.read_file(table(tmp_path, broken), UTC)
        assert told(read.orders) == ""
        assert told(read.problems) == ""

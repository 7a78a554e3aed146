"""WooCommerce's rows (REST v3), with the fields that deskterm uses.

Fields ending in `_gmt` are GMT without a zone. Amounts are texts; a plugin may make numbers of them.
"""

from typing import Any

import msgspec

Amount = str | int | float


class WooMeta(msgspec.Struct):
    """A value that a plugin stores with an order or a line; it may have any type."""

    key: str = ""
    value: Any = None
    display_key: str | None = None
    display_value: Any = None


class WooAddress(msgspec.Struct):
    """Where the bill or the parcel goes."""

    first_name: str = ""
    last_name: str = ""
    company: str = ""
    address_1: str = ""
    address_2: str = ""
    city: str = ""
    state: str = ""
    postcode: str = ""
    country: str = ""
    email: str = ""
    phone: str | None = ""


class WooItem(msgspec.Struct):
    """A line of an order; in a refund its quantity is negative."""

    id: int
    name: str = ""
    quantity: int = 0
    subtotal: Amount = "0"
    subtotal_tax: Amount = "0"
    sku: str | None = ""
    parent_name: str | None = None
    meta_data: list[WooMeta] = []


class WooShipping(msgspec.Struct):
    """A way of shipping that the customer chose."""

    method_title: str | None = ""


class WooCoupon(msgspec.Struct):
    """A code that was used."""

    code: str = ""


class WooGiven(msgspec.Struct):
    """A refund as listed in its order: its total is negative, it has no time."""

    id: int
    reason: str | None = ""
    total: Amount = "0"


class WooOrder(msgspec.Struct):
    """An order."""

    id: int
    number: str
    status: str
    currency: str
    date_created_gmt: str
    date_modified_gmt: str
    total: Amount
    billing: WooAddress
    shipping: WooAddress
    line_items: list[WooItem]
    prices_include_tax: bool = False
    date_paid_gmt: str | None = None
    date_completed_gmt: str | None = None
    customer_id: int = 0
    payment_method_title: str | None = ""
    customer_note: str | None = ""
    meta_data: list[WooMeta] = []
    shipping_lines: list[WooShipping] = []
    coupon_lines: list[WooCoupon] = []
    refunds: list[WooGiven] = []


class WooRefund(msgspec.Struct):
    """A refund as read by itself, with its time and the returned pieces."""

    id: int
    date_created_gmt: str
    amount: Amount
    reason: str | None = ""
    parent_id: int = 0
    line_items: list[WooItem] = []


class WooNote(msgspec.Struct):
    """A note on an order. `customer_note`: the store mailed it to the customer."""

    id: int
    note: str
    date_created_gmt: str
    author: str = ""
    customer_note: bool = False


class WooFulfilment(msgspec.Struct):
    """A parcel of WooCommerce's own fulfilments (a feature that is off by default)."""

    id: int
    is_fulfilled: bool | str | int = False
    date_deleted: str | None = None
    meta_data: list[WooMeta] = []


class WooProduct(msgspec.Struct):
    """A product, or one of its variations."""

    id: int
    date_modified_gmt: str = ""
    name: str = ""
    type: str = "simple"
    sku: str | None = ""
    price: Amount | None = ""
    stock_quantity: int | float | None = None
    manage_stock: bool | str = False
    stock_status: str = ""
    permalink: str | None = ""
    attributes: list[Any] = []


class WooError(msgspec.Struct):
    """An error. `data` is a number for refunds, else an object."""

    code: str = ""
    message: str = ""


class WooSite(msgspec.Struct):
    """A WordPress site's description of itself."""

    url: str = ""
    home: str = ""
    namespaces: list[str] = []


class WooHead(msgspec.Struct):
    """The fields of a row that reading a list needs."""

    id: int
    date_modified_gmt: str = ""


class WooState(msgspec.Struct):
    """Whether an order is in the trash."""

    status: str


class WooCurrency(msgspec.Struct):
    """The shop's own currency."""

    code: str


class OrderCurrency(msgspec.Struct):
    """The currency of an order."""

    currency: str

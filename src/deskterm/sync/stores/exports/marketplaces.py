"""The exports of Etsy, eBay, BigCommerce, Magento and Amazon, each by its columns."""

import re
from collections.abc import Iterator

from deskterm.domain.orders.order import Fulfilment, Payment
from deskterm.sync.stores.exports.column_form import ColumnForm, Items
from deskterm.sync.stores.exports.dates import DAY_FIRST, MONTH_FIRST
from deskterm.sync.stores.exports.sheet import OrderSheet, Row
from deskterm.sync.stores.reading import Reading
from deskterm.sync.stores.statuses import Meaning

ETSY_ITEMS, AMAZON_ADDRESSES = "Etsy's order items", "Amazon's unshipped orders"
_OPEN: Meaning = (Payment.PAID, Fulfilment.UNFULFILLED)
_UNPAID: Meaning = (Payment.PENDING, Fulfilment.UNFULFILLED)
_SENT: Meaning = (Payment.PAID, Fulfilment.SHIPPED)
_VOID: Meaning = (Payment.VOIDED, Fulfilment.CANCELLED)

_FIELD = re.compile(r"(?:^|, )Product (ID|Qty|SKU|Name|Weight|Variation Details|Unit Price|Total Price): ")


def unpack_products(row: Row) -> Iterator[Row]:
    """BigCommerce's `Product Details`: `Product ID: 1, Product Qty: 2, …`, products separated by `|`."""
    for product in re.split(r"\|(?=Product ID: )", row.get("Product Details") or ""):
        _, *parts = _FIELD.split(product)
        if parts:
            yield dict(zip(parts[::2], parts[1::2], strict=True))


ETSY = ColumnForm(
    number=("Order ID",),
    placed=("Sale Date",),
    total=("Order Total",),
    currency=("Currency",),
    always_paid=True,  # only what was sold is in it
    shipped=("Date Shipped",),
    left=("Adjusted Order Total",),
    name=("Full Name", "Ship Name"),
    street=("Street 1", "Street 2", "Ship Address1", "Ship Address2"),
    postcode=("Ship Zipcode",),
    city=("Ship City",),
    region=("Ship State",),
    country=("Ship Country",),
    codes=("Coupon Code",),
    method=("Payment Method",),
    items=Items(("Item Name",), ("SKU",), ("Variations",), ("Quantity",), price=("Price",)),
    beside=ETSY_ITEMS,
    order=MONTH_FIRST,
)

EBAY = ColumnForm(
    number=("Order Number",),
    placed=("Sale Date",),
    total=("Total Price",),
    paid=("Paid On Date",),
    shipped=("Shipped On Date",),
    tracking=("Tracking Number",),
    email=("Buyer Email",),
    name=("Ship To Name", "Post To Name", "Buyer Name"),
    phone=("Ship To Phone", "Post To Phone"),
    street=("Ship To Address 1", "Ship To Address 2", "Post To Address 1", "Post To Address 2"),
    postcode=("Ship To Zip", "Post To Postcode", "Post To Zip"),
    city=("Ship To City", "Post To City"),
    region=("Ship To State", "Post To State", "Post To County"),
    country=("Ship To Country", "Post To Country"),
    note=("Buyer Note",),
    method=("Payment Method",),
    shipping=("Shipping Service", "Delivery Service", "Postage Service"),
    items=Items(
        ("Item Title",), ("Custom Label",), ("Variation Details",), ("Quantity",), price=("Sold For",)
    ),
    order=MONTH_FIRST,
)

BIGCOMMERCE = ColumnForm(
    number=("Order ID",),
    placed=("Placed",),
    total=("Order Total (inc tax)",),
    currency=("Order Currency Code",),
    status=("Order Status",),
    table={
        "awaiting fulfillment": _OPEN,
        "awaiting shipment": _OPEN,
        "awaiting pickup": _OPEN,
        "manual verification required": (Payment.UNKNOWN, Fulfilment.UNFULFILLED),
        "pending": _UNPAID,
        "awaiting payment": _UNPAID,
        "incomplete": _UNPAID,
        "partially shipped": (Payment.PAID, Fulfilment.PARTLY),
        "shipped": _SENT,
        "completed": _SENT,
        "cancelled": _VOID,
        "declined": _VOID,
        "refunded": (Payment.REFUNDED, None),
        "partially refunded": (Payment.PARTLY_REFUNDED, None),
        "disputed": (Payment.UNKNOWN, None),
    },
    shipped=("Date Shipped",),
    refunded=("Refund Amount",),
    email=("Customer Email", "Billing Email", "Shipping Email"),
    name=("Shipping Name", "Customer Name", "Billing Name"),
    phone=("Shipping Phone", "Customer Phone", "Billing Phone"),
    street=("Shipping Street 1", "Shipping Street 2"),
    postcode=("Shipping Zip",),
    city=("Shipping Suburb",),
    region=("Shipping State",),
    country=("Shipping Country",),
    note=("Customer Message",),
    method=("Payment Method",),
    shipping=("Ship Method",),
    items=Items(("Name",), ("SKU",), ("Variation Details",), ("Qty",), price=("Unit Price",)),
    unpack=unpack_products,
    order=DAY_FIRST,
)


def read_bigcommerce(sheet: OrderSheet) -> Reading:
    """Read BigCommerce's orders, whose date and time are in two columns."""
    sheet.rows = [
        (line, {**row, "Placed": f"{row.get('Order Date') or ''} {row.get('Order Time') or ''}".strip()})
        for line, row in sheet.rows
    ]
    return BIGCOMMERCE.read(sheet)


MAGENTO = ColumnForm(
    number=("ID",),
    placed=("Purchase Date",),
    total=("Grand Total (Purchased)",),
    status=("Status",),
    table={
        "pending": _UNPAID,
        "pending payment": _UNPAID,
        "payment review": _UNPAID,
        "pending paypal": _UNPAID,
        "holded": (Payment.UNKNOWN, Fulfilment.UNFULFILLED),
        "on hold": (Payment.UNKNOWN, Fulfilment.UNFULFILLED),
        "fraud": (Payment.UNKNOWN, Fulfilment.UNFULFILLED),
        "processing": _OPEN,
        "complete": _SENT,
        "closed": (Payment.REFUNDED, None),
        "canceled": _VOID,
    },
    refunded=("Total Refunded",),
    email=("Customer Email",),
    name=("Ship-to Name", "Bill-to Name", "Customer Name"),
    street=("Shipping Address",),
    method=("Payment Method",),
    shipping=("Shipping Information",),
    order=MONTH_FIRST,
)

AMAZON = ColumnForm(
    number=("amazon-order-id",),
    placed=("purchase-date",),
    totals=("item-price", "item-tax", "shipping-price", "shipping-tax", "gift-wrap-price", "gift-wrap-tax"),
    discounts=("item-promotion-discount", "ship-promotion-discount"),
    currency=("currency",),
    status=("order-status",),
    table={
        "pending": _UNPAID,
        "pending   waiting for pick up": _OPEN,
        "unshipped": _OPEN,
        "shipping": _SENT,
        "shipped": _SENT,
        "partiallyshipped": (Payment.PAID, Fulfilment.PARTLY),
        "shipped delivered to buyer": (Payment.PAID, Fulfilment.DELIVERED),
        "cancelled": _VOID,
        "canceled": _VOID,
    },
    email=("buyer-email",),
    name=("recipient-name", "buyer-name"),
    phone=("buyer-phone-number",),
    street=("ship-address-1", "ship-address-2", "ship-address-3"),
    postcode=("ship-postal-code",),
    city=("ship-city",),
    region=("ship-state",),
    country=("ship-country",),
    shipping=("ship-service-level",),
    items=Items(("product-name",), ("sku",), quantity=("quantity",), whole=("item-price",)),
    beside=AMAZON_ADDRESSES,
)

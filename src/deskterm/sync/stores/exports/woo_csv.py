"""Reading the exports of common WooCommerce exporters, in two forms.

Titles ("Order Number", "Item Name"): a row an item, the order's own columns
repeated. Column names ("order_number", "line_items" or "line_item_1" …): a row
an order, the items packed into cells (`csv_rows`).
"""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from deskterm.domain.orders.order import (
    Fulfilment,
    Money,
    Order,
    OrderFact,
    OrderLine,
    Payment,
    PostalAddress,
    Refund,
)
from deskterm.sync.stores.exports.csv_rows import PackedItem, unescape, unpack_items
from deskterm.sync.stores.exports.row_groups import check_one_order, read_groups
from deskterm.sync.stores.exports.sheet import OrderSheet, Row
from deskterm.sync.stores.exports.tracking_cells import parcels_in
from deskterm.sync.stores.reading import BrokenRow, Reading, note, number, words
from deskterm.sync.stores.state_words import STATUSES
from deskterm.sync.stores.statuses import States, find_states

MARKS = (frozenset({"Order Number", "Order Status"}), frozenset({"order_total", "status"}))
_NUMBER = ("order_number_formatted", "Order Number", "order_number", "order_id", "Order ID")
_REFUNDED = ("Order Refund Amount", "refund_total", "refunded_total", "total_refunded")
_REFUNDS = ("refund_items", "refunds")
_CURRENCY = ("Currency", "Order Currency", "order_currency", "currency")
_TOTAL = ("Order Total Amount", "order_total", "Order Total")
_STATUS = ("Order Status", "status", "order_status")
_OF_ONE_ORDER = (
    ("Order ID", "order_id"), ("Order Total Amount", "order_total"), ("Email (Billing)", "billing_email"),
)  # fmt: skip
_OF_LINE = ("SKU", "Item Name", "Product Variation", "Quantity (- Refund)", "Quantity", "Item Cost")
_OF_PACKED_LINE = ("quantity", "subtotal", "sub_total", "total", "sku", "name", "meta")
_OF_ADDRESS = tuple(
    name
    for kind in ("Shipping", "Billing")
    for name in (
        f"City ({kind})", f"Address 1&2 ({kind})", f"Postcode ({kind})", f"State Code ({kind})",
        f"Country Code ({kind})", f"First Name ({kind})", f"Last Name ({kind})",
    )
) + tuple(
    f"{kind}_{name}"
    for kind in ("shipping", "billing")
    for name in (
        "city", "address_1", "address_2", "postcode", "state", "country", "first_name", "last_name"
    )
)  # fmt: skip
_COUPONS = ("Coupon Code", "coupons", "coupon_items")
_PAID = ("paid_date", "date_paid", "Paid Date", "Date Paid")


def read_rows(sheet: OrderSheet) -> Reading:
    """The orders of the export."""
    return read_groups(sheet, _NUMBER, _order)


def _order(sheet: OrderSheet, rows: Sequence[Row]) -> Order:
    head = rows[0]
    check_one_order(rows, *_OF_ONE_ORDER)
    if len(rows) > 1 and _packed_columns(sheet.columns):
        raise BrokenRow("it is in the file more than once")
    shown = number(words(head, *_NUMBER))
    if not shown:
        raise BrokenRow("it has no number")
    coin = sheet.find_currency(head, *_CURRENCY, amounts=_TOTAL)
    total = sheet.amount(head, coin, "total", *_TOTAL, fact=OrderFact.TOTAL)
    states = sheet.read_once(_states, head, _STATUS)
    refunds = tuple(_refunds(sheet, head, coin))
    return Order(
        store=sheet.store.name,
        external_id=_key(head) or shown,
        number=shown,
        email=words(head, "Email (Billing)", "billing_email", "customer_email"),
        customer_name=_name(head, "Billing"),
        placed_at=sheet.placed_at(head, "Order Date", "order_date", "date", "date_created"),
        payment=_payment(sheet, head, states, total, refunds),
        fulfilment=states.fulfilment or Fulfilment.UNKNOWN,
        total=total,
        lines=tuple(_lines(sheet, rows, coin)),
        shipments=parcels_in(head.items()),
        refunds=refunds,
        ship_to=sheet.read_once(_postal, head, _OF_ADDRESS),
        phone=words(head, "Phone (Billing)", "billing_phone"),
        discount_codes=sheet.read_once(_coupons, head, _COUPONS),
        note=note(words(head, "Customer Note", "customer_note")),
        payment_word=states.word,
        fulfilment_word=states.word,
    )


def _states(sheet: OrderSheet, head: Row) -> States:
    return find_states(words(head, *_STATUS), STATUSES, sheet.store.status)


def _key(head: Row) -> str:
    """The shop's key of the order; one that a spreadsheet mangled (6.86E+12) is not used."""
    key = words(head, "Order ID", "order_id")
    return key if key.isdigit() else ""


def _payment(
    sheet: OrderSheet, head: Row, states: States, total: Money, refunds: Sequence[Refund]
) -> Payment:
    """The payment state: by status, paid if there is a date of payment, less the refunds.

    A cancelled order that was paid stays paid: WooCommerce gives nothing back by that.
    """
    paid = states.payment or Payment.UNKNOWN
    if paid in (Payment.UNKNOWN, Payment.VOIDED) and words(head, *_PAID):
        paid = Payment.PAID
    given = abs(
        sheet.amount(
            head, total.currency, "refunded amount", *_REFUNDED, default="0", fact=OrderFact.PAYMENT
        ).minor
    )
    given = given or sum(one.amount.minor for one in refunds)
    if not given or paid not in (Payment.PAID, Payment.UNKNOWN):
        return paid
    return Payment.REFUNDED if 0 < total.minor <= given else Payment.PARTLY_REFUNDED


def _refunds(sheet: OrderSheet, head: Row, coin: str) -> Iterable[Refund]:
    """Refunds packed as `amount:5.00|reason:late|date:2026-11-05 10:00:00`, without undated ones."""
    for item in unpack_items(words_of_cells(head, _REFUNDS)):
        row = dict(item)
        at = sheet.moment_or_none(row, "time of a refund", "date", "date_created")
        if at is not None and "amount" in row:
            given = sheet.amount(row, coin, "refunded amount", "amount")
            yield Refund(at, Money(abs(given.minor), coin), words(row, "reason"))


def words_of_cells(row: Row, names: Sequence[str]) -> list[str]:
    """The non-empty cells of these columns, unchanged."""
    return [text for name in names if (text := row.get(name) or "")]


def _lines(sheet: OrderSheet, rows: Sequence[Row], coin: str) -> Iterable[OrderLine]:
    """The lines still in the order: a quantity of 0 means returned."""
    head = rows[0]
    packed = words_of_cells(head, _packed_columns(sheet.columns))
    if packed:
        items = unpack_items(packed)
        found = [sheet.read_once(_unpack_line, item, _OF_PACKED_LINE, coin) for item in items]
    else:
        found = [sheet.read_once(_line, row, _OF_LINE, coin) for row in rows if words(row, "Item Name")]
    return (one for one in found if one.quantity)


@lru_cache(maxsize=8)
def _packed_columns(names: tuple[str, ...]) -> tuple[str, ...]:
    """The columns with packed items."""
    return tuple(name for name in names if re.fullmatch(r"line_items?(_\d+)?", name))


def _line(sheet: OrderSheet, row: Row, coin: str) -> OrderLine:
    return OrderLine(
        sku=words(row, "SKU"),
        title=unescape(words(row, "Item Name")),
        variant=unescape(words(row, "Product Variation")),
        quantity=sheet.count(words(row, "Quantity (- Refund)", "Quantity") or "1"),
        price=sheet.amount(
            row, coin, "price of a line", "Item Cost", default="0", rounded=True, fact=OrderFact.PRICES
        ),
    )


def _unpack_line(sheet: OrderSheet, item: PackedItem, coin: str) -> OrderLine:
    """A line from a packed item, whose total is for all pieces."""
    count = sheet.count(item.get("quantity", "1"))
    total = sheet.amount(
        item,
        coin,
        "total of a line",
        "subtotal",
        "sub_total",
        "total",
        default="0",
        rounded=True,
        fact=OrderFact.PRICES,
    )
    each = Money(round(total.minor / count) if count > 0 else total.minor, coin)
    return OrderLine(words(item, "sku"), words(item, "name"), words(item, "meta"), count, each)


def _coupons(_: OrderSheet, head: Row) -> tuple[str, ...]:
    """The codes used; the packed form writes `code:SPRING|amount:5.00`, another `id:1|code:SPRING|…`."""
    text = words(head, *_COUPONS)
    codes = (
        (dict(item).get("code", "") for item in unpack_items([text]))
        if ":" in text
        else re.split("[;,]", text)
    )
    return tuple(code.strip() for code in codes if code.strip())


def _name(head: Row, kind: str) -> str:
    first = words(head, f"First Name ({kind})", f"{kind.lower()}_first_name")
    last = words(head, f"Last Name ({kind})", f"{kind.lower()}_last_name")
    return " ".join(part for part in (first, last) if part)


def _postal(_: OrderSheet, head: Row) -> PostalAddress:
    kind = "Shipping" if words(head, "City (Shipping)", "shipping_city") else "Billing"
    low = kind.lower()
    street = (words(head, f"{low}_address_1"), words(head, f"{low}_address_2"))
    return PostalAddress(
        name=_name(head, kind),
        street=words(head, f"Address 1&2 ({kind})") or " ".join(part for part in street if part),
        postcode=words(head, f"Postcode ({kind})", f"{low}_postcode"),
        city=words(head, f"City ({kind})", f"{low}_city"),
        region=words(head, f"State Code ({kind})", f"{low}_state"),
        country=words(head, f"Country Code ({kind})", f"{low}_country"),
    )

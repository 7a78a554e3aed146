"""Orders as the common WooCommerce exporters write them, in two forms.

Titles ("Order Number", "Item Name"): a row an item, the order's own columns
repeated. Column names ("order_number", "line_items" or "line_item_1" …): a row
an order, the items packed as `name:Mug|sku:M1|quantity:2|total:24.00;…`.
"""

import re
from collections.abc import Iterable, Mapping
from zoneinfo import ZoneInfo

from deskterm.domain.orders import Fulfilment, Money, Order, OrderLine, Payment, PostalAddress
from deskterm.sync.stores.reading import (
    BrokenRow,
    Reading,
    amount,
    currency,
    moment,
    note,
    number,
    quantity,
    translate_word,
    words,
)

MARKS = (frozenset({"Order Number", "Order Status"}), frozenset({"order_total", "status"}))

_PAYMENT = {
    "pending": Payment.PENDING,
    "pending payment": Payment.PENDING,
    "on-hold": Payment.PENDING,
    "on hold": Payment.PENDING,
    "processing": Payment.PAID,
    "completed": Payment.PAID,
    "refunded": Payment.REFUNDED,
    "cancelled": Payment.VOIDED,
    "failed": Payment.VOIDED,
}
_FULFILMENT = {
    "completed": Fulfilment.SHIPPED,
    "refunded": Fulfilment.CANCELLED,
    "cancelled": Fulfilment.CANCELLED,
    "failed": Fulfilment.CANCELLED,
}
_Row = Mapping[str, str]


def read_rows(rows: Iterable[tuple[int, _Row]], store: str, zone: ZoneInfo, usual: str) -> Reading:
    """The orders of the export's rows; `usual` is the currency where no column names it."""
    groups: dict[str, tuple[int, list[_Row]]] = {}
    for at, row in rows:
        shown = words(row, "Order Number", "order_number", "order_id", "Order ID")
        groups.setdefault(shown or f"line {at}", (at, []))[1].append(row)
    orders, problems = [], []
    for shown, (first, group) in groups.items():
        try:
            orders.append(_order(group, store, zone, usual))
        except BrokenRow as broken:
            problems.append(f"line {first} ({shown}): {broken}")
    return Reading(tuple(orders), tuple(problems))


def _order(rows: list[_Row], store: str, zone: ZoneInfo, usual: str) -> Order:
    head = rows[0]
    shown = number(words(head, "Order Number", "order_number", "order_id", "Order ID"))
    if not shown:
        raise BrokenRow("it has no number")
    coin = currency(words(head, "Currency", "Order Currency", "order_currency", "currency") or usual)
    status = words(head, "Order Status", "status", "order_status").lower().removeprefix("wc-")
    total = amount(words(head, "Order Total Amount", "order_total", "Order Total"), coin, "total")
    placed = words(head, "Order Date", "order_date", "date", "date_created")
    return Order(
        store=store,
        external_id=words(head, "Order ID", "order_id") or shown,
        number=shown,
        email=words(head, "Email (Billing)", "billing_email", "customer_email"),
        customer_name=_name(head, "Billing"),
        placed_at=moment(placed, zone, "time it was placed"),
        payment=_payment(head, status, total),
        fulfilment=_FULFILMENT.get(status, Fulfilment.UNFULFILLED),
        total=total,
        lines=tuple(_lines(rows, coin)),
        ship_to=_postal(head),
        phone=words(head, "Phone (Billing)", "billing_phone"),
        discount_codes=_coupons(head),
        note=note(words(head, "Customer Note", "customer_note")),
    )


def _payment(head: _Row, status: str, total: Money) -> Payment:
    paid = translate_word(_PAYMENT, status, "order status")
    back = words(head, "Order Refund Amount", "refund_total", "refunded_total", "total_refunded") or "0"
    given = abs(amount(back, total.currency, "refunded amount").minor)
    if not given or paid is not Payment.PAID:
        return paid
    return Payment.REFUNDED if given >= total.minor else Payment.PARTLY_REFUNDED


def _lines(rows: list[_Row], coin: str) -> Iterable[OrderLine]:
    if "line_items" in rows[0] or "line_item_1" in rows[0]:
        yield from (_unpack_item(item, coin) for item in _items(rows[0]))
        return
    for row in rows:
        if words(row, "Item Name"):
            yield OrderLine(
                sku=words(row, "SKU"),
                title=words(row, "Item Name"),
                variant=words(row, "Product Variation"),
                quantity=quantity(words(row, "Quantity (- Refund)", "Quantity") or "1"),
                price=amount(words(row, "Item Cost") or "0", coin, "price of a line", rounded=True),
            )


def _items(row: _Row) -> Iterable[Mapping[str, str]]:
    packed = (
        [row["line_items"]]
        if "line_items" in row
        else [value for name, value in row.items() if re.fullmatch(r"line_item_\d+", name or "")]
    )
    for text in ";".join(packed).split(";"):
        pairs = [pair.partition(":") for pair in text.split("|") if ":" in pair]
        if pairs:
            yield {name.strip(): value.strip() for name, _, value in pairs}


def _unpack_item(item: Mapping[str, str], coin: str) -> OrderLine:
    """A packed item; its total is for all pieces, so one piece's price is a share of it."""
    count = quantity(item.get("quantity", "1"))
    total = amount(
        item.get("subtotal") or item.get("sub_total") or item.get("total") or "0",
        coin,
        "total of a line",
        rounded=True,
    )
    each = Money(round(total.minor / count) if count > 0 else total.minor, coin)
    return OrderLine(
        sku=item.get("sku", ""),
        title=words(item, "name"),
        variant=words(item, "meta"),
        quantity=count,
        price=each,
    )


def _coupons(head: _Row) -> tuple[str, ...]:
    """The codes used; the packed form writes `code:SPRING|amount:5.00`."""
    text = words(head, "Coupon Code", "coupons", "coupon_items")
    codes = (part.partition("|")[0].removeprefix("code:").strip() for part in re.split(r"[;,]", text))
    return tuple(code for code in codes if code)


def _name(head: _Row, kind: str) -> str:
    first = words(head, f"First Name ({kind})", f"{kind.lower()}_first_name")
    last = words(head, f"Last Name ({kind})", f"{kind.lower()}_last_name")
    return " ".join(part for part in (first, last) if part)


def _postal(head: _Row) -> PostalAddress:
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

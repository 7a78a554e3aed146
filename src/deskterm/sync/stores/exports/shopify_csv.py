"""Shopify's and Squarespace's exports: several rows per order, the first with the order's own fields.

Neither export has columns for tracking: a number that an app wrote into the
Note Attributes is found there, else a shipped order gets a parcel with its time alone.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from deskterm.domain.orders.order import (
    Fulfilment,
    Order,
    OrderFact,
    OrderLine,
    Payment,
    PostalAddress,
    Shipment,
)
from deskterm.sync.stores.exports.row_groups import check_one_order, read_groups
from deskterm.sync.stores.exports.sheet import OrderSheet, Row
from deskterm.sync.stores.exports.tracking_cells import parcels_in
from deskterm.sync.stores.reading import BrokenRow, Reading, note, number, words

MARKS = (
    frozenset({"Name", "Financial Status", "Lineitem name"}),
    frozenset({"Order ID", "Financial Status", "Lineitem name"}),
)
_PAYMENT = {
    "pending": Payment.PENDING,
    "authorized": Payment.PENDING,
    "partially paid": Payment.PENDING,
    "unpaid": Payment.PENDING,
    "expired": Payment.VOIDED,
    "paid": Payment.PAID,
    "partially refunded": Payment.PARTLY_REFUNDED,
    "refunded": Payment.REFUNDED,
    "voided": Payment.VOIDED,
}
_FULFILMENT = {
    "": Fulfilment.UNFULFILLED,
    "unfulfilled": Fulfilment.UNFULFILLED,
    "pending": Fulfilment.UNFULFILLED,
    "open": Fulfilment.UNFULFILLED,
    "restocked": Fulfilment.UNFULFILLED,
    "on hold": Fulfilment.UNFULFILLED,
    "scheduled": Fulfilment.UNFULFILLED,
    "in progress": Fulfilment.UNFULFILLED,
    "pending fulfillment": Fulfilment.UNFULFILLED,
    "partial": Fulfilment.PARTLY,
    "partially fulfilled": Fulfilment.PARTLY,
    "fulfilled": Fulfilment.SHIPPED,
    "delivered": Fulfilment.DELIVERED,
    "canceled": Fulfilment.CANCELLED,
    "cancelled": Fulfilment.CANCELLED,
}
_REFUNDED = ("Refunded Amount", "Amount Refunded")
_OUTSTANDING = ("Outstanding Balance",)
_OF_STATES = ("Financial Status", "Fulfillment Status", *_REFUNDED, *_OUTSTANDING)
_OF_LINE = (
    "Lineitem sku", "Lineitem name", "Lineitem variant", "Lineitem quantity", "Lineitem price",
    "Lineitem fulfillment status",
)  # fmt: skip
_OF_ADDRESS = (
    "Shipping Name", "Shipping Street", "Shipping Address1", "Shipping Address2", "Shipping Zip",
    "Shipping City", "Shipping Province", "Shipping Country",
)  # fmt: skip
_SAYS_MORE = frozenset({"partially paid", "authorized", "on hold", "scheduled", "in progress"})
_ATTRIBUTE = re.compile(r"^[ \t]*([^:\n]{1,60}?)[ \t]*:[ \t]*(\S[^\n]*)", re.MULTILINE)
_KEY = re.compile(r"[0-9]+|[0-9a-f-]{20,}", re.IGNORECASE)  # 6.86491E+12 is what a spreadsheet made of one


def read_rows(sheet: OrderSheet) -> Reading:
    """The orders of the export."""
    sheet.mark = sheet.mark or "."
    return read_groups(sheet, ("Name", "Order ID"), _order)


class _States(NamedTuple):
    """An order's states, and amounts that go into its note."""

    payment: Payment
    payment_word: str
    fulfilment: Fulfilment
    fulfilment_word: str
    to_note: tuple[str, ...]


def _order(sheet: OrderSheet, rows: Sequence[Row]) -> Order:
    head = _head(rows)
    shown = number(words(head, "Name", "Order ID"))
    if not shown:
        raise BrokenRow("it has no name")
    coin = sheet.find_currency(head, "Currency", amounts=("Total",))
    total = sheet.amount(head, coin, "total", "Total", fact=OrderFact.TOTAL)
    states = sheet.read_once(_states, head, _OF_STATES, coin)
    cancelled = sheet.moment_or_none(head, "time it was cancelled", "Cancelled at")
    key, code = words(head, "Id"), words(head, "Discount Code")
    return Order(
        store=sheet.store.name,
        external_id=key if _KEY.fullmatch(key) else shown,
        number=shown,
        email=words(head, "Email"),
        customer_name=words(head, "Shipping Name", "Billing Name"),
        placed_at=sheet.placed_at(head, "Created at"),
        payment=states.payment,
        fulfilment=Fulfilment.CANCELLED if cancelled else states.fulfilment,
        total=total,
        lines=_lines(sheet, rows, coin),
        shipments=_shipments(sheet, head, states.fulfilment),
        ship_to=sheet.read_once(_postal, head, _OF_ADDRESS),
        phone=words(head, "Phone", "Shipping Phone", "Billing Phone").lstrip("'"),
        discount_codes=(code,) if code else (),
        cancelled_at=cancelled,
        note=note(_note(head, states.to_note)),
        payment_word=states.payment_word,
        fulfilment_word="" if cancelled else states.fulfilment_word,
    )


def _head(rows: Sequence[Row]) -> Row:
    """The row with the order's own columns. Raises BrokenRow if two orders have the same number."""
    heads = [row for row in rows if row.get("Total")]
    check_one_order(heads, ("Id",), ("Email",), ("Total",), ("Created at",))
    return heads[0] if heads else rows[0]


def _states(sheet: OrderSheet, head: Row, coin: str) -> _States:
    return _States(
        *_payment(sheet, head, coin),
        *_fulfilment(sheet, head),
        tuple(_amounts_to_note(sheet, head, coin)),
    )


def _payment(sheet: OrderSheet, head: Row, coin: str) -> tuple[Payment, str]:
    text = words(head, "Financial Status")
    found = sheet.payment(_PAYMENT, text)
    paid = found.payment or Payment.UNKNOWN
    if (
        paid is Payment.PAID
        and sheet.amount(head, coin, "refunded amount", *_REFUNDED, default="0", fact=OrderFact.PAYMENT).minor
    ):
        paid = Payment.PARTLY_REFUNDED
    return paid, found.word or _own_word(text)


def _fulfilment(sheet: OrderSheet, head: Row) -> tuple[Fulfilment, str]:
    text = words(head, "Fulfillment Status")
    found = sheet.fulfilment(_FULFILMENT, text)
    return found.fulfilment or Fulfilment.UNKNOWN, found.word or _own_word(text)


def _amounts_to_note(sheet: OrderSheet, head: Row, coin: str) -> Iterator[str]:
    """Amounts without a date in the export, as text for the order's note."""
    for words_, names in (("Refunded", _REFUNDED), ("Still to pay", _OUTSTANDING)):
        if sheet.amount(head, coin, words_.lower(), *names, default="0").minor:
            yield f"{words_}: {words(head, *names)} {coin}"


def _own_word(text: str) -> str:
    word = text.casefold().replace("_", " ")
    return word if word in _SAYS_MORE else ""


def _lines(sheet: OrderSheet, rows: Sequence[Row], coin: str) -> tuple[OrderLine, ...]:
    """The lines still in the order: those removed by an edit have quantity 0."""
    found = [sheet.read_once(_line, row, _OF_LINE, coin) for row in rows if row.get("Lineitem name")]
    return tuple([one for one in found if one.quantity])


def _line(sheet: OrderSheet, row: Row, coin: str) -> OrderLine:
    count = sheet.count(row.get("Lineitem quantity", "1"))
    state = _FULFILMENT.get(row.get("Lineitem fulfillment status", "").strip().casefold())
    return OrderLine(
        sku=words(row, "Lineitem sku"),
        title=words(row, "Lineitem name"),
        variant=words(row, "Lineitem variant"),  # Shopify writes it into the name without a separator
        quantity=count,
        price=sheet.amount(
            row, coin, "price of a line", "Lineitem price", default="0", fact=OrderFact.PRICES
        ),
        sent=_count_sent(count, state) if row.get("Lineitem fulfillment status") else None,
    )


def _count_sent(count: int, state: Fulfilment | None) -> int | None:
    if state in (Fulfilment.SHIPPED, Fulfilment.DELIVERED):
        return count
    return 0 if state is Fulfilment.UNFULFILLED else None


def _shipments(sheet: OrderSheet, head: Row, fulfilment: Fulfilment) -> tuple[Shipment, ...]:
    shipped = sheet.moment_or_none(head, "time it was shipped", "Fulfilled at")
    attributes = head.get("Note Attributes")
    found = parcels_in(_ATTRIBUTE.findall(attributes), shipped) if attributes else ()
    if not found and (shipped is None or fulfilment in (Fulfilment.UNFULFILLED, Fulfilment.CANCELLED)):
        return ()
    return found or (Shipment("", "", "", shipped),)


def _note(head: Row, to_note: Sequence[str]) -> str:
    """The order's note and the amounts that belong into it."""
    own = words(head, "Private Notes") or head.get("Notes", "")
    return "\n".join(part for part in (own, *to_note) if part)


def _postal(_: OrderSheet, head: Row) -> PostalAddress:
    parts = (words(head, "Shipping Address1"), words(head, "Shipping Address2"))
    return PostalAddress(
        name=words(head, "Shipping Name"),
        street=words(head, "Shipping Street") or " ".join(part for part in parts if part),
        postcode=words(head, "Shipping Zip").lstrip("'"),  # an apostrophe keeps spreadsheets from counting
        city=words(head, "Shipping City"),
        region=words(head, "Shipping Province"),
        country=words(head, "Shipping Country"),
    )

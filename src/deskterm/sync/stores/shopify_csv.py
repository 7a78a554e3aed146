"""Orders as Shopify's admin exports them: several rows an order, the first with what belongs to it all.

The export knows no tracking: a shipped order gets a shipment with its time alone.
"""

from collections.abc import Iterable, Mapping
from zoneinfo import ZoneInfo

from deskterm.domain.orders import Fulfilment, Order, OrderLine, Payment, PostalAddress, Shipment
from deskterm.sync.stores.reading import (
    BrokenRow,
    Reading,
    amount,
    currency,
    moment,
    moment_or_none,
    note,
    number,
    quantity,
    translate_word,
    words,
)

MARKS = frozenset({"Name", "Financial Status", "Lineitem name"})  # columns that tell this export

_PAYMENT = {
    "pending": Payment.PENDING,
    "authorized": Payment.PENDING,
    "partially_paid": Payment.PENDING,
    "expired": Payment.VOIDED,
    "paid": Payment.PAID,
    "partially_refunded": Payment.PARTLY_REFUNDED,
    "refunded": Payment.REFUNDED,
    "voided": Payment.VOIDED,
}
_FULFILMENT = {
    "": Fulfilment.UNFULFILLED,
    "unfulfilled": Fulfilment.UNFULFILLED,
    "restocked": Fulfilment.UNFULFILLED,
    "partial": Fulfilment.PARTLY,
    "fulfilled": Fulfilment.SHIPPED,
}
_Row = Mapping[str, str]


def read_rows(rows: Iterable[tuple[int, _Row]], store: str, zone: ZoneInfo) -> Reading:
    """The orders of the export's rows, given as (line in the file, row)."""
    orders, problems = [], []
    for first, group in _group_rows(rows):
        try:
            orders.append(_order(group, store, zone))
        except BrokenRow as broken:
            problems.append(f"line {first} ({words(group[0], 'Name')}): {broken}")
    return Reading(tuple(orders), tuple(problems))


def _group_rows(rows: Iterable[tuple[int, _Row]]) -> list[tuple[int, list[_Row]]]:
    """The rows of each order together, wherever they stand, as (first line, rows)."""
    groups: dict[str, tuple[int, list[_Row]]] = {}
    for at, row in rows:
        groups.setdefault(row.get("Name") or f"line {at}", (at, []))[1].append(row)
    return list(groups.values())


def _order(rows: list[_Row], store: str, zone: ZoneInfo) -> Order:
    head = rows[0]
    shown = number(words(head, "Name"))
    if not shown:
        raise BrokenRow("it has no name")
    coin = currency(head.get("Currency"))
    cancelled = moment_or_none(head.get("Cancelled at"), zone, "time it was cancelled")
    fulfilment = translate_word(_FULFILMENT, head.get("Fulfillment Status"), "fulfillment status")
    return Order(
        store=store,
        external_id=words(head, "Id") or shown,
        number=shown,
        email=words(head, "Email"),
        customer_name=words(head, "Shipping Name", "Billing Name"),
        placed_at=moment(head.get("Created at", ""), zone, "time it was placed"),
        payment=translate_word(_PAYMENT, head.get("Financial Status"), "financial status"),
        fulfilment=Fulfilment.CANCELLED if cancelled else fulfilment,
        total=amount(head.get("Total", ""), coin, "total"),
        lines=tuple(_line(row, coin) for row in rows if row.get("Lineitem name")),
        shipments=_shipments(head, fulfilment, zone),
        ship_to=_postal(head),
        phone=words(head, "Phone", "Shipping Phone", "Billing Phone"),
        discount_codes=tuple(code for code in (words(head, "Discount Code"),) if code),
        cancelled_at=cancelled,
        note=note(_with_refund(head, coin)),
    )


def _line(row: _Row, coin: str) -> OrderLine:
    return OrderLine(
        sku=words(row, "Lineitem sku"),
        title=words(row, "Lineitem name"),
        variant="",  # the export writes it into the name, where it cannot be told apart
        quantity=quantity(row.get("Lineitem quantity", "1")),
        price=amount(row.get("Lineitem price", "0"), coin, "price of a line"),
    )


def _shipments(head: _Row, fulfilment: Fulfilment, zone: ZoneInfo) -> tuple[Shipment, ...]:
    shipped = moment_or_none(head.get("Fulfilled at"), zone, "time it was shipped")
    if shipped is None or fulfilment is Fulfilment.UNFULFILLED:
        return ()
    return (Shipment(carrier="", number="", url="", shipped_at=shipped),)


def _with_refund(head: _Row, coin: str) -> str:
    """The order's note, with the refunded amount: the export does not say when that was."""
    back = amount(head.get("Refunded Amount") or "0", coin, "refunded amount")
    said = f"Refunded: {head['Refunded Amount'].strip()} {coin}" if back.minor else ""
    return "\n".join(part for part in (head.get("Notes", ""), said) if part)


def _postal(head: _Row) -> PostalAddress:
    street = words(head, "Shipping Street") or " ".join(
        part for part in (words(head, "Shipping Address1"), words(head, "Shipping Address2")) if part
    )
    return PostalAddress(
        name=words(head, "Shipping Name"),
        street=street,
        postcode=words(head, "Shipping Zip").lstrip("'"),  # an apostrophe keeps spreadsheets from counting
        city=words(head, "Shipping City"),
        region=words(head, "Shipping Province"),
        country=words(head, "Shipping Country"),
    )

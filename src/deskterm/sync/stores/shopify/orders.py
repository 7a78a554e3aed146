"""Converting Shopify's rows to orders. Amounts are in the customer's currency, as replies name them."""

from collections.abc import Iterable, Sequence
from typing import TypeVar

from deskterm.domain.orders.order import (
    Fulfilment,
    Money,
    Order,
    OrderLine,
    Payment,
    PostalAddress,
    Refund,
    Shipment,
    TrackingSource,
)
from deskterm.domain.text import line
from deskterm.sync.stores.action_keys import without_key
from deskterm.sync.stores.reading import amount, note, number, utc_seconds
from deskterm.sync.stores.shopify.answers import (
    AddressRow,
    AmountPair,
    FulfilmentRow,
    LineRow,
    OrderRow,
    TrackingRow,
)
from deskterm.sync.stores.shopify.products.return_steps import ReturnStepsRow, returns_of

_PAYMENT = {
    "PENDING": Payment.PENDING,
    "AUTHORIZED": Payment.PENDING,
    "PARTIALLY_PAID": Payment.PENDING,
    "PAID": Payment.PAID,
    "PARTIALLY_REFUNDED": Payment.PARTLY_REFUNDED,
    "REFUNDED": Payment.REFUNDED,
    "VOIDED": Payment.VOIDED,
    "EXPIRED": Payment.VOIDED,
}
_FULFILMENT = {
    "FULFILLED": Fulfilment.SHIPPED,
    "PARTIALLY_FULFILLED": Fulfilment.PARTLY,
    "UNFULFILLED": Fulfilment.UNFULFILLED,
    "OPEN": Fulfilment.UNFULFILLED,
    "IN_PROGRESS": Fulfilment.UNFULFILLED,
    "ON_HOLD": Fulfilment.UNFULFILLED,
    "PENDING_FULFILLMENT": Fulfilment.UNFULFILLED,
    "REQUEST_DECLINED": Fulfilment.UNFULFILLED,
    "RESTOCKED": Fulfilment.UNFULFILLED,
    "SCHEDULED": Fulfilment.UNFULFILLED,
}
_SAYS_MORE = frozenset(
    ("AUTHORIZED", "PARTIALLY_PAID", "IN_PROGRESS", "ON_HOLD", "SCHEDULED", "REQUEST_DECLINED")
)
_NO_PARCEL = frozenset(("CANCELLED", "ERROR", "FAILURE"))
_SHOPS_OWN = frozenset(("FULFILLED", "MARKED_AS_FULFILLED"))  # set by the shop, not by a carrier
_LONGEST = 500
_Kind = TypeVar("_Kind", Payment, Fulfilment)


def order_of_row(
    store: str, admin: str, row: OrderRow, steps: dict[str, ReturnStepsRow] | None = None
) -> Order:
    """The order of a row; `admin` is the shop's admin, `steps` what happened of its returns.

    BrokenRow where an amount or a time in it is none.
    """
    fulfilment, fulfilment_word = _fulfilment(row)
    payment, payment_word = _state(_PAYMENT, Payment.UNKNOWN, row.display_financial_status or "")
    address = row.shipping_address
    return Order(
        store=store,
        external_id=row.legacy_resource_id,
        number=number(line(row.name)),
        email=_words(row.email) or _customer_mail(row),
        customer_name=_customer_name(row),
        placed_at=utc_seconds(row.processed_at),
        payment=payment,
        fulfilment=fulfilment,
        total=customer_money(row.total_price_set, "total"),
        lines=tuple(_lines(row)),
        shipments=tuple(_shipments(row.fulfillments)),
        refunds=tuple(_refunds(row)),
        ship_to=postal_address(address) if address else PostalAddress(),
        phone=_words(row.phone) or _words(address.phone if address else None) or _customer_phone(row),
        discount_codes=tuple(line(code) for code in row.discount_codes),
        cancelled_at=_moment(row.cancelled_at),
        note=note(row.note),
        payment_word=payment_word,
        fulfilment_word=fulfilment_word,
        shop_total=_shop_total(row),
        returns=returns_of(row, steps or {}),
        tags=tuple(_words(tag) for tag in row.tags),
        admin_url=f"{admin}/orders/{row.legacy_resource_id}",
        customer_id=_number_of(row.customer.id) if row.customer else "",
        changed_at=utc_seconds(row.updated_at),
        payment_method=", ".join(_words(one).replace("_", " ") for one in row.payment_gateway_names),
        shipping_method=_words(row.shipping_line.title) if row.shipping_line else "",
        test=row.test,
    )


def customer_money(pair: AmountPair, what: str) -> Money:
    """The amount in the currency the customer paid in."""
    own = pair.presentment_money
    return amount(own.amount, own.currency_code, what)


def shop_money(pair: AmountPair, what: str) -> Money:
    """The amount in the shop's currency."""
    own = pair.shop_money
    return amount(own.amount, own.currency_code, what)


def _shop_total(row: OrderRow) -> Money | None:
    pair = row.total_price_set
    same = pair.shop_money.currency_code == pair.presentment_money.currency_code
    return None if same else shop_money(pair, "total")


def _number_of(gid: str) -> str:
    return line(gid.rpartition("/")[2])


def postal_address(row: AddressRow) -> PostalAddress:
    """An address as written on a parcel, with the company before the street."""
    streets = [_words(part) for part in (row.company, row.address1, row.address2)]
    person = [_words(part) for part in (row.first_name, row.last_name)]
    return PostalAddress(
        name=_words(row.name) or " ".join(part for part in person if part),
        street=", ".join(part for part in streets if part),
        postcode=_words(row.zip),
        city=_words(row.city),
        region=_words(row.province_code) or _words(row.province),
        country=_words(row.country_code) or _words(row.country),
    )


def _words(text: str | None) -> str:
    return line((text or "").strip())[:_LONGEST]


def _moment(text: str | None) -> int | None:
    return utc_seconds(text) if text else None


def _state(table: dict[str, _Kind], unknown: _Kind, word: str) -> tuple[_Kind, str]:
    found = table.get(word)
    spoken = word.replace("_", " ").lower()
    if found is None:
        return unknown, line(spoken)[:60]
    return found, spoken if word in _SAYS_MORE else ""


def _fulfilment(row: OrderRow) -> tuple[Fulfilment, str]:
    if row.cancelled_at:
        return Fulfilment.CANCELLED, ""
    found, word = _state(_FULFILMENT, Fulfilment.UNKNOWN, row.display_fulfillment_status)
    parcels = [one for one in row.fulfillments if one.status not in _NO_PARCEL]
    if found is Fulfilment.SHIPPED and parcels and all(one.delivered_at for one in parcels):
        return Fulfilment.DELIVERED, word
    return found, word


def _customer_mail(row: OrderRow) -> str:
    found = row.customer and row.customer.default_email_address
    return _words(found.email_address) if found else ""


def _customer_phone(row: OrderRow) -> str:
    found = row.customer and row.customer.default_phone_number
    return _words(found.phone_number) if found else ""


def _customer_name(row: OrderRow) -> str:
    """The recipient's name, else the payer's, else the account's."""
    named = (row.shipping_address, row.billing_address)
    names = [_words(address.name) for address in named if address]
    own = _words(row.customer.display_name) if row.customer else ""
    return next((name for name in names if name), own)


def _lines(row: OrderRow) -> Iterable[OrderLine]:
    for one in row.line_items.nodes if row.line_items else []:
        count = _quantity(row, one)
        if count:
            yield OrderLine(
                sku=_words(one.sku),
                title=_words(one.title),
                variant=_words(one.variant_title),
                quantity=count,
                price=customer_money(one.discounted_unit_price_set, "price"),
                sent=_count_sent(row, one, count),
                external_id=_number_of(one.id),
                refunded=max(0, one.quantity - one.current_quantity) if row.refunds else 0,
            )


def _quantity(row: OrderRow, one: LineRow) -> int:
    """How many were bought, without those removed by an edit of the order.

    Shopify's `currentQuantity` leaves out refunded pieces as well, which the customer did buy.
    """
    if row.edited and (one.current_quantity or not row.refunds):
        return one.current_quantity
    return one.quantity


def _count_sent(row: OrderRow, one: LineRow, count: int) -> int:
    if not any(parcel.status not in _NO_PARCEL for parcel in row.fulfillments):
        return 0
    if row.display_fulfillment_status == "FULFILLED":
        return count
    return max(0, min(count, one.current_quantity) - one.unfulfilled_quantity)


def _shipments(parcels: Sequence[FulfilmentRow]) -> Iterable[Shipment]:
    for parcel in parcels:
        if parcel.status not in _NO_PARCEL:
            for tracking in parcel.tracking_info or [TrackingRow()]:
                yield _shipment(parcel, tracking)


def _shipment(parcel: FulfilmentRow, tracking: TrackingRow) -> Shipment:
    word = parcel.display_status or ""
    scans = [_moment(one) for one in (parcel.in_transit_at, parcel.delivered_at)]
    return Shipment(
        carrier=_words(tracking.company),
        number=_words(tracking.number),
        url=_words(tracking.url),
        shipped_at=utc_seconds(parcel.created_at),
        delivered_at=_moment(parcel.delivered_at),
        last_scan_at=max((one for one in scans if one), default=None),
        status="" if word in _SHOPS_OWN else line(word.replace("_", " ").lower()),
        external_id=_number_of(parcel.id),
        source=TrackingSource.STORE if word in _SHOPS_OWN else TrackingSource.CARRIER,
    )


def _refunds(row: OrderRow) -> Iterable[Refund]:
    """The refunds with money; others only remove goods from the order."""
    for one in row.refunds:
        money = customer_money(one.total_refunded_set, "refund")
        if money.minor:
            at = utc_seconds(one.created_at or row.updated_at)
            yield Refund(at, money, _words(without_key(one.note or "")), _number_of(one.id))

"""Converting Vendure's rows to orders."""

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from deskterm.domain.money import decimals
from deskterm.domain.orders.order import (
    Fulfilment,
    Money,
    Order,
    OrderLine,
    Payment,
    PostalAddress,
    Refund,
    Shipment,
)
from deskterm.domain.text import line
from deskterm.sync.stores.action_keys import without_key
from deskterm.sync.stores.graphql import Answered
from deskterm.sync.stores.reading import utc_seconds

_PLACES = 2  # Vendure writes money in hundredths, whatever the currency
_LONGEST = 300


class _Meaning(NamedTuple):
    payment: Payment | None
    fulfilment: Fulfilment
    says_more: bool = False


_STATES = {
    "PaymentAuthorized": _Meaning(Payment.PENDING, Fulfilment.UNFULFILLED, says_more=True),
    "PaymentSettled": _Meaning(None, Fulfilment.UNFULFILLED),
    "PartiallyShipped": _Meaning(None, Fulfilment.PARTLY),
    "Shipped": _Meaning(None, Fulfilment.SHIPPED),
    "PartiallyDelivered": _Meaning(None, Fulfilment.SHIPPED, says_more=True),
    "Delivered": _Meaning(None, Fulfilment.DELIVERED),
    "Modifying": _Meaning(None, Fulfilment.UNFULFILLED, says_more=True),
    "ArrangingAdditionalPayment": _Meaning(Payment.PENDING, Fulfilment.UNFULFILLED, says_more=True),
    "Cancelled": _Meaning(None, Fulfilment.CANCELLED),
}
_ON_ITS_WAY = frozenset(("Shipped", "Delivered"))


class BuyerRow(Answered):
    """Who ordered."""

    id: str
    first_name: str = ""
    last_name: str = ""
    email_address: str = ""
    phone_number: str | None = None
    created_at: str = ""


class PlaceRow(Answered):
    """A postal address."""

    full_name: str | None = None
    company: str | None = None
    street_line1: str | None = None
    street_line2: str | None = None
    city: str | None = None
    province: str | None = None
    postal_code: str | None = None
    country: str | None = None
    country_code: str | None = None
    phone_number: str | None = None


class NameRow(Answered):
    """Something with a name."""

    name: str


class GoodsRow(Answered):
    """What was bought."""

    sku: str
    name: str
    product: NameRow
    options: tuple[NameRow, ...] = ()


class ParcelPartRow(Answered):
    """How many pieces of a line are in which parcel."""

    fulfillment_id: str
    quantity: int


class BoughtRow(Answered):
    """One line."""

    id: str
    quantity: int
    order_placed_quantity: int
    prorated_unit_price_with_tax: int
    product_variant: GoodsRow
    fulfillment_lines: list[ParcelPartRow] | None = None


class ParcelRow(Answered):
    """One parcel. Its only times are those of its creation and its last change."""

    id: str
    state: str
    method: str
    created_at: str
    updated_at: str
    tracking_code: str | None = None


class MoneyBackRow(Answered):
    """A refund. Pending until it is settled by hand or by the payment handler."""

    id: str
    total: int
    state: str
    created_at: str
    reason: str | None = None


class PaymentRow(Answered):
    """One payment, with its refunds."""

    id: str
    state: str
    method: str
    amount: int
    refunds: tuple[MoneyBackRow, ...] = ()


class ShippingLineRow(Answered):
    """How it is shipped."""

    shipping_method: NameRow


class VendureOrderRow(Answered):
    """One order."""

    id: str
    code: str
    state: str
    created_at: str
    updated_at: str
    currency_code: str
    total_with_tax: int
    order_placed_at: str | None = None
    coupon_codes: tuple[str, ...] = ()
    customer: BuyerRow | None = None
    shipping_address: PlaceRow | None = None
    billing_address: PlaceRow | None = None
    lines: tuple[BoughtRow, ...] = ()
    fulfillments: list[ParcelRow] | None = None
    payments: list[PaymentRow] | None = None
    shipping_lines: tuple[ShippingLineRow, ...] = ()


def order_of_vendure(store: str, row: VendureOrderRow) -> Order:
    """Convert a row to an order. Raises BrokenRow for an invalid time."""
    meaning = _STATES.get(row.state)
    spoken = "" if meaning and not meaning.says_more else line(row.state)[:60]
    buyer = row.customer
    back = [refund for payment in row.payments or [] for refund in payment.refunds]
    cancelled = row.state == "Cancelled"
    return Order(
        store=store,
        external_id=row.id,
        number=line(row.code),
        email=line(buyer.email_address) if buyer else "",
        customer_name=_name(row),
        placed_at=utc_seconds(row.order_placed_at or row.created_at),
        payment=(meaning.payment if meaning else None) or _payment(row, back),
        fulfilment=meaning.fulfilment if meaning else Fulfilment.UNKNOWN,
        total=money_of(row.total_with_tax, row.currency_code),
        lines=tuple(_lines(row)),
        shipments=tuple(_shipments(row.fulfillments or [])),
        refunds=tuple(_refund(one, row.currency_code) for one in back if one.state != "Failed"),
        ship_to=place_of(row.shipping_address) if row.shipping_address else PostalAddress(),
        phone=_phone(row),
        discount_codes=tuple(line(code) for code in row.coupon_codes),
        cancelled_at=utc_seconds(row.updated_at) if cancelled else None,
        fulfilment_word=spoken,
        customer_id=buyer.id if buyer else "",
        changed_at=utc_seconds(row.updated_at),
        payment_method=", ".join(line(one.method) for one in row.payments or []),
        shipping_method=", ".join(line(one.shipping_method.name) for one in row.shipping_lines),
    )


def money_of(hundredths: int, currency: str) -> Money:
    """Hundredths as an amount in the currency's minor units."""
    minor = Decimal(hundredths).scaleb(decimals(currency) - _PLACES)
    return Money(int(minor.to_integral_value(ROUND_HALF_UP)), currency)


def hundredths_of(money: Money) -> int:
    """An amount in Vendure's hundredths."""
    return int(Decimal(money.minor).scaleb(_PLACES - decimals(money.currency)))


def place_of(row: PlaceRow) -> PostalAddress:
    """An address as written on a parcel."""
    street = [row.company, row.street_line1, row.street_line2]
    return PostalAddress(
        name=_clean(row.full_name),
        street=", ".join(part for part in map(_clean, street) if part),
        postcode=_clean(row.postal_code),
        city=_clean(row.city),
        region=_clean(row.province),
        country=_clean(row.country_code) or _clean(row.country),
    )


def _clean(text: str | None) -> str:
    return line((text or "").strip())[:_LONGEST]


def _name(row: VendureOrderRow) -> str:
    places = [one.full_name for one in (row.shipping_address, row.billing_address) if one]
    buyer = f"{row.customer.first_name} {row.customer.last_name}" if row.customer else ""
    return next((name for name in map(_clean, [*places, buyer]) if name), "")


def _phone(row: VendureOrderRow) -> str:
    place = row.shipping_address.phone_number if row.shipping_address else ""
    return _clean(place) or _clean(row.customer.phone_number if row.customer else "")


def _payment(row: VendureOrderRow, back: list[MoneyBackRow]) -> Payment:
    settled = sum(one.amount for one in row.payments or [] if one.state == "Settled")
    returned = sum(one.total for one in back if one.state != "Failed")
    if returned and returned >= settled:
        return Payment.REFUNDED
    if returned:
        return Payment.PARTLY_REFUNDED
    if settled:
        return Payment.PAID
    if row.state == "Cancelled":
        return Payment.VOIDED
    return Payment.PENDING if row.total_with_tax else Payment.PAID  # nothing to pay


def _lines(row: VendureOrderRow) -> Iterable[OrderLine]:
    """The lines; of a cancelled order, which Vendure counts as 0, the quantities bought."""
    going = {one.id for one in row.fulfillments or [] if one.state in _ON_ITS_WAY}
    for one in row.lines:
        count = one.order_placed_quantity if row.state == "Cancelled" else one.quantity
        if count:
            goods = one.product_variant
            sent = sum(part.quantity for part in one.fulfillment_lines or [] if part.fulfillment_id in going)
            price = money_of(one.prorated_unit_price_with_tax, row.currency_code)
            variant = ", ".join(line(option.name) for option in goods.options)
            yield OrderLine(line(goods.sku), line(goods.product.name), variant, count, price, sent, one.id)


def _shipments(parcels: Iterable[ParcelRow]) -> Iterable[Shipment]:
    """The shipped parcels. A delivered one's last change is the time of delivery."""
    for one in parcels:
        if one.state in _ON_ITS_WAY:
            yield Shipment(
                carrier=_clean(one.method),
                number=_clean(one.tracking_code),
                url="",
                shipped_at=utc_seconds(one.created_at),
                delivered_at=utc_seconds(one.updated_at) if one.state == "Delivered" else None,
                status=line(one.state).lower(),
                external_id=one.id,
            )


def _refund(one: MoneyBackRow, currency: str) -> Refund:
    return Refund(
        utc_seconds(one.created_at),
        money_of(one.total, currency),
        _clean(without_key(one.reason or "")),
        one.id,
    )

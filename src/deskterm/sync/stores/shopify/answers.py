"""Shopify's answers, as far as deskterm reads them; msgspec rejects rows that do not match.

Fields that a shop may hide (names, mail addresses, addresses) or that a right is needed for may be null.
"""

from typing import Generic, TypeVar

from msgspec import field

from deskterm.sync.stores.graphql import Answered

Node = TypeVar("Node")


class Amount(Answered):
    """Decimal text with its currency."""

    amount: str
    currency_code: str


class AmountPair(Answered):
    """One amount in the shop's currency and in the customer's."""

    shop_money: Amount
    presentment_money: Amount


class PageInfo(Answered):
    """Where a list goes on."""

    has_next_page: bool
    end_cursor: str | None = None


class Listed(Answered, Generic[Node]):
    """A page of a list."""

    nodes: list[Node]
    page_info: PageInfo | None = None


class AddressRow(Answered):
    """A postal address. Only non-empty lines count."""

    name: str | None = None
    first_name: str | None = None
    last_name: str | None = None
    company: str | None = None
    address1: str | None = None
    address2: str | None = None
    city: str | None = None
    province: str | None = None
    province_code: str | None = None
    zip: str | None = None
    country: str | None = None
    country_code: str | None = field(default=None, name="countryCodeV2")
    phone: str | None = None


class MailRow(Answered):
    """A customer's mail address."""

    email_address: str | None = None


class PhoneRow(Answered):
    """A customer's telephone number."""

    phone_number: str | None = None


class CustomerRow(Answered):
    """The person who ordered."""

    id: str
    display_name: str | None = None
    default_email_address: MailRow | None = None
    default_phone_number: PhoneRow | None = None


class LineRow(Answered):
    """One line. `current_quantity` leaves out what was taken out or refunded."""

    id: str
    title: str
    quantity: int
    current_quantity: int
    unfulfilled_quantity: int
    discounted_unit_price_set: AmountPair
    sku: str | None = None
    variant_title: str | None = None


class TrackingRow(Answered):
    """One tracking number of a parcel."""

    company: str | None = None
    number: str | None = None
    url: str | None = None


class EventRow(Answered):
    """An event that a carrier reported."""

    status: str
    happened_at: str
    message: str | None = None
    city: str | None = None
    country: str | None = None


class FulfilmentRow(Answered):
    """One parcel."""

    id: str
    status: str
    created_at: str
    display_status: str | None = None
    in_transit_at: str | None = None
    delivered_at: str | None = None
    tracking_info: tuple[TrackingRow, ...] = ()


class RefundRow(Answered):
    """A refund. Shopify may leave `created_at` out."""

    id: str
    total_refunded_set: AmountPair
    created_at: str | None = None
    note: str | None = None


class ReturnRow(Answered):
    """Goods on their way back."""

    id: str
    name: str
    status: str
    created_at: str
    closed_at: str | None = None
    total_quantity: int = 0


class ShippingRow(Answered):
    """How an order is shipped."""

    title: str | None = None


class OrderRow(Answered):
    """One order, with its parcels and refunds; lines and returns are lists of their own."""

    id: str
    legacy_resource_id: str
    name: str
    processed_at: str
    updated_at: str
    display_fulfillment_status: str
    total_price_set: AmountPair
    display_financial_status: str | None = None
    cancelled_at: str | None = None
    test: bool = False
    edited: bool = False
    email: str | None = None
    phone: str | None = None
    note: str | None = None
    tags: tuple[str, ...] = ()
    discount_codes: tuple[str, ...] = ()
    payment_gateway_names: tuple[str, ...] = ()
    shipping_address: AddressRow | None = None
    billing_address: AddressRow | None = None
    customer: CustomerRow | None = None
    shipping_line: ShippingRow | None = None
    fulfillments: tuple[FulfilmentRow, ...] = ()
    refunds: tuple[RefundRow, ...] = ()
    line_items: Listed[LineRow] | None = None
    returns: Listed[ReturnRow] | None = None

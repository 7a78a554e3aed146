"""Orders, as a read-only copy of what the store says."""

from dataclasses import replace
from enum import StrEnum

from deskterm.domain.orders.returns import OrderReturn
from deskterm.lazy_regex import lazy_regex
from deskterm.value_class import dataclass


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in minor units (cents; yen have none) of an ISO 4217 currency."""

    minor: int
    currency: str


class Payment(StrEnum):
    """The payment state of an order, in words common to all stores."""

    PENDING = "pending"
    PAID = "paid"
    PARTLY_REFUNDED = "partly refunded"
    REFUNDED = "refunded"
    VOIDED = "voided"
    UNKNOWN = "unknown"


class Fulfilment(StrEnum):
    """The shipping state of an order."""

    UNFULFILLED = "unfulfilled"
    PARTLY = "partly shipped"
    SHIPPED = "shipped"
    DELIVERED = "delivered"
    CANCELLED = "cancelled"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class OrderLine:
    """A line of an order. `price` is for one piece, `sent` is how many have shipped (None: not known).

    `refunded` is how many pieces were refunded; `external_id` is the store's key of the line.
    """

    sku: str
    title: str
    variant: str
    quantity: int
    price: Money
    sent: int | None = None
    external_id: str = ""
    refunded: int = 0


class TrackingSource(StrEnum):
    """The source of what we know about a parcel."""

    STORE = "store"  # the store's own fields, or a plugin's
    CARRIER = "carrier"  # the carrier's events, passed on by the store
    FILE = "file"  # a second file, from a label service


@dataclass(frozen=True, slots=True)
class Shipment:
    """A parcel. Times are UTC seconds, None if not known.

    `last_scan_at` is its last movement, `status` what was reported then, `source` by whom.
    """

    carrier: str
    number: str
    url: str
    shipped_at: int | None
    delivered_at: int | None = None
    last_scan_at: int | None = None
    status: str = ""
    external_id: str = ""
    source: TrackingSource = TrackingSource.STORE

    @property
    def moved_at(self) -> int | None:
        """When it last moved as far as known: delivery, the carrier's last scan or shipping."""
        known = [at for at in (self.delivered_at, self.last_scan_at, self.shipped_at) if at is not None]
        return max(known, default=None)


@dataclass(frozen=True, slots=True)
class Refund:
    """A refund. `at` is UTC seconds, `amount` is positive and in the customer's currency."""

    at: int
    amount: Money
    reason: str = ""
    external_id: str = ""


@dataclass(frozen=True, slots=True)
class OrderNote:
    """A note on an order in the store. `to_customer`: the store mailed it."""

    at: int
    text: str
    author: str = ""
    to_customer: bool = False
    external_id: str = ""


# Postcodes that stand behind the town: British, Irish, Canadian; and countries whose digits do.
_BEHIND_TOWN = lazy_regex(
    r"(?i)[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}|[A-Z]\d[\dW] ?[A-Z\d]{4}|[A-Z]\d[A-Z] ?\d[A-Z]\d"
)
_TOWN_FIRST = frozenset(
    ("us", "usa", "united states", "united states of america", "au", "australia", "nz", "new zealand")
)


@dataclass(frozen=True, slots=True)
class PostalAddress:
    """A shipping address as the store prints it. Every field may be empty."""

    name: str = ""
    street: str = ""
    postcode: str = ""
    city: str = ""
    region: str = ""
    country: str = ""

    @property
    def lines(self) -> tuple[str, ...]:
        """The address as written on a parcel: `28195 Bremen`, but `Leeds LS1 1AA` and `Austin, TX 78701`."""
        town, region = " ".join(filter(None, (self.postcode, self.city))), self.region
        if _BEHIND_TOWN.fullmatch(self.postcode.strip()) or self.country.casefold() in _TOWN_FIRST:
            place = ", ".join(filter(None, (self.city, self.region)))
            town, region = " ".join(filter(None, (place, self.postcode))), ""
        return tuple(filter(None, (self.name, self.street, town, region, self.country)))


class OrderFact(StrEnum):
    """Something of an order that may stand in its file and not be readable."""

    TOTAL = "total"
    PLACED = "placed"
    LINES = "lines"  # how many of each
    PRICES = "prices"
    PAYMENT = "payment"


@dataclass(frozen=True, slots=True)
class Order:
    """An order of a store. Times are UTC seconds.

    `external_id` is the store's own key, `number` is what customers quote ("1042", without #), `id` is
    deskterm's row id, 0 before it is stored. `payment_word` and `fulfilment_word` are the store's own words
    if deskterm has none with the same meaning. `total` is in the customer's currency; `shop_total` is the
    same in the shop's currency, None if they do not differ. `note` is the customer's, `notes` are the
    store's. `changed_at` is the store's time, `gone_at` is when we found that the store no longer has it. A
    `test` order counts nowhere. `unread` lists what its file has but could not be read: the field then
    has a placeholder value that must not be shown.
    """

    store: str
    external_id: str
    number: str
    email: str
    customer_name: str
    placed_at: int
    payment: Payment
    fulfilment: Fulfilment
    total: Money
    lines: tuple[OrderLine, ...] = ()
    shipments: tuple[Shipment, ...] = ()
    refunds: tuple[Refund, ...] = ()
    ship_to: PostalAddress = PostalAddress()
    phone: str = ""
    discount_codes: tuple[str, ...] = ()
    cancelled_at: int | None = None
    note: str = ""
    synced_at: int = 0
    id: int = 0
    payment_word: str = ""
    fulfilment_word: str = ""
    shop_total: Money | None = None
    notes: tuple[OrderNote, ...] = ()
    tags: tuple[str, ...] = ()
    admin_url: str = ""
    customer_id: str = ""
    changed_at: int | None = None
    payment_method: str = ""
    shipping_method: str = ""
    test: bool = False
    gone_at: int | None = None
    returns: tuple[OrderReturn, ...] = ()
    unread: tuple[OrderFact, ...] = ()

    @property
    def known_total(self) -> Money | None:
        """The total, None if it could not be read."""
        return None if OrderFact.TOTAL in self.unread else self.total

    @property
    def known_day(self) -> int | None:
        """When it was placed (UTC seconds), None if that could not be read."""
        return None if OrderFact.PLACED in self.unread else self.placed_at

    @property
    def mark(self) -> str:
        """`#1042`, as owner and customer write it."""
        return f"#{self.number}"

    @property
    def shop_currency(self) -> str:
        """The shop's own currency, as far as the order shows it."""
        return (self.shop_total or self.total).currency

    @property
    def payment_text(self) -> str:
        """The payment state, in the store's own word if that says more."""
        return self.payment_word or self.payment.value

    @property
    def fulfilment_text(self) -> str:
        """The shipping state, in the store's own word if that says more."""
        return self.fulfilment_word or self.fulfilment.value

    @property
    def status_in_macros(self) -> str:
        """Deskterm's word, which macros compare with; the store's own only if deskterm has none."""
        return self.fulfilment_text if self.fulfilment is Fulfilment.UNKNOWN else self.fulfilment.value

    @property
    def payment_in_macros(self) -> str:
        """The same for the payment."""
        return self.payment_text if self.payment is Payment.UNKNOWN else self.payment.value

    @property
    def state_text(self) -> str:
        """`paid · shipped`; one word if the store has only one for both."""
        unknown = self.fulfilment is Fulfilment.UNKNOWN and not self.fulfilment_word
        parts = (self.payment_text,) if unknown else (self.payment_text, self.fulfilment_text)
        return " · ".join(dict.fromkeys(parts))

    @property
    def on_its_way(self) -> bool:
        """Whether it is too late to change or cancel it without a parcel coming back."""
        return self.fulfilment in (Fulfilment.PARTLY, Fulfilment.SHIPPED, Fulfilment.DELIVERED)


def without_person(order: Order) -> Order:
    """The order without personal data, for a forgotten customer: number, goods, amounts and times stay."""
    return replace(
        order,
        email="",
        customer_name="",
        ship_to=PostalAddress(),
        phone="",
        discount_codes=(),
        note="",
        notes=(),
        tags=(),
        customer_id="",
        shipments=tuple(replace(one, number="", url="") for one in order.shipments),
        refunds=tuple(replace(one, reason="") for one in order.refunds),
    )

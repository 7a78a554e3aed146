"""Orders as the store says: a read-only mirror, always with its store's mark."""

from dataclasses import replace
from enum import StrEnum

from deskterm.domain.orders.returns import OrderReturn
from deskterm.value_class import dataclass


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in minor units (cents; yen have none) of an ISO 4217 currency."""

    minor: int
    currency: str


class Payment(StrEnum):
    """How far an order is paid, in the stores' common words."""

    PENDING = "pending"
    PAID = "paid"
    PARTLY_REFUNDED = "partly refunded"
    REFUNDED = "refunded"
    VOIDED = "voided"
    UNKNOWN = "unknown"


class Fulfilment(StrEnum):
    """How far an order is on its way."""

    UNFULFILLED = "unfulfilled"
    PARTLY = "partly shipped"
    SHIPPED = "shipped"
    DELIVERED = "delivered"
    CANCELLED = "cancelled"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class OrderLine:
    """One line of an order. `price` is for one piece, `sent` how many are on their way (None: not said).

    `refunded` are pieces whose money was given back; `external_id` is the store's own key of the line.
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
    """Who says where a parcel is."""

    STORE = "store"  # its own fields, or a plugin's
    CARRIER = "carrier"  # the carrier's events, as the store passes them on
    FILE = "file"  # a second file, of a label service


@dataclass(frozen=True, slots=True)
class Shipment:
    """One parcel. Times are UTC seconds, None where nobody says.

    `last_scan_at` is its last movement, `status` what was said of it then, `source` by whom.
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
        """When it was last known to move: the carrier's last scan, else when it was handed over."""
        known = [at for at in (self.delivered_at, self.last_scan_at, self.shipped_at) if at is not None]
        return max(known, default=None)


@dataclass(frozen=True, slots=True)
class Refund:
    """Money given back. `at` is UTC seconds, `amount` in the customer's currency and positive."""

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


@dataclass(frozen=True, slots=True)
class PostalAddress:
    """Where a parcel goes, as the store prints it. Every field may be empty."""

    name: str = ""
    street: str = ""
    postcode: str = ""
    city: str = ""
    region: str = ""
    country: str = ""

    @property
    def lines(self) -> tuple[str, ...]:
        """The address as it is written on a parcel."""
        town = " ".join(part for part in (self.postcode, self.city) if part)
        return tuple(part for part in (self.name, self.street, town, self.region, self.country) if part)


@dataclass(frozen=True, slots=True)
class Order:
    """One order of one store.

    `external_id` is the store's own key, `number` what a customer quotes
    ("1042", no mark), `placed_at` and `synced_at` are UTC seconds. `id` is
    deskterm's row, 0 before it is stored. `payment_word` and `fulfilment_word`
    are the store's own words where deskterm has none that says the same. `total` is
    what the customer pays, in the customer's currency; `shop_total` the same in the
    shop's, None where that is one. `note` is the customer's own, `notes` those that
    the store keeps. `changed_at` is the store's, `gone_at` when it was found that the
    store has the order no longer. A `test` order counts nowhere.
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

    @property
    def mark(self) -> str:
        """`#1042`, as the owner and the customer name it."""
        return f"#{self.number}"

    @property
    def shop_currency(self) -> str:
        """The currency that the shop keeps its books in, as far as the order says."""
        return (self.shop_total or self.total).currency

    @property
    def payment_text(self) -> str:
        """How far it is paid, in the store's own word where that says more."""
        return self.payment_word or self.payment.value

    @property
    def fulfilment_text(self) -> str:
        """How far it is on its way, in the store's own word where that says more."""
        return self.fulfilment_word or self.fulfilment.value

    @property
    def status_in_macros(self) -> str:
        """Deskterm's word, that macros compare; the store's own only where deskterm has none."""
        return self.fulfilment_text if self.fulfilment is Fulfilment.UNKNOWN else self.fulfilment.value

    @property
    def payment_in_macros(self) -> str:
        """The same of the payment."""
        return self.payment_text if self.payment is Payment.UNKNOWN else self.payment.value

    @property
    def state_text(self) -> str:
        """`paid · shipped`; one word where the store has but one for both."""
        untold = self.fulfilment is Fulfilment.UNKNOWN and not self.fulfilment_word
        parts = (self.payment_text,) if untold else (self.payment_text, self.fulfilment_text)
        return " · ".join(dict.fromkeys(parts))

    @property
    def on_its_way(self) -> bool:
        """Whether it is too late to change or cancel it without a parcel coming back."""
        return self.fulfilment in (Fulfilment.PARTLY, Fulfilment.SHIPPED, Fulfilment.DELIVERED)


def without_person(order: Order) -> Order:
    """What stays of an order once its customer is forgotten: number, goods, amounts, times."""
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

"""A customer: a person, known by one or more addresses."""

from enum import StrEnum

from deskterm.domain.orders.order import Money
from deskterm.value_class import dataclass


class Preferred(StrEnum):
    """How a customer prefers to be contacted; empty if unknown."""

    UNKNOWN = ""
    MAIL = "mail"
    PHONE = "phone"
    MESSAGE = "message"

    @property
    def words(self) -> str:
        """For the owner: `prefers to be called`; "" if unknown."""
        return _PREFERS[self]


_PREFERS = {
    Preferred.UNKNOWN: "",
    Preferred.MAIL: "prefers mail",
    Preferred.PHONE: "prefers to be called",
    Preferred.MESSAGE: "prefers a message",
}


@dataclass(frozen=True, slots=True)
class Customer:
    """A customer. `name` may be empty; `addresses` begins with the one known longest."""

    id: int
    name: str
    addresses: tuple[str, ...]
    first_seen_at: int
    prefers: Preferred = Preferred.UNKNOWN

    @property
    def display_name(self) -> str:
        """The name, or the address if no name is known."""
        return self.name or (self.addresses[0] if self.addresses else "unknown")


@dataclass(frozen=True, slots=True)
class CustomerFound:
    """A customer found by name, with their newest ticket."""

    name: str
    address: str
    ticket_id: int


@dataclass(frozen=True, slots=True)
class CustomerFacts:
    """What the customer card beside a ticket shows. `spent` has one amount per currency.

    `since` is the time of the first order or mail, whichever came first, `last_order_at` of the newest order
    (UTC seconds). `refunds` is how many orders were refunded. `segments` are the owner's.
    """

    customer: Customer
    orders: int
    spent: tuple[Money, ...]
    earlier_tickets: int
    open_tickets: tuple[int, ...]
    since: int = 0
    last_order_at: int | None = None
    refunds: int = 0
    segments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Erased:
    """What was erased of a forgotten customer: their address keys and tickets, and how much of each kind.

    `mentioned` are tickets of others that still name one of the addresses.
    """

    keys: tuple[str, ...]
    tickets: tuple[int, ...]
    messages: int
    attachments: int
    orders: int
    drafts: int
    replies: int
    mentioned: tuple[int, ...] = ()

"""A customer: a person, known by one or more addresses."""

from enum import StrEnum

from deskterm.domain.orders.order import Money
from deskterm.value_class import dataclass


class Preferred(StrEnum):
    """How a customer wants to be reached; empty where nobody said."""

    UNKNOWN = ""
    MAIL = "mail"
    PHONE = "phone"
    MESSAGE = "message"

    @property
    def words(self) -> str:
        """For the owner: `prefers to be called`; empty where nothing is known."""
        return _PREFERS[self]


_PREFERS = {
    Preferred.UNKNOWN: "",
    Preferred.MAIL: "prefers mail",
    Preferred.PHONE: "prefers to be called",
    Preferred.MESSAGE: "prefers a message",
}


@dataclass(frozen=True, slots=True)
class Customer:
    """Who writes to us. `name` may be empty; `addresses` has the first known one first."""

    id: int
    name: str
    addresses: tuple[str, ...]
    first_seen_at: int
    prefers: Preferred = Preferred.UNKNOWN

    @property
    def display_name(self) -> str:
        """The name, or the address where no name is known."""
        return self.name or (self.addresses[0] if self.addresses else "unknown")


@dataclass(frozen=True, slots=True)
class CustomerFound:
    """A customer as a search by name finds them: their newest ticket stands for them."""

    name: str
    address: str
    ticket_id: int


@dataclass(frozen=True, slots=True)
class CustomerFacts:
    """What stands on the customer card beside a ticket. `spent` has one amount a currency.

    `since` is the first order or the first mail, whichever was first, `last_order_at` the newest order
    (UTC seconds); `refunds` are the orders of which money was given back. `segments` are the owner's.
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
    """What a forgotten customer's data was: their address keys and tickets, and how much of each kind.

    `mentioned` are tickets of others that name one of the addresses still.
    """

    keys: tuple[str, ...]
    tickets: tuple[int, ...]
    messages: int
    attachments: int
    orders: int
    drafts: int
    replies: int
    mentioned: tuple[int, ...] = ()

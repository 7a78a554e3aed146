"""Tickets and messages made with one call."""

from datetime import UTC, datetime

from deskterm.domain.messages import Address, Direction
from deskterm.domain.query.parse import parse_query
from deskterm.domain.query.terms import Query
from deskterm.storage import customers, tickets
from deskterm.storage.mail import messages
from deskterm.storage.mail.new_message import new_message
from deskterm.storage.schema.database import Tx

NOON = 1_790_000_000
JANA = Address("Jana Mertens", "jana@mertens.example")


def ticket(tx: Tx, who: Address = JANA, *, at: int = NOON, subject: str = "Mug", text: str = "Hello.") -> int:
    """A ticket with one message of a customer."""
    made = tickets.create(tx, customer_id=customers.upsert(tx, who, at), subject=subject, at=at)
    message(tx, made, who, at=at, subject=subject, text=text)
    return made


def message(
    tx: Tx, ticket: int, who: Address = JANA, *, at: int = NOON, text: str = "Hello.", subject: str = "Mug",
    direction: Direction = Direction.IN, due: str = "", numbers: tuple[str, ...] = (), raw: bytes = b"",
) -> int:  # fmt: skip
    """One message of a ticket, whose figures then follow."""
    made = messages.add(
        tx, ticket,
        new_message(
            direction=direction, at=at, text=text, raw=raw, sender=who, subject=subject, numbers=numbers,
            fingerprint=f"{ticket} {at} {text}".encode(),
        ),
        customer_id=tickets.get(tx, ticket).customer_id, due=due,
    )  # fmt: skip
    tickets.refresh(tx, [ticket])
    return made


def reply(tx: Tx, ticket: int, *, at: int) -> int:
    """Our answer."""
    return message(
        tx, ticket, Address("", "help@ridge.example"), at=at, text="Here.", direction=Direction.OUT
    )


def query_of(text: str) -> Query:
    """A query as the owner types it at noon."""
    return parse_query(text, datetime.fromtimestamp(NOON, UTC))

"""Other customers who may be the one of a ticket: by name, by an address in the text, by their mail here."""

import re
from collections.abc import Iterable

from deskterm.domain.messages import Direction
from deskterm.domain.people.customers import Customer
from deskterm.domain.tickets import Ticket
from deskterm.lazy_regex import lazy_regex
from deskterm.storage import customers
from deskterm.storage.mail import messages
from deskterm.storage.schema.database import Tx

_ADDRESS = lazy_regex(r"[\w.+'%-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,6}", re.ASCII)
_MOST = 3


def namesakes(tx: Tx, ticket: Ticket) -> tuple[Customer, ...]:
    """Customers who have the same full name, or whose address the customer wrote in a mail of the ticket."""
    own = customers.get(tx, ticket.customer_id)
    mails = [one for one in messages.for_ticket(tx, ticket.id) if one.direction is Direction.IN and one.human]
    named = (address for one in mails for address in _ADDRESS.findall(one.own_words))
    found = [*_with_addresses(tx, named), *_with_name(tx, own.name)]
    return tuple(customers.get(tx, one) for one in dict.fromkeys(found) if one != own.id)[:_MOST]


def beside_customer(tx: Tx, ticket: Ticket) -> tuple[Customer, ...]:
    """Those of `namesakes`, and other customers whose mail is on the ticket since tickets were merged."""
    senders = (
        one.sender.address
        for one in messages.for_ticket(tx, ticket.id)
        if one.direction is Direction.IN and one.human
    )
    others = (one for one in dict.fromkeys(_with_addresses(tx, senders)) if one != ticket.customer_id)
    found = (*namesakes(tx, ticket), *(customers.get(tx, one) for one in others))
    return tuple({one.id: one for one in found if one.addresses}.values())[:_MOST]


def _with_addresses(tx: Tx, addresses: Iterable[str]) -> list[int]:
    found = (customers.find_by_address(tx, one) for one in dict.fromkeys(addresses) if one)
    return [one for one in found if one is not None]


def _with_name(tx: Tx, name: str) -> list[int]:
    """Customers of that name; a first name alone says nothing."""
    return customers.with_name(tx, name) if len(name.split()) > 1 else []

"""Saying who answered from an unknown address: the ticket's customer, or somebody else."""

from deskterm.desk.action_words import describe_action, sentence
from deskterm.desk.shop import DeskContext
from deskterm.desk.ticket_work.namesakes import beside_customer
from deskterm.domain.events import By
from deskterm.domain.messages import Direction, mailbox_key
from deskterm.domain.people.customers import Customer
from deskterm.domain.tickets import split_status
from deskterm.domain.views import Done
from deskterm.errors import NotNow
from deskterm.storage import changes, customers, events, tickets
from deskterm.storage.mail import messages, strangers
from deskterm.storage.schema.database import Tx


class Writers:
    """Another address of a ticket's customer, or not. Both can be undone."""

    def __init__(self, shop: DeskContext) -> None:
        self._shop = shop

    def same_person(self, ticket_id: int, now: int) -> Done:
        """The writer is the ticket's customer: merge their addresses. NotNow if nobody is in question."""
        with self._shop.db.write() as tx:
            ticket = tickets.get(tx, ticket_id)
            action = 0
            for writer in _find_asked(tx, ticket.id):
                action = changes.settle_writer(tx, ticket.id, writer, ticket.customer_id, now, action=action)
            return Done(sentence(describe_action(events.for_action(tx, action))), action, (ticket.id,))

    def find_buyer(self, ticket_id: int, email: str) -> str:
        """The name of another customer who placed an order from that address; empty if none."""
        with self._shop.db.read() as tx:
            buyer = customers.find_by_address(tx, email) if email else None
            known = buyer not in (None, tickets.get(tx, ticket_id).customer_id)
            return customers.get(tx, buyer).display_name if known and buyer else ""

    def find_others(self, ticket_id: int) -> tuple[Customer, ...]:
        """Other customers who may be the ticket's: same name, an address in the text, mail merged into it."""
        with self._shop.db.read() as tx:
            return beside_customer(tx, tickets.get(tx, ticket_id))

    def is_buyer(self, ticket_id: int, email: str, now: int) -> Done:
        """The ticket's customer also orders or writes from another address: merge the two customers.

        NotNow if no other customer has that address.
        """
        with self._shop.db.write() as tx:
            ticket, buyer = tickets.get(tx, ticket_id), customers.find_by_address(tx, email)
            if buyer in (None, ticket.customer_id) or buyer is None:
                raise NotNow(f"No other customer has the address {email}.")
            action = changes.settle_writer(tx, ticket.id, ticket.customer_id, buyer, now)
            return Done(sentence(describe_action(events.for_action(tx, action))), action, (ticket.id,))

    def somebody_else(self, ticket_id: int, now: int) -> Done:
        """Note that the writer is somebody else: their mails, and ours to them alone, get a ticket."""
        with self._shop.db.write() as tx:
            ticket = tickets.get(tx, ticket_id)
            asked = _find_asked(tx, ticket.id)
            action = 0
            for writer, mails in asked.items():
                action = changes.settle_writer(tx, ticket.id, writer, writer, now, action=action)
                moved = [*mails, *_only_to(tx, ticket.id, writer)]
                action, made = changes.split(tx, ticket.id, moved, now, By.OWNER, action=action)
                for one in (ticket.id, made):
                    unanswered = tickets.get(tx, one).unanswered_since is not None
                    status = split_status(ticket.status, unanswered=unanswered)
                    changes.change(tx, one, now, By.OWNER, action=action, status=status)
            return Done(sentence(describe_action(events.for_action(tx, action))), action, (ticket.id,))


def _find_asked(tx: Tx, ticket_id: int) -> dict[int, list[int]]:
    found = strangers.for_ticket(tx, ticket_id)
    if not found:
        raise NotNow("Nobody has answered here from an unknown address.")
    return found


def _only_to(tx: Tx, ticket_id: int, writer: int) -> list[int]:
    """Our mails on a ticket that went only to the writer."""
    own = {mailbox_key(one) for one in customers.get(tx, writer).addresses}
    return [
        one.id
        for one in messages.for_ticket(tx, ticket_id)
        if one.direction is Direction.OUT and {mailbox_key(who.address) for who in one.recipients} <= own
    ]

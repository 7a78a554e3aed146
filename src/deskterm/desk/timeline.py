"""The timeline of a ticket's customer."""

from deskterm.desk.products.returns import with_returns
from deskterm.desk.reply.order_options import options
from deskterm.desk.reply.ticket_context import load_context
from deskterm.desk.shop import DeskContext
from deskterm.domain.people.timeline import TimelineEntry, build_timeline
from deskterm.storage import tickets
from deskterm.storage.acting import store_actions
from deskterm.storage.mail import messages
from deskterm.storage.products import waits
from deskterm.storage.ticket_work import promises

_MOST = 200  # tickets of one customer


class Timeline:
    """Everything about one customer, in order."""

    def __init__(self, shop: DeskContext) -> None:
        self._shop = shop

    def for_ticket(self, ticket_id: int) -> tuple[TimelineEntry, ...]:
        """What is known about the ticket's customer, newest first."""
        with self._shop.db.read() as tx:
            at = load_context(tx, ticket_id)
            theirs = tickets.for_customer(tx, at.ticket.customer_id, _MOST)
            orders = with_returns(tx, (option.order for option in options(tx, at)))
            return build_timeline(
                [one for ticket in theirs for one in messages.for_ticket(tx, ticket)],
                orders,
                [one for order in orders for one in store_actions.for_order(tx, order.id)],
                promises.made_on(tx, theirs),
                waits.for_customer(tx, at.ticket.customer_id),
                self._shop.formats,
            )

"""Refreshing the orders of the open ticket, so that the owner sees them as they are now."""

import logging
from collections.abc import Mapping

from deskterm.config.paths import Home
from deskterm.domain.orders.order import Order
from deskterm.domain.sources import Source, SourceKind
from deskterm.errors import DesktermError, NotFound
from deskterm.storage import customers, orders, tickets
from deskterm.storage.schema.database import Database
from deskterm.sync import source_reports
from deskterm.sync.stores.adapter import StoreAccess
from deskterm.sync.stores.read_orders import read_one

LOG = logging.getLogger(__name__)
_FRESH = 60  # seconds for which an order counts as fresh
_MOST = 3  # orders of one ticket


def refresh_orders(
    ticket_id: int, ways: Mapping[str, StoreAccess], db: Database, home: Home, now: int
) -> int:
    """Ask the live stores for the newest orders of a ticket; returns how many changed.

    `ways` are the live stores by name, `now` is UTC seconds.
    Failures of a store are not raised: the next pass reports them, and the stored orders stay.
    """
    changed = 0
    for order in _orders_of(ticket_id, db):
        source = Source(order.store, SourceKind.ORDERS)
        stale = order.store in ways and order.gone_at is None and now - order.synced_at > _FRESH
        if not stale or not source_reports.may_ask(db, source, home, now):
            continue
        try:
            changed += read_one(ways[order.store], db, order.external_id)
        except NotFound:
            changed += 1
        except DesktermError as error:
            LOG.info("an order was not asked for again: %s", type(error).__name__)
    return changed


def _orders_of(ticket_id: int, db: Database) -> list[Order]:
    """The ticket's own order and the customer's newest ones."""
    with db.read() as tx:
        try:
            ticket = tickets.get(tx, ticket_id)
        except NotFound:
            return []
        own = orders.by_ids(tx, [ticket.order_id]) if ticket.order_id else []
        others = orders.for_email(tx, customers.get(tx, ticket.customer_id).addresses)
    found = {order.id: order for order in (*own, *others)}
    return list(found.values())[:_MOST]

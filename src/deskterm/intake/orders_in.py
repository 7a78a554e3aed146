"""Orders arrive: mirrored, and tied to the tickets that were waiting for them."""

from collections.abc import Iterable, Mapping

from deskterm.domain.events import By
from deskterm.domain.messages import Message, mailbox_key
from deskterm.domain.orders.affixes import NONE as NO_AFFIXES
from deskterm.domain.orders.numbers import numbers, unnamed_numbers
from deskterm.domain.orders.order import Fulfilment, Order
from deskterm.domain.tickets import WakesOn
from deskterm.intake.due import CHANGE
from deskterm.storage import changes, customers, orders, tickets
from deskterm.storage.answers import offers
from deskterm.storage.mail import messages
from deskterm.storage.matters import waking
from deskterm.storage.schema.database import Tx
from deskterm.storage.search import word_index

_MAILS_A_NUMBER = 50


def orders_arrived(tx: Tx, arrived: Iterable[Order], now: int) -> list[int]:
    """Take over orders; gives the ids of those that are new or changed.

    A ticket whose mails name an order that was not known then gets it now, unless
    the number stands in two stores. An order that has shipped is no longer urgent to change.
    """
    changed = orders.upsert_all(tx, arrived, now)
    if changed and messages.any_stored(tx):
        for order in _with_tickets(tx, changed):
            _tie(tx, order, now)
            offers.drop_of_order(tx, order.id)
            if order.fulfilment not in (Fulfilment.UNFULFILLED, Fulfilment.UNKNOWN):
                tickets.no_longer_due(tx, order.id, CHANGE)
            if order.on_its_way:
                about = tickets.about_order(tx, order.id)
                waking.wake_on(tx, about, WakesOn.SHIPPED, now, f"order {order.mark} is on its way")
    return list(changed)


def _with_tickets(tx: Tx, changed: Mapping[int, Order]) -> list[Order]:
    """Those of the orders that some ticket may be about: asked for all at once, as most have none."""
    shared = orders.shared_numbers(tx, {order.number for order in changed.values()})
    writing = customers.known_addresses(tx, {order.email for order in changed.values()})
    tied = tickets.about_orders(tx, changed)
    named = word_index.named_numbers(tx, {order.number for order in changed.values()})
    ids = [
        id_
        for id_, order in changed.items()
        if id_ in tied
        or (
            order.number.casefold() not in shared
            and (order.number in named or order.email.casefold() in writing)
        )
    ]
    return orders.by_ids(tx, ids)


def _tie(tx: Tx, order: Order, now: int) -> None:
    if orders.shared_numbers(tx, [order.number]):
        return
    bare = orders.store_affixes(tx).get(order.store, NO_AFFIXES).bare(order.number)
    for found in _mails_naming(tx, order.number, bare):
        message = messages.get(tx, found)
        if not _names(tx, message, order, bare):
            continue
        messages.name_order(tx, found, order.id)
        if tickets.get(tx, message.ticket_id).order_id is None:
            changes.change(tx, message.ticket_id, now, By.SYNC, order_id=order.id, order_by="named")
    _only(tx, order, now)


def _mails_naming(tx: Tx, number: str, bare: str) -> list[int]:
    """The mails that may name an order, as the store writes its number and without what stands around it."""
    found = [word_index.naming(tx, one, _MAILS_A_NUMBER) for one in dict.fromkeys((number, bare))]
    return list(dict.fromkeys(mail for mails in found for mail in mails))


def _names(tx: Tx, message: Message, order: Order, bare: str) -> bool:
    """Whether a mail names an order: as one, or by its bare number where the order is its customer's own."""
    text = f"{message.subject}\n{message.own_words}"
    named = numbers(text)
    if order.number.upper() in named:
        return True
    ticket = tickets.get(tx, message.ticket_id)
    keys = {mailbox_key(one) for one in customers.get(tx, ticket.customer_id).addresses}
    wanted = {order.number.upper(), bare.upper()}
    return mailbox_key(order.email) in keys and not wanted.isdisjoint((*named, *unnamed_numbers(text)))


def _only(tx: Tx, order: Order, now: int) -> None:
    """The customer's one and only order belongs to their open tickets that name none."""
    customer = customers.find_by_address(tx, order.email)
    if customer is None or len(orders.of_email(tx, customers.get(tx, customer).addresses)) != 1:
        return
    for ticket in tickets.open_of_customer(tx, customer):
        if tickets.get(tx, ticket).order_id is None:
            changes.change(tx, ticket, now, By.SYNC, order_id=order.id, order_by="only")

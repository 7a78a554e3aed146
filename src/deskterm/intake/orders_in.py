"""Storing orders that arrive, and linking them to the tickets that name them."""

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
from deskterm.storage.schema.database import Tx
from deskterm.storage.search import word_index
from deskterm.storage.ticket_work import waking

_MAILS_A_NUMBER = 50


def orders_arrived(tx: Tx, arrived: Iterable[Order], now: int) -> list[int]:
    """Store orders; returns the ids of those that are new or changed.

    A ticket whose mails name an order that was not known before is linked to it now, unless two stores have
    the number. Once an order has shipped, a request to change it is no longer urgent.
    """
    changed = orders.upsert_all(tx, arrived, now)
    if changed and messages.any_stored(tx):
        for order in _with_tickets(tx, changed):
            _link(tx, order, now)
            offers.drop_of_order(tx, order.id)
            if order.fulfilment not in (Fulfilment.UNFULFILLED, Fulfilment.UNKNOWN):
                tickets.no_longer_due(tx, order.id, CHANGE)
            if order.on_its_way:
                about = tickets.about_order(tx, order.id)
                waking.wake_on(tx, about, WakesOn.SHIPPED, now, f"order {order.mark} is on its way")
    return list(changed)


def _with_tickets(tx: Tx, changed: Mapping[int, Order]) -> list[Order]:
    """The orders that some ticket may be about: found for all at once, since most have no ticket."""
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


def _link(tx: Tx, order: Order, now: int) -> None:
    """Link an order to the messages and tickets that name it, and to its customer's open tickets."""
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
    _link_only_order(tx, order, now)


def _mails_naming(tx: Tx, number: str, bare: str) -> list[int]:
    """The mails that may name an order, by its full number or by the number without the store's affixes."""
    found = [word_index.naming(tx, one, _MAILS_A_NUMBER) for one in dict.fromkeys((number, bare))]
    return list(dict.fromkeys(mail for mails in found for mail in mails))


def _names(tx: Tx, message: Message, order: Order, bare: str) -> bool:
    """Whether a mail names an order: as an order number, or as any number if its customer placed it."""
    text = f"{message.subject}\n{message.own_words}"
    named = numbers(text)
    if order.number.upper() in named:
        return True
    ticket = tickets.get(tx, message.ticket_id)
    keys = {mailbox_key(one) for one in customers.get(tx, ticket.customer_id).addresses}
    wanted = {order.number.upper(), bare.upper()}
    return mailbox_key(order.email) in keys and not wanted.isdisjoint((*named, *unnamed_numbers(text)))


def _link_only_order(tx: Tx, order: Order, now: int) -> None:
    """If it is the customer's only order, link it to their open tickets that have none."""
    customer = customers.find_by_address(tx, order.email)
    if customer is None or len(orders.for_email(tx, customers.get(tx, customer).addresses)) != 1:
        return
    for ticket in tickets.open_of_customer(tx, customer):
        if tickets.get(tx, ticket).order_id is None:
            changes.change(tx, ticket, now, By.SYNC, order_id=order.id, order_by="only")

"""Which order a ticket is about: those that fit, best first, each with the reason."""

from collections import Counter
from collections.abc import Iterable

from deskterm.desk.reply.ticket_context import TicketContext, whose_orders
from deskterm.domain.messages import Direction, Message
from deskterm.domain.orders.affixes import NONE as NO_AFFIXES
from deskterm.domain.orders.numbers import numbers, unnamed_numbers
from deskterm.domain.orders.order import Order
from deskterm.domain.review.replies import OrderOption
from deskterm.storage import orders
from deskterm.storage.schema.database import Tx

_MOST = 50


def named_by_customer(messages: Iterable[Message]) -> tuple[str, ...]:
    """The order numbers in the customer's own words, the newest mail's first."""
    theirs = [one for one in messages if one.direction is Direction.IN and one.human]
    found = (number for one in reversed(theirs) for number in numbers(f"{one.own_words}\n{one.subject}"))
    return tuple(dict.fromkeys(found))


def numbers_mentioned(messages: Iterable[Message]) -> frozenset[str]:
    """Every number in the customer's own words that may be an order's."""
    theirs = (one for one in messages if one.direction is Direction.IN and one.human)
    return frozenset(found for one in theirs for found in unnamed_numbers(f"{one.subject}\n{one.own_words}"))


def options(tx: Tx, at: TicketContext) -> tuple[OrderOption, ...]:
    """The orders a reply may be about. `certain` is at most one: chosen by hand, or the one named."""
    if at.question is not None and at.question.stranger:
        return ()  # until someone says that it is the customer
    at = whose_orders(tx, at)
    ticket = at.ticket
    theirs = orders.for_email(tx, at.customer.addresses)
    mentioned = numbers_mentioned(at.messages)
    named = orders.by_numbers(tx, named_by_customer(at.messages))
    named = named or [one for one in theirs if not mentioned.isdisjoint(_spellings(tx, one))]
    listed = [_because(order, named, theirs) for order in {one.id: one for one in (*named, *theirs)}.values()]
    chosen = next((one for one in listed if one.order.id == ticket.order_id), None)
    if ticket.order_id is not None and chosen is None:
        chosen = OrderOption(orders.get(tx, ticket.order_id), "it is the ticket's order", certain=True)
    if chosen is None:
        return tuple(listed[:_MOST])
    if not chosen.certain and len(listed) > 1:  # several fit, and one was chosen before
        chosen = OrderOption(chosen.order, "it is the ticket's order", certain=True)
    rest = (
        OrderOption(one.order, one.because) for one in listed if one.order.id != chosen.order.id
    )  # fmt: skip
    return (chosen, *rest)[:_MOST]


def _spellings(tx: Tx, order: Order) -> tuple[str, str]:
    """An order's number in capitals, as its store writes it and as a customer may."""
    bare = orders.store_affixes(tx).get(order.store, NO_AFFIXES).bare(order.number)
    return order.number.upper(), bare.upper()


def _because(order: Order, named: list[Order], theirs: list[Order]) -> OrderOption:
    own = {one.id for one in theirs}
    if order.id in {one.id for one in named}:
        stores = Counter(one.number for one in named)
        if stores[order.number] > 1:
            return OrderOption(order, f"the customer named {order.mark}, which two stores have")
        whose = "" if order.id in own else ", but it was placed from another address"
        return OrderOption(order, f"the customer named it{whose}", certain=len(named) == 1)
    if len(own) == 1:
        return OrderOption(order, "it is the customer's only order", certain=not named)
    latest = order is theirs[0]
    return OrderOption(order, "it is the customer's latest order" if latest else "an earlier order")

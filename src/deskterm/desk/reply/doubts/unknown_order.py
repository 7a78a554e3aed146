"""An order number in the customer's newest mail that no store of ours has: a slip, or another shop's."""

from deskterm.desk.reply.ticket_context import TicketContext
from deskterm.domain.orders.numbers import numbers
from deskterm.domain.review.replies import Draft
from deskterm.storage import orders
from deskterm.storage.answers.usage import newest_orders
from deskterm.storage.schema.database import Tx


def describe_unknown_order(tx: Tx, at: TicketContext) -> str:
    """A sentence on the number that the newest mail calls an order's, if none of its numbers is known.

    "" if it names none, if one is known, and on a desk without any order.
    """
    asked = at.question
    named = numbers(f"{asked.own_words}\n{asked.subject}") if asked else ()
    if not named or orders.by_numbers(tx, named) or not newest_orders(tx, 1):
        return ""
    return f"They name order {named[0]}, which is not among your orders."


def doubts_about_number(tx: Tx, at: TicketContext, draft: Draft) -> tuple[str, ...]:
    """What speaks against a letter about another order than the unknown one that the mail names."""
    unknown = "" if draft.order_id is None else describe_unknown_order(tx, at)
    return (f"{unknown} This letter is about another one.",) if unknown else ()

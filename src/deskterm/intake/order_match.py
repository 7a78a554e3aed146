"""Which order a mail names: checked against what the stores say, never guessed."""

from collections import defaultdict
from collections.abc import Iterable

from deskterm.domain.orders import Order
from deskterm.intake.classify import ClassifiedMail
from deskterm.storage import orders
from deskterm.storage.schema.database import Tx


def known_orders(tx: Tx, mails: Iterable[ClassifiedMail]) -> dict[str, list[Order]]:
    """The stores' orders that mails name, by number in capitals."""
    found: dict[str, list[Order]] = defaultdict(list)
    wanted = sorted({number for mail in mails for number in mail.asks})
    for order in orders.by_numbers(tx, wanted) if wanted else []:
        found[order.number.upper()].append(order)
    return found


def named_order(mail: ClassifiedMail, stored: dict[str, list[Order]]) -> Order | None:
    """The one order a mail names first; None when a number stands in two stores: then the owner is asked."""
    for number in mail.asks if stored else ():
        there = stored.get(number, [])
        if there:
            return there[0] if len(there) == 1 else None
    return None


def only_order(tx: Tx, addresses: Iterable[str]) -> Order | None:
    """The customer's order where there is but one, None otherwise."""
    found = orders.of_email(tx, addresses)
    return found[0] if len(found) == 1 else None

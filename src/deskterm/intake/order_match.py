"""Which order a mail names: looked up among the stores' orders, never guessed."""

from collections import defaultdict
from collections.abc import Iterable

from deskterm.domain.messages import mailbox_key
from deskterm.domain.orders.affixes import NONE as NO_AFFIXES
from deskterm.domain.orders.order import Order
from deskterm.intake.values import ClassifiedMail
from deskterm.storage import orders
from deskterm.storage.schema.database import Tx


def known_orders(tx: Tx, mails: Iterable[ClassifiedMail]) -> dict[str, list[Order]]:
    """The stored orders that mails name, by number in capitals, with and without the store's affixes."""
    found: dict[str, list[Order]] = defaultdict(list)
    wanted = sorted({number for mail in mails for number in (*mail.asks, *mail.may_name)})
    named = orders.by_numbers(tx, wanted) if wanted else []
    affixes = orders.store_affixes(tx) if named else {}
    for order in named:
        bare = affixes.get(order.store, NO_AFFIXES).bare(order.number)
        for number in dict.fromkeys((order.number.upper(), bare.upper())):
            found[number].append(order)
    return found


def named_order(
    mail: ClassifiedMail, stored: dict[str, list[Order]], addresses: Iterable[str] = ()
) -> Order | None:
    """The order a mail is about, None where that is not certain: then the owner is asked.

    The first number that the mail calls an order number decides, unless two stores have it. If there is none,
    any number counts that belongs to exactly one of the customer's own orders, placed from `addresses`.
    """
    for number in mail.asks if stored else ():
        there = stored.get(number, [])
        if there:
            return there[0] if len(there) == 1 else None
    keys = {mailbox_key(one) for one in addresses}
    mentioned = [order for number in mail.may_name for order in stored.get(number, ())]
    own = {order.id: order for order in mentioned if mailbox_key(order.email) in keys}
    return next(iter(own.values())) if len(own) == 1 else None


def only_order(tx: Tx, addresses: Iterable[str]) -> Order | None:
    """The customer's order if they have exactly one, else None."""
    found = orders.for_email(tx, addresses)
    return found[0] if len(found) == 1 else None

"""Which order a mail names: checked against what the stores say, never guessed."""

from collections import defaultdict
from collections.abc import Iterable

from deskterm.domain.order_numbers import numbers
from deskterm.domain.orders import Order
from deskterm.intake.judge import Judged
from deskterm.storage import orders
from deskterm.storage.database import Tx


def candidates(mail: Judged) -> tuple[str, ...]:
    """The order numbers that a mail's subject and its own words name."""
    return numbers(f"{mail.mail.subject}\n{mail.written}")


def of_form(mail: Judged) -> tuple[str, ...]:
    """The order number that a form asked for; what is no number in it is left out."""
    field = mail.mail.writer.fields.get("order", "").strip("# ")
    return numbers(f"#{field}") if field else ()


def known(tx: Tx, named: Iterable[str]) -> dict[str, list[Order]]:
    """The stores' orders by number, in capitals."""
    found: dict[str, list[Order]] = defaultdict(list)
    wanted = sorted(set(named))
    for order in orders.by_numbers(tx, wanted) if wanted else []:
        found[order.number.upper()].append(order)
    return found


def named(mail_numbers: Iterable[str], stored: dict[str, list[Order]]) -> Order | None:
    """The one order a mail names first; None when a number stands in two stores: then the owner is asked."""
    for number in mail_numbers:
        there = stored.get(number, [])
        if there:
            return there[0] if len(there) == 1 else None
    return None


def only(tx: Tx, addresses: Iterable[str]) -> Order | None:
    """The customer's order where there is but one, None otherwise."""
    found = orders.of_email(tx, addresses)
    return found[0] if len(found) == 1 else None

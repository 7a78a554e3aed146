"""The customer beside a ticket: who, how many orders and for how much, other open tickets."""

from collections.abc import Callable, Iterable

from deskterm.commands.keymap import KeyOf
from deskterm.domain.orders.order import Money
from deskterm.domain.people.customers import CustomerFacts
from deskterm.widgets.drawing.cells import wrap, wrap_parts
from deskterm.widgets.drawing.lines import DrawnLine


def customer_lines(
    facts: CustomerFacts,
    width: int,
    money: Callable[[Iterable[Money]], str],
    month: Callable[[int], str],
    key: KeyOf,
) -> list[DrawnLine]:
    """The card's lines at a width in cells; `key` gives the owner's key for a command."""
    customer = facts.customer
    known = [f"{facts.orders} order{'s'[: facts.orders != 1]}"] if facts.orders else ["no orders"]
    if facts.spent:
        known.append(money(facts.spent))
    known.append(f"since {month(facts.since or customer.first_seen_at)}")
    lines = [DrawnLine.of(part, bold=True) for part in wrap(customer.display_name, width)]
    lines += [DrawnLine.of(part, "accent", bold=True) for part in wrap_parts(facts.segments, width)]
    lines += [DrawnLine.of(part, "soft") for part in wrap_parts(known, width)]
    if customer.prefers.words:
        lines += [DrawnLine.of(part, "amber") for part in wrap(customer.prefers.words, width)]
    if facts.earlier_tickets:
        lines.append(
            DrawnLine.of(f"{facts.earlier_tickets} earlier ticket{'s'[: facts.earlier_tickets != 1]}", "soft")
        )
    if facts.open_tickets:
        words = (
            "also open: " + " ".join(f"T{number}" for number in facts.open_tickets),
            f"{key('merge')} merges",
        )
        lines += [DrawnLine.of(part, "amber") for part in wrap_parts(words, width, "   ")]
    lines += [
        DrawnLine.of(part, "dim")
        for address in customer.addresses
        if customer.name
        for part in wrap_parts(address.replace("@", "\n@").split("\n"), width, "")
    ]
    return lines

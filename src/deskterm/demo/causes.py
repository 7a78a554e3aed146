"""Two recent problems, told as they happen: a carrier's bad week, and a cardigan that runs small.

The figures' advice finds them by what the tickets share; nothing marks them. Their orders stand among
the others, and are given to no other story.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import chain
from random import Random
from typing import NamedTuple

from deskterm.demo import orders, shop
from deskterm.demo.clock import DAY, at_hour, local
from deskterm.demo.conversation import ConversationValues, ConversationWriter
from deskterm.demo.letters import Letter
from deskterm.demo.orders import Ledger
from deskterm.demo.people import Person
from deskterm.domain.orders.order import Order

_SEED = 46
_CARRIER = shop.CARRIERS[1]
_HELD_BACK = 16  # days ago: the carrier held back that week's parcels from Tuesday to Thursday


class _Buyer(NamedTuple):
    """Who bought, and how many days ago they wrote; 0: not yet."""

    name: str
    wrote: float = 0


_LATE = (
    _Buyer("Harriet Pym", 7.4),
    _Buyer("Katrin Öttl", 6.3),
    _Buyer("Rory Macleod", 5.2),
    _Buyer("Zoe Castle", 4.3),
    _Buyer("Nils Überall", 3.4),
    _Buyer("Anil Mehta", 2.4),
    _Buyer("Petra Novak", 1.3),
    _Buyer("Marlene Voß", 5.7),
    _Buyer("Freya Holt", 3.2),
    _Buyer("Oscar Finch"),
    _Buyer("Jack Otieno"),
    _Buyer("Jörg Pfännle"),
)
_SMALL = (
    _Buyer("Ruth Abara", 22.3),
    _Buyer("Stella Mwangi", 17.2),
    _Buyer("Ilse Jäger", 13.3),
    _Buyer("Connor Hale", 10.4),
    _Buyer("Nell Hargreaves", 8.2),
    _Buyer("Victor Osei", 6.4),
    _Buyer("Elif Yıldız", 4.2),
    _Buyer("Owen Llewellyn", 2.2),
    _Buyer("Hana Kim", 1.4),
)


def add_orders(now: int, people: Sequence[Person], ledger: Ledger) -> Ledger:
    """The ledger with the orders of these stories added, all renumbered by time."""
    rng = Random(_SEED)  # noqa: S311 - a story, no secret
    who = {person.name: person for person in people}
    made = chain(_late_orders(now, rng, who), _small_orders(now, rng, who))
    return orders.with_more(ledger, tuple(made))


def causes(now: int, people: Sequence[Person], ledger: Ledger) -> list[Letter]:
    """All letters of these stories, unordered; each conversation ends with a letter of the store."""
    rng, who = Random(_SEED), {person.name: person for person in people}  # noqa: S311 - a story, no secret
    writer = ConversationWriter(now, rng)
    letters: list[Letter] = []
    for topic, buyers in (("late", _LATE), ("small", _SMALL)):
        for number, buyer in enumerate(one for one in buyers if one.wrote):
            at = at_hour(int(now - buyer.wrote * DAY), rng.uniform(7, 13))
            exchange = ConversationValues(who[buyer.name], ledger.by_name(f"{topic}-{buyer.name}"))
            text = writer.opening(exchange, topic, at)
            letters += writer.conversation(exchange, text, at, f"h-{topic}{number}")
    return letters


def _late_orders(now: int, rng: Random, who: Mapping[str, Person]) -> Iterator[Order]:
    """Sent with one carrier in one week and not seen since; half of those asked about turned up late."""
    day = now - _HELD_BACK * DAY
    monday = day - local(day).weekday() * DAY
    for number, buyer in enumerate(_LATE):
        sent = at_hour(monday + (1 + number % 3) * DAY, rng.uniform(11, 16))
        placed = at_hour(sent - DAY, rng.uniform(8, 21))
        order = orders.order_placed(f"late-{buyer.name}", placed, rng, who[buyer.name])
        found = now - (buyer.wrote / 2) * DAY
        order = orders.sent_with(order, _CARRIER, sent, rng)
        yield orders.deliver(order, int(found)) if buyer.wrote > 4 else orders.silent(order, sent + DAY)  # noqa: PLR2004


def _small_orders(now: int, rng: Random, who: Mapping[str, Person]) -> Iterator[Order]:
    """One cardigan each, which arrived the day before they wrote."""
    for number, buyer in enumerate(_SMALL):
        wrote = now - buyer.wrote * DAY
        sent = at_hour(int(wrote - 4 * DAY), rng.uniform(11, 16))
        placed = at_hour(sent - DAY, rng.uniform(8, 21))
        order = orders.order_placed(f"small-{buyer.name}", placed, rng, who[buyer.name])
        order = orders.with_product(order, "CARDIGAN", "SM"[number % 2])
        order = orders.sent_with(order, rng.choice(shop.CARRIERS), sent, rng)
        order = replace(order, discount_codes=())
        yield orders.deliver(order, at_hour(int(wrote - DAY), rng.uniform(10, 16)))

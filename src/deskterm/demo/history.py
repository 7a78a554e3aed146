"""Ten weeks of conversations that are over or wait for the customer."""

from collections.abc import Iterator, Sequence
from random import Random

from deskterm.demo import orders
from deskterm.demo.clock import DAY, at_hour, local
from deskterm.demo.conversation import ConversationValues, ConversationWriter
from deskterm.demo.letters import Letter
from deskterm.demo.orders import Ledger
from deskterm.demo.people import Person
from deskterm.domain.orders.order import Order

_DAYS = 70
_BY_WEEKDAY = (2.6, 2.0, 1.9, 1.8, 1.5, 1.0, 1.3)
_BUSY = (1.25, 0.85, 1.0, 1.3, 0.8, 0.9, 1.25, 0.75, 0.95, 1.05, 0.9)  # relative volume, by weeks ago

# How often a topic occurs, and how many days before the mail its order was placed.
_TOPICS: dict[str, tuple[float, tuple[float, float] | None]] = {
    "status": (11, (0.5, 4)),
    "late": (15, (8, 15)),
    "lost": (4, (12, 24)),
    "address": (6, (0, 1.3)),
    "cancel": (5, (0, 1.3)),
    "return": (8, (6, 20)),
    "exchange": (7, (5, 14)),
    "refund": (5, (16, 30)),
    "damaged": (8, (4, 10)),
    "wrong": (5, (4, 10)),
    "complaint": (3, (9, 18)),
    "stock": (6, None),
    "discount": (5, None),
    "gift": (3, None),
    "care": (3, None),
    "product": (7, None),
    "thanks": (3, (5, 20)),
    "phishing": (0.6, None),
    "checkout": (0.6, None),
}


def history(now: int, rng: Random, people: Sequence[Person], ledger: Ledger) -> list[Letter]:
    """All letters of the past, unordered. Each conversation ends with a letter of the store."""
    by_address = {person.address: person for person in people}
    asking = [person for person in people if not any(o.email == person.address for o in ledger.orders)]
    writer = ConversationWriter(now, rng)
    letters: list[Letter] = []
    for number, at in enumerate(_arrivals(now, rng)):
        topic, order = _matter(rng, ledger, at)
        if order:
            person = by_address[order.email]
            text = writer.opening(ConversationValues(person, order), topic, at)
            order = orders.with_named_product(order, text.body, rng)
            ledger.record(_outcome(order, topic, at, now))
        else:
            person = rng.choice(asking if rng.random() < 0.6 else people)  # noqa: PLR2004 - most never ordered
            text = writer.opening(ConversationValues(person, None), topic, at)
        letters += writer.conversation(ConversationValues(person, order), text, at, f"h{number}")
    return letters


def _arrivals(now: int, rng: Random) -> Iterator[int]:
    """When customers write: more on Mondays, mostly in the evening, some weeks more than others."""
    owed = 0.0
    this_week = local(now).toordinal() - local(now).weekday()
    for ago in range(_DAYS, 0, -1):
        day = local(now - ago * DAY)
        weeks_ago = (this_week - day.toordinal() + 6) // 7
        owed += _BY_WEEKDAY[day.weekday()] * _BUSY[min(weeks_ago, len(_BUSY) - 1)]
        while owed >= 1:
            owed -= 1
            yield at_hour(now - ago * DAY, rng.triangular(6, 23.5, 13))


def _matter(rng: Random, ledger: Ledger, at: int) -> tuple[str, Order | None]:
    """A topic with a fitting order if it needs one; another topic if there is none."""
    names = list(_TOPICS)
    for topic in rng.choices(names, [_TOPICS[name][0] for name in names], k=12):
        days = _TOPICS[topic][1]
        order = ledger.take(rng, at, days) if days else None
        if days is None or order:
            return topic, order
    return "product", None


def _outcome(order: Order, topic: str, at: int, now: int) -> Order:
    """What became of the order of the conversation."""
    soon, later = min(at + DAY // 2, now - 3600), min(at + 5 * DAY, now - 3600)
    if topic == "cancel":
        order = orders.cancel(order, soon)
    elif topic == "refund":
        order = orders.take_back(order, at - 6 * DAY)
    elif topic == "address" and order.shipments:
        order = orders.packed_after(order, at, now)
    elif topic == "late" and order.shipments:
        arrived = at + 4 * DAY
        order = orders.deliver(order, arrived) if arrived < now else orders.silent(order, at - 5 * DAY)
    elif topic == "lost" and order.shipments:
        order = orders.refund(orders.silent(order, at - 9 * DAY), later, "lost parcel")
    elif topic == "return":
        order = orders.take_back(order, later, order.lines[0].price.minor)
    return order

"""Ten weeks of conversations that are over or wait for the customer."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from random import Random

from deskterm.demo import orders, texts
from deskterm.demo.clock import DAY, at_hour, local, worked
from deskterm.demo.letters import Letter, from_customer, from_shop, lineage
from deskterm.demo.orders import Ledger
from deskterm.demo.people import Person
from deskterm.domain.facts import items
from deskterm.domain.orders import Order

_DAYS = 70
_NO_LATER = 20 * 60  # nothing of the past happens in the last minutes before now
_BY_WEEKDAY = (2.6, 2.0, 1.9, 1.8, 1.5, 1.0, 1.3)
_BUSY = (1.25, 0.85, 1.0, 1.3, 0.8, 0.9, 1.25, 0.75, 0.95, 1.05, 0.9)  # by weeks ago
_SLOW = (0.7, 1.5, 1.0, 1.1, 0.8, 1.2, 2.0, 0.8, 1.0, 1.1, 1.0)

# How often a topic comes, and how many days before the mail its order was placed.
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

_NEVER = 2**40
_NAMED = re.compile(r"\{\w+\}")
_OF_PARCELS = frozenset({"{carrier}", "{tracking}", "{shipped}"})


class Told:
    """What a text's braces stand for in one conversation."""

    def __init__(self, person: Person, order: Order | None) -> None:
        self.person = person
        parcel = order.shipments[0] if order and order.shipments else None
        self.left_at = (parcel and parcel.shipped_at) or _NEVER
        self._words = {
            "first": person.first,
            "name": person.name,
            "order": order.number if order else "",
            "item": items(order.lines) if order else "the throw",
            "carrier": parcel.carrier if parcel else "DHL",
            "tracking": parcel.number if parcel else "",
            "shipped": _date(parcel.shipped_at or 0) if parcel else "",
        }

    def fill(self, text: str, at: int) -> str:
        """The text with this conversation's names; `at` gives the date news is promised by."""
        return text.format_map({**self._words, "by": _date(worked(at, 3 * 8 * 60))})

    def can_say(self, text: texts.Text, at: int) -> bool:
        """Whether the text names nothing that is not there, or not there yet."""
        words = text.subject + text.body
        ordered = bool(self._words["order"]) or "{order}" not in words
        return ordered and (self.left_at < at or not _OF_PARCELS.intersection(_NAMED.findall(words)))

    def greeted(self, text: str, at: int, language: str) -> str:
        """The store's words with a greeting in their language."""
        hello = {"de": "Hallo", "fr": "Bonjour"}.get(language, "Hello")
        return f"{hello} {self.person.first},\n\n{self.fill(text, at)}"


def _date(at: int) -> str:
    return f"{local(at):%d.%m.}"


def history(now: int, rng: Random, people: Sequence[Person], ledger: Ledger) -> list[Letter]:
    """Every letter of the past, in no order. Each conversation ends with the store's word."""
    by_address = {person.address: person for person in people}
    asking = [person for person in people if not any(o.email == person.address for o in ledger.orders)]
    letters: list[Letter] = []
    for number, at in enumerate(_arrivals(now, rng)):
        topic, order = _matter(rng, ledger, at)
        person = by_address[order.email] if order else rng.choice(asking if rng.random() < 0.6 else people)  # noqa: PLR2004
        letters += _conversation(rng, Told(person, order), topic, at, key=f"h{number}", now=now)
        if order:
            ledger.put(_outcome(order, topic, at, ledger.now))
    return letters


def _arrivals(now: int, rng: Random) -> Iterator[int]:
    """When people write: more on Mondays, mostly in the evening, some weeks more than others."""
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
    """A topic and, where it needs one, an order that fits; another topic if there is none."""
    names = list(_TOPICS)
    for topic in rng.choices(names, [_TOPICS[name][0] for name in names], k=12):
        days = _TOPICS[topic][1]
        order = ledger.take(rng, topic, at, days) if days else None
        if days is None or order:
            return topic, order
    return "product", None


def _conversation(rng: Random, told: Told, topic: str, at: int, *, key: str, now: int) -> list[Letter]:
    """Question, answer, and perhaps more; cut after the last answer that lies in the past."""
    openings = texts.fitting(texts.openings(), topic, told.person.language)
    text = rng.choice([text for text in openings if told.can_say(text, at)])
    first = from_customer(told.person, at, f"{key}.1", told.fill(text.subject, at), told.fill(text.body, at))
    answers = [one for one in texts.fitting(texts.answers(), topic, text.language) if told.can_say(one, at)]
    letters = [first, _answer(now, rng, told, first, rng.choice(answers))]
    for more in _more(rng, topic, text.language):
        last = letters[-1]
        came = last.at + int(rng.uniform(0.1, 2) * DAY if rng.random() > 0.1 else rng.uniform(8, 12) * DAY)  # noqa: PLR2004
        letters.append(again(told.person, last, came, told.fill(more.body, came)))
        letters.append(_answer(now, rng, told, letters[-1], more._replace(body=more.answer)))
    while letters and letters[-1].at > now - _NO_LATER:
        del letters[-2:]
    return letters


def _more(rng: Random, topic: str, language: str) -> list[texts.Text]:
    going_on = [text for text in texts.follow_ups() if text.topic == topic and language == texts.DEFAULT]
    more = [rng.choice(going_on)] if going_on and rng.random() < 0.5 else []  # noqa: PLR2004 - every other
    if rng.random() < 0.22:  # noqa: PLR2004 - some say thanks
        more.append(rng.choice(texts.fitting(texts.closings(), "closing", language)))
    return more


def again(person: Person, last: Letter, at: int, text: str, **more: object) -> Letter:
    """The customer's next letter in the same conversation."""
    key = f"{last.key.rpartition('.')[0]}.{int(last.key.rpartition('.')[2]) + 1}"
    letter = from_customer(person, at, key, last.subject, text, **more)
    return replace(letter, answers=last, parents=lineage(last))


def _answer(now: int, rng: Random, told: Told, to: Letter, text: texts.Text) -> Letter:
    """The store's reply: within hours of business, slower in a bad week, some far too late."""
    weeks_ago = min((now - to.at) // (7 * DAY), len(_SLOW) - 1)
    minutes = rng.lognormvariate(4.7, 0.8) * _SLOW[weeks_ago] + (960 if rng.random() < 0.06 else 0)  # noqa: PLR2004
    at = worked(to.at, max(minutes, 4))
    key = f"{to.key.rpartition('.')[0]}.{int(to.key.rpartition('.')[2]) + 1}"
    return from_shop(to, at, key, told.greeted(text.body, at, text.language))


def _outcome(order: Order, topic: str, at: int, now: int) -> Order:
    """What became of the order the conversation was about."""
    soon, later = min(at + DAY // 2, now - 3600), min(at + 5 * DAY, now - 3600)
    if topic == "cancel":
        order = orders.cancelled(order, soon)
    elif topic == "refund":
        order = orders.refunded(order, at - 6 * DAY, "returned")
    elif topic == "address" and order.shipments:
        order = orders.left_later(order, at, now)
    elif topic == "late" and order.shipments:
        arrived = at + 4 * DAY
        order = orders.delivered(order, arrived) if arrived < now else orders.silent(order, at - 5 * DAY)
    elif topic == "lost" and order.shipments:
        order = orders.refunded(orders.silent(order, at - 9 * DAY), later, "lost parcel")
    elif topic == "return":
        order = orders.refunded(order, later, "returned", order.lines[0].price.minor)
    return order

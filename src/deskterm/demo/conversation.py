"""Tells one conversation: picks the texts, fills in the names, places the answers in time."""

import re
from collections import Counter
from random import Random

from deskterm.demo import texts
from deskterm.demo.clock import DAY, after_business_minutes, local
from deskterm.demo.letters import Letter, from_customer, from_shop, next_key, reply_again
from deskterm.demo.people import Person
from deskterm.domain.liquid.facts import items
from deskterm.domain.orders.order import Order

_NO_LATER = 20 * 60  # seconds before now in which nothing of the past happens
_SLOW = (0.7, 1.5, 1.0, 1.1, 0.8, 1.2, 2.0, 0.8, 1.0, 1.1, 1.0)
_NEVER = 2**40
_NAMED = re.compile(r"\{\w+\}")
_OF_PARCELS = frozenset({"{carrier}", "{tracking}", "{shipped}"})


class ConversationValues:
    """The values for a text's braces in one conversation."""

    def __init__(self, person: Person, order: Order | None) -> None:
        self.person = person
        parcel = order.shipments[0] if order and order.shipments else None
        self.left_at = (parcel and parcel.shipped_at) or _NEVER
        self._list = {"item": items(order.lines)} if order else {}
        self._words = {
            "first": person.first,
            "name": person.name,
            "order": order.number if order else "",
            "item": _spoken_name(order.lines[0].title, person.language) if order else "the throw",
            "carrier": parcel.carrier if parcel else "DHL",
            "tracking": parcel.number if parcel else "",
            "shipped": _date(parcel.shipped_at or 0) if parcel else "",
        }

    def fill(self, text: str, at: int, **more: str) -> str:
        """The text with this conversation's values; `at` gives the date by which news is promised."""
        return text.format_map({**self._words, "by": _date(after_business_minutes(at, 3 * 8 * 60)), **more})

    def can_say(self, text: texts.SampleText, at: int) -> bool:
        """Whether the text uses no value that is missing or not there yet."""
        words = text.subject + text.body
        ordered = bool(self._words["order"]) or "{order}" not in words
        return ordered and (self.left_at < at or not _OF_PARCELS.intersection(_NAMED.findall(words)))

    def greeting(self, text: str, at: int, language: str) -> str:
        """The store's text with a greeting in the customer's language."""
        hello = {"de": "Hallo", "fr": "Bonjour"}.get(language, "Hello")
        return f"{hello} {self.person.first},\n\n{self.fill(text, at, **self._list)}"


def _spoken_name(title: str, language: str) -> str:
    """How a customer names a product: `the wool throw`, or its name in the shop."""
    return f"the {title.lower()}" if language == texts.DEFAULT else title


def _date(at: int) -> str:
    return f"{local(at):%d.%m.}"


class ConversationWriter:
    """Tells conversations that lie before `now`; a text is repeated only after all have been used."""

    def __init__(self, now: int, rng: Random) -> None:
        self._now = now
        self._rng = rng
        self._used: Counter[texts.SampleText] = Counter()

    def opening(self, exchange: ConversationValues, topic: str, at: int) -> texts.SampleText:
        """The customer's first question."""
        fitting = texts.fitting(texts.openings(), topic, exchange.person.language)
        return self._fresh([text for text in fitting if exchange.can_say(text, at)])

    def conversation(
        self, exchange: ConversationValues, text: texts.SampleText, at: int, key: str
    ) -> list[Letter]:
        """Question, answer, and perhaps more; cut after the last answer in the past."""
        subject, body = exchange.fill(text.subject, at), exchange.fill(text.body, at)
        first = from_customer(exchange.person, at, f"{key}.1", subject, body)
        fitting = texts.fitting(texts.answers(), text.topic, text.language)
        answer = self._fresh([one for one in fitting if exchange.can_say(one, at)])
        letters = [first, self._answer(exchange, first, answer)]
        for more in self._more(text.topic, text.language):
            came = letters[-1].at + self._pause()
            letters.append(reply_again(exchange.person, letters[-1], came, exchange.fill(more.body, came)))
            letters.append(self._answer(exchange, letters[-1], more._replace(body=more.answer)))
        while letters and letters[-1].at > self._now - _NO_LATER:
            del letters[-2:]
        return letters

    def _fresh(self, fitting: list[texts.SampleText]) -> texts.SampleText:
        least = min(self._used[text] for text in fitting)
        text = self._rng.choice([text for text in fitting if self._used[text] == least])
        self._used[text] += 1
        return text

    def _more(self, topic: str, language: str) -> list[texts.SampleText]:
        """How it continues: every other matter does, and some customers say thanks."""
        going_on = [text for text in texts.follow_ups() if text.topic == topic and language == texts.DEFAULT]
        more = [self._fresh(going_on)] if going_on and self._rng.random() < 0.5 else []  # noqa: PLR2004
        if self._rng.random() < 0.22:  # noqa: PLR2004
            more.append(self._fresh(texts.fitting(texts.closings(), "closing", language)))
        return more

    def _pause(self) -> int:
        """Seconds until the customer writes again: hours, or more than a week, which counts as reopened."""
        days = self._rng.uniform(8, 12) if self._rng.random() < 0.1 else self._rng.uniform(0.1, 2)  # noqa: PLR2004
        return int(days * DAY)

    def _answer(self, exchange: ConversationValues, to: Letter, text: texts.SampleText) -> Letter:
        """The store's reply: within business hours, slower in a bad week, some far too late."""
        weeks_ago = min((self._now - to.at) // (7 * DAY), len(_SLOW) - 1)
        minutes = self._rng.lognormvariate(4.7, 0.8) * _SLOW[weeks_ago]
        minutes += 960 if self._rng.random() < 0.06 else 0  # noqa: PLR2004
        at = after_business_minutes(to.at, max(minutes, 4))
        return from_shop(to, at, next_key(to), exchange.greeting(text.body, at, text.language))

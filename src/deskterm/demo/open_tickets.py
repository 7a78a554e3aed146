"""Today's open tickets: a Monday's worth, minutes to two days old."""

from collections.abc import Mapping, Sequence

from deskterm.demo import orders, shop, texts
from deskterm.demo.clock import DAY, after_business_minutes, at_hour
from deskterm.demo.letters import Letter, from_customer, from_shop, reply_again
from deskterm.demo.orders import Ledger
from deskterm.demo.people import Person
from deskterm.demo.photo import broken_mug
from deskterm.domain.formats import Formats

_HOUR, _MINUTE = 3600, 60


def present(now: int, people: Sequence[Person], ledger: Ledger) -> list[Letter]:
    """The letters of the open tickets, with earlier ones of the same conversations."""
    who = {person.name: person for person in people}
    tom = ledger.of("Tom Iversen")
    adaeze = ledger.of("Adaeze Okafor")
    henrik = ledger.of("Henrik Dahl")
    photo = (("mug.png", "image/png", broken_mug()),)
    return [
        *_jana(now, who["Jana Mertens"], ledger),
        _new(now - 6 * _HOUR, who["Tom Iversen"], "tom", "plain", order=tom.number),
        _new(now - 4 * _HOUR, who["Adaeze Okafor"], "adaeze", "gmail", photo, order=adaeze.number),
        _new(now - 3 * _HOUR, who["山本 さくら"], "sakura", "plain"),
        *_refund(now, who["Luis Ferreira"], ledger),
        _form(now - _HOUR, who["Maeve O'Brien"]),
        _address(now - 40 * _MINUTE, who["Mia Schulz"], ledger),
        _new(now - 25 * _MINUTE, who["Ben Carter"], "ben", "html"),
        *_thanks(now, who["Noor Haddad"], ledger),
        _new(now - 46 * _HOUR, who["Henrik Dahl"], "henrik", "outlook", order=henrik.number),
        *_about_orders(now, who, ledger),
        _new(now - 21 * _HOUR, who["Samir Khoury"], "samir", "phone"),
        _new(now - 11 * _HOUR, who["Lotte Visser"], "lotte", "gmail"),
        _new(now - 50 * _MINUTE, who["Wren Hollis"], "wren", "html"),
        _new(now - 30 * _HOUR, who["Ulrich Faß"], "ulrich", "apple"),
    ]


_OFFICE = "c.fraser@firth-surveyors.example"  # Callum's second address, not known yet
# Who writes about an order: hours ago, the text, the writer's program.
_ASKED = (
    ("Björn Hölscher", 26, "bjoern", "outlook"),
    ("Amélie Fournier", 2.6, "amelie", "gmail"),
    ("Carmen Ibáñez", 17, "carmen", "apple"),
    ("Grace Whitfield", 3.4, "grace", "plain"),
    ("Dana Silver", 19, "dana", "html"),
    ("Keira Mbeki", 8, "keira", "phone"),
    ("Theo Ashdown", 23, "theo", "gmail"),
    ("Quinn Daly", 7, "quinn", "phone"),
)


def _about_orders(now: int, who: Mapping[str, Person], ledger: Ledger) -> list[Letter]:
    """Mails about an order in the state its buyer describes: not shipped, under way, delivered, broken."""
    _place_orders(now, ledger)
    callum = who["Callum Fraser"]
    number = ledger.of(callum.name).number
    office = callum._replace(address=_OFFICE)
    return [
        _new(now - 5 * _HOUR - 20 * _MINUTE, office, "callum", "outlook", order=number),
        *(
            _new(int(now - hours * _HOUR), who[name], topic, style, order=ledger.of(name).number)
            for name, hours, topic, style in _ASKED
        ),
    ]


def _place_orders(now: int, ledger: Ledger) -> None:
    """Put each order into the state its buyer's mail describes."""
    for name in ("Amélie Fournier", "Grace Whitfield"):
        ledger.record(orders.waiting(ledger.of(name)))
    keira = ledger.of("Keira Mbeki")
    ledger.record(orders.silent(keira, now - DAY))
    for name, days in (("Carmen Ibáñez", 1), ("Theo Ashdown", 1.5), ("Quinn Daly", 1)):
        ledger.record(orders.deliver(ledger.of(name), int(now - days * DAY)))


def _words(topic: str, **names: str) -> tuple[str, str]:
    """Subject and body of a text of `words/now.txt`."""
    text = next(text for text in texts.read_texts("now") if text.topic == topic)
    return text.subject.format(**names), text.body.format(**names)


def _new(
    at: int,
    person: Person,
    topic: str,
    style: str,
    attachments: tuple[tuple[str, str, bytes], ...] = (),
    **names: str,
) -> Letter:
    """An unread first mail."""
    subject, body = _words(topic, **names)
    more = {"style": style, "attachments": attachments, "seen": False}
    return from_customer(person, at, f"n-{topic}.1", subject, body, **more)


def _jana(now: int, jana: Person, ledger: Ledger) -> list[Letter]:
    """Three tickets by one customer, the first with a date that must be met."""
    order = ledger.of(jana.name)
    order = orders.silent(order, max(now - 9 * DAY, order.shipments[0].shipped_at or 0))
    ledger.record(order)
    parcel = order.shipments[0]
    names = {"order": order.number, "carrier": parcel.carrier, "tracking": parcel.number}
    shipped = parcel.shipped_at or now
    asked = from_customer(jana, shipped - 19 * _HOUR, "n-jana.1", *_words("jana-asked", **names))
    answer = from_shop(
        asked, after_business_minutes(shipped, 60), "n-jana.2", _words("jana-told", **names)[1]
    )
    day = Formats(shop.LOCALE, shop.ZONE).weekday(now + 3 * DAY)
    late = _words("jana-late", day=day, **names)[1]
    return [
        asked,
        answer,
        reply_again(jana, answer, now - 9 * _HOUR - 12 * _MINUTE, late, seen=False),
        _new(now - 5 * _HOUR, jana, "jana-card", "plain"),
        _new(now - 95 * _MINUTE, jana, "jana-wine", "phone"),
    ]


def _refund(now: int, luis: Person, ledger: Ledger) -> list[Letter]:
    """A refund that was made but has not reached the customer yet."""
    order = ledger.of(luis.name)
    ledger.record(orders.take_back(order, after_business_minutes(now - 6 * DAY, 120)))
    subject, body = _words("luis-asked", order=order.number)
    asked = from_customer(luis, at_hour(now - 7 * DAY, 20.2), "n-luis.1", subject, body, style="apple")
    answer = from_shop(
        asked, after_business_minutes(asked.at, 150), "n-luis.2", _words("luis-told", order=order.number)[1]
    )
    body = _words("luis-again")[1]
    return [asked, answer, reply_again(luis, answer, now - 2 * _HOUR, body, style="apple", seen=False)]


def _form(at: int, maeve: Person) -> Letter:
    """A contact form's mail: the customer is in Reply-To and in the text."""
    subject, body = _words("maeve", name=maeve.name, address=maeve.address)
    us = (shop.NAME, shop.ADDRESS)
    headers = (("Reply-To", maeve.address),)
    return Letter(at, "n-maeve.1", shop.NAME, shop.ROBOT, us, subject, body, headers=headers, seen=False)


def _address(at: int, mia: Person, ledger: Ledger) -> Letter:
    """A change of address before shipping, which goes to the top."""
    order = orders.waiting(ledger.of(mia.name))
    ledger.record(order)
    return _new(at, mia, "mia", "phone", order=order.number)


def _thanks(now: int, noor: Person, ledger: Ledger) -> list[Letter]:
    """A finished conversation, and a thank-you that reopens it."""
    number = ledger.of(noor.name).number
    subject, body = _words("noor-asked", order=number)
    asked = from_customer(noor, at_hour(now - 12 * DAY, 18.6), "n-noor.1", subject, body)
    answer = from_shop(
        asked, after_business_minutes(asked.at, 200), "n-noor.2", _words("noor-told", order=number)[1]
    )
    return [asked, answer, reply_again(noor, answer, now - 12 * _MINUTE, _words("noor-again")[1], seen=False)]

"""The facts that macros may use about customer, order, store and ticket, each with its source."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date

from deskterm.domain.liquid.names import NAMES
from deskterm.domain.liquid.questions import name_of
from deskterm.domain.orders.carriers import tracking_page
from deskterm.domain.orders.order import Order, OrderFact, OrderLine, Shipment
from deskterm.domain.people.greeting import first_name, full_name
from deskterm.domain.people.mood import mood_of
from deskterm.domain.playbook import Fact
from deskterm.domain.suggest.further_questions import AskKind, SideAsk
from deskterm.domain.suggest.named_values import named_code, wanted_size
from deskterm.domain.tickets import Ticket

_DAY = 86400
_AND = {
    "de": "und",
    "fr": "et",
    "es": "y",
    "it": "e",
    "nl": "en",
    "pt": "e",
    "pl": "i",
    "sv": "och",
    "da": "og",
}


# What is not known of an order either if a fact could not be read.
_RESTS_ON = {
    OrderFact.LINES: (
        "order.items",
        "order.lines",
        "order.sent_items",
        "order.open_items",
        "order.affected_items",
    ),
    OrderFact.PRICES: ("order.lines",),
    OrderFact.PAYMENT: ("order.payment",),
}


def customer_facts(name: str, email: str) -> dict[str, Fact]:
    """The `customer.*` facts. With an empty `name` there is no name to greet with."""
    return _fact(
        "the customer's mail",
        None,
        {
            "customer.name": name,
            "customer.first_name": first_name(name, email),
            "customer.full_name": full_name(name, email),
            "customer.email": email,
        },
    )


def order_facts(
    order: Order, language: str = "", now: int = 0, affected: tuple[OrderLine, ...] = ()
) -> dict[str, Fact]:
    """The `order.*` and `tracking.*` facts, as of the order's last sync; lists in that language.

    Days are counted up to `now` (UTC seconds). `affected` are the lines that an incident is about.
    """
    refund = max(order.refunds, key=lambda refund: refund.at, default=None)
    values = {
        "order.number": order.number,
        "order.date": order.known_day,
        "order.status": order.status_in_macros,
        "order.payment": order.payment_in_macros,
        "order.total": order.known_total,
        "order.items": items(order.lines, _AND.get(language, "and")),
        "order.affected_items": items(affected or order.lines, _AND.get(language, "and")),
        "order.lines": [_line(line) for line in order.lines],
        "order.address": "\n".join(order.ship_to.lines),
        "order.cancelled": order.cancelled_at,
        "order.refund": refund and refund.amount,
        "order.refund_date": refund and refund.at,
        "order.discount_code": next(iter(order.discount_codes), None),
        "order.payment_method": order.payment_method,
        "order.shipping_method": order.shipping_method,
        "order.parcels": sum(bool(one.number) for one in order.shipments) or None,
        "order.tracking": "\n".join(_parcel(one) for one in order.shipments if one.number),
        **_parts(order, _AND.get(language, "and")),
        "order.days": (now - order.known_day) // _DAY if now and order.known_day is not None else None,
        **_tracking(_last(order.shipments), now),
    }
    unknown = {name for fact in order.unread for name in _RESTS_ON.get(fact, ())}
    return _fact(
        f"order {order.mark}",
        order.synced_at or None,
        {name: None if name in unknown else value for name, value in values.items()},
    )


def store_facts(name: str, email: str, signature: str = "") -> dict[str, Fact]:
    """The `store.*` facts: the shop's name from config.toml, and the address that the reply is sent from."""
    values = {"store.name": name, "store.email": email, "store.signature": signature}
    return _fact("config.toml", None, values)


def policy_facts(
    values: Mapping[str, object], country: str = "", *, in_own_language: bool = True
) -> dict[str, Fact]:
    """The `policy.*` facts, from the settings. 0 and empty values count as missing.

    `country` (two letters) is where the order goes: how long parcels take there stands for the rest. In a
    letter in another language than the owner's, the owner's own words are missing.
    """
    facts = {f"policy.{name}": value or None for name, value in values.items()}
    there = values.get("shipping_times_to")
    if isinstance(there, Mapping) and country in there:
        facts["policy.shipping_times"] = there[country]
    if not in_own_language:
        facts["policy.shipping_times"] = None
    return _fact("policy", None, {name: value for name, value in facts.items() if name in NAMES})


def ticket_facts(ticket: Ticket, news_by: int, answer_by: int = 0, answer_time: str = "") -> dict[str, Fact]:
    """The `ticket.*` facts. `news_by` (UTC seconds) is the day to promise news by.

    `answer_by` (UTC seconds) is the hour by which an answer can be promised, `answer_time` the same as text.
    """
    values = {
        "ticket.number": ticket.mark,
        "ticket.subject": ticket.subject,
        "ticket.date": ticket.created_at,
        "ticket.news_by": news_by,
        "ticket.answer_by": answer_by or None,
        "ticket.answer_time": answer_time,
    }
    return _fact(f"ticket {ticket.mark}", None, values)


def day_facts(back: int | None, notice: str, answer_by: int, answer_time: str) -> dict[str, Fact]:
    """The `day.*` facts: when the owner is back (None: not away), the notice, when they usually answer.

    Times are UTC seconds; `answer_time` is `answer_by` as text.
    """
    values = {
        "day.back": back,
        "day.notice": notice,
        "day.answer_by": answer_by,
        "day.answer_time": answer_time,
    }
    return _fact("the kind of day", None, values)


def mood_facts(words: str) -> dict[str, Fact]:
    """The fact `customer.mood`, from the words of the newest mail."""
    return _fact("the customer's mail", None, {"customer.mood": str(mood_of(words))})


def given_facts(given: Iterable[tuple[str, str]]) -> dict[str, Fact]:
    """The `ask.*` facts: the owner's answers by question."""
    return _fact("you", None, {name_of(question): answer for question, answer in given})


def named_facts(words: str) -> dict[str, Fact]:
    """The values that the mail with these words names."""
    values = {"asked.code": named_code(words), "asked.size": wanted_size(words)}
    return _fact("the customer's mail", None, values)


def asked_facts(asks: Iterable[SideAsk], moment: Callable[[date], int]) -> dict[str, Fact]:
    """The `asked.*` facts: the first of each kind of further question in the mail.

    `moment` returns the time (UTC seconds) for a day of the owner's calendar.
    """
    values: dict[str, object] = {}
    for ask in asks:
        value: object = ask.whole_words if ask.kind is AskKind.QUESTION else ask.count or None
        if ask.kind is AskKind.BY_DATE:
            value = moment(ask.day) if ask.day else None
        values.setdefault(f"asked.{ask.kind}", value)
    return _fact("the customer's mail", None, values)


def items(lines: tuple[OrderLine, ...], conjunction: str = "and") -> str:
    """`2 × Wool throw (grey) and 1 × Mug`: the items, for use in a sentence."""
    words = [
        f"{line.quantity} × {line.title}{f' ({line.variant})' if line.variant else ''}" for line in lines
    ]
    return f" {conjunction} ".join(part for part in (", ".join(words[:-1]), *words[-1:]) if part)


def _line(line: OrderLine) -> dict[str, object]:
    return {
        "title": line.title,
        "variant": line.variant,
        "sku": line.sku,
        "quantity": line.quantity,
        "price": line.price,
    }


def _parts(order: Order, conjunction: str) -> dict[str, object]:
    """What has shipped and what has not, if the store says so for each line."""
    if not order.lines or any(line.sent is None for line in order.lines):
        return {"order.sent_items": None, "order.open_items": None}
    kept = [(line, line.sent or 0, line.quantity - line.refunded) for line in order.lines]
    sent = [replace(line, quantity=count) for line, count, _ in kept if count]
    left = [replace(line, quantity=whole - count) for line, count, whole in kept if whole > count]
    return {
        "order.sent_items": items(tuple(sent), conjunction),
        "order.open_items": items(tuple(left), conjunction),
    }


def _parcel(one: Shipment) -> str:
    """`DHL 00340434: https://…`, a parcel's line."""
    page = _page(one)
    return f"{one.carrier} {one.number}".strip() + (f": {page}" if page else "")


def _page(one: Shipment) -> str:
    """A parcel's tracking page: the store's link, else the carrier's page."""
    return one.url or tracking_page(one.carrier, one.number)


def _last(shipments: tuple[Shipment, ...]) -> Shipment | None:
    return max(shipments, key=lambda parcel: parcel.shipped_at or 0, default=None)


def _tracking(parcel: Shipment | None, now: int) -> dict[str, object]:
    if parcel is None:
        return {}
    return {
        "tracking.carrier": parcel.carrier,
        "tracking.number": parcel.number,
        "tracking.url": _page(parcel),
        "tracking.status": parcel.status,
        "tracking.shipped": parcel.shipped_at,
        "tracking.last_scan": parcel.last_scan_at,
        "tracking.delivered": parcel.delivered_at,
        "tracking.days": _days_since(parcel.shipped_at, now),
        "tracking.delivered_days": _days_since(parcel.delivered_at, now),
    }


def _days_since(at: int | None, now: int) -> int | None:
    return (now - at) // _DAY if now and at else None


def _fact(source: str, synced_at: int | None, values: Mapping[str, object]) -> dict[str, Fact]:
    return {name: Fact(value, source, synced_at) for name, value in values.items()}

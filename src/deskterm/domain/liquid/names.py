"""The names a macro may use between `{{` and `}}`, each with its kind and meaning.

A macro with another name is refused when its file is read, not when a reply is due. Docs and error messages
print this list, so its words are for the owner.
"""

from enum import Enum
from typing import NamedTuple


class Kind(Enum):
    """The kind of a value, which decides how it is formatted and cleaned."""

    LINE = "one line of text"
    BLOCK = "lines of text"
    DATE = "a date"
    MONEY = "an amount of money"
    COUNT = "a number"
    LIST = "a list"


class Name(NamedTuple):
    """A placeholder's kind, and its meaning in the owner's words."""

    kind: Kind
    words: str


NAMES: dict[str, Name] = {
    "customer.name": Name(Kind.LINE, "the customer's whole name"),
    "customer.first_name": Name(Kind.LINE, "the name to greet with"),
    "customer.full_name": Name(Kind.LINE, "the whole name to greet with in a formal letter"),
    "customer.email": Name(Kind.LINE, "the address the customer writes from"),
    "customer.mood": Name(
        Kind.LINE, "how their newest mail sounds: angry, worried or pleased; empty where it is not clear"
    ),
    "order.number": Name(Kind.LINE, "the order's number, without #"),
    "order.date": Name(Kind.DATE, "when it was placed"),
    "order.status": Name(
        Kind.LINE, "unfulfilled, partly shipped, shipped, delivered, cancelled or the store's own word"
    ),
    "order.payment": Name(
        Kind.LINE, "pending, paid, partly refunded, refunded, voided or the store's own word"
    ),
    "order.total": Name(Kind.MONEY, "what was paid"),
    "order.items": Name(Kind.LINE, "what was ordered, as one phrase"),
    "order.days": Name(Kind.COUNT, "how many days ago it was placed"),
    "order.sent_items": Name(Kind.LINE, "what of it is on its way, as one phrase"),
    "order.open_items": Name(Kind.LINE, "what of it is still to be sent, as one phrase"),
    "order.affected_items": Name(
        Kind.LINE, "what of it an incident is about or the mail names, else all of it"
    ),
    "order.parcels": Name(Kind.COUNT, "how many parcels have a tracking number"),
    "order.tracking": Name(Kind.BLOCK, "each parcel on a line: carrier, number, page to follow it on"),
    "order.payment_method": Name(Kind.LINE, "how it was paid, in the shop's words"),
    "order.shipping_method": Name(Kind.LINE, "how it is sent, in the shop's words"),
    "order.lines": Name(Kind.LIST, "what was ordered, to go through line by line"),
    "order.address": Name(Kind.BLOCK, "where the parcel goes"),
    "order.cancelled": Name(Kind.DATE, "when it was cancelled"),
    "order.refund": Name(Kind.MONEY, "the last amount given back"),
    "order.refund_date": Name(Kind.DATE, "when it was given back"),
    "order.discount_code": Name(Kind.LINE, "the discount code it was placed with"),
    "tracking.carrier": Name(Kind.LINE, "who carries the last parcel"),
    "tracking.number": Name(Kind.LINE, "its tracking number"),
    "tracking.url": Name(Kind.LINE, "the page to follow it on"),
    "tracking.status": Name(Kind.LINE, "what the carrier says of it"),
    "tracking.shipped": Name(Kind.DATE, "when it left"),
    "tracking.last_scan": Name(Kind.DATE, "when the carrier last saw it"),
    "tracking.delivered": Name(Kind.DATE, "when it was delivered"),
    "tracking.days": Name(Kind.COUNT, "how many days ago it left"),
    "tracking.delivered_days": Name(Kind.COUNT, "how many days ago it was delivered"),
    "store.name": Name(Kind.LINE, "the shop's name"),
    "store.email": Name(Kind.LINE, "the address the reply goes out from"),
    "store.signature": Name(Kind.BLOCK, "the signature (replies carry it anyway)"),
    "policy.ships_within_days": Name(Kind.COUNT, "business days within which an order leaves"),
    "policy.return_days": Name(Kind.COUNT, "days within which goods may come back"),
    "policy.warranty_months": Name(Kind.COUNT, "months of warranty"),
    "policy.free_shipping_from": Name(Kind.LINE, "the amount from which shipping is free"),
    "policy.shipping_times": Name(
        Kind.LINE, "how long parcels take, to the country of the order where policy.toml says that"
    ),
    "product.title": Name(Kind.LINE, "the product the mail names, else the only one of the order"),
    "product.variant": Name(Kind.LINE, "which variant of it, where one is meant"),
    "product.sku": Name(Kind.LINE, "its SKU"),
    "product.price": Name(Kind.MONEY, "what it costs"),
    "product.availability": Name(Kind.LINE, "in stock, or out of stock"),
    "product.stock": Name(Kind.COUNT, "how many are there, where the store counts them"),
    "product.incoming": Name(Kind.COUNT, "how many are on their way to you"),
    "product.back_in_stock": Name(Kind.DATE, "the day you give out for it (notes/SKU.md)"),
    "product.url": Name(Kind.LINE, "its page in the shop"),
    "product.care": Name(Kind.BLOCK, "what your note says below the heading Care"),
    "product.size_chart": Name(Kind.BLOCK, "what your note says below the heading Size chart"),
    "product.video": Name(Kind.LINE, "the link to a video that your note names"),
    "product.note": Name(Kind.BLOCK, "your whole note on it"),
    "ticket.number": Name(Kind.LINE, "the ticket's number, T1043"),
    "ticket.subject": Name(Kind.LINE, "what the customer put as the subject"),
    "ticket.date": Name(Kind.DATE, "when the customer first wrote"),
    "ticket.news_by": Name(Kind.DATE, "the third working day from today: a date to promise news by"),
    "ticket.answer_by": Name(Kind.DATE, "the day of the hour by which an answer can be promised"),
    "ticket.answer_time": Name(Kind.LINE, "that hour, as 16:00: four business hours from now"),
    "day.back": Name(Kind.DATE, "while you are away: the day you are back"),
    "day.notice": Name(Kind.BLOCK, "the notice for everybody, while one is switched on"),
    "day.answer_by": Name(Kind.DATE, "the day of the hour by which you usually answer, as this week goes"),
    "day.answer_time": Name(Kind.LINE, "that hour"),
    "asked.code": Name(Kind.LINE, "the discount code it names"),
    "asked.size": Name(Kind.LINE, "the size it asks for instead of another"),
    "asked.by_date": Name(Kind.DATE, "the day by which the newest mail asks for something"),
    "asked.quantity": Name(Kind.COUNT, "how many (more) of something it asks for"),
    "asked.question": Name(
        Kind.LINE,
        "what it asks besides its matter, in the customer's words; missing if that is too long to quote",
    ),
}

ITEMS: dict[str, dict[str, Kind]] = {
    "order.lines": {
        "title": Kind.LINE,
        "variant": Kind.LINE,
        "sku": Kind.LINE,
        "quantity": Kind.COUNT,
        "price": Kind.MONEY,
    },
}


def kind_of(name: str) -> Kind | None:
    """The kind of a name (`order.total`) or of a list's field (`order.lines.price`); None if unknown."""
    if name in NAMES:
        return NAMES[name].kind
    of, _, field = name.rpartition(".")
    return ITEMS.get(of, {}).get(field)

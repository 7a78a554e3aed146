"""What stores' status words mean, by the owner's table and by the formats' own."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from deskterm.domain.orders.order import Fulfilment, Order, Payment
from deskterm.domain.text import line

_BETWEEN = re.compile(r"\s*[,;/|+&]\s*|\s+(?:and|und|et|y|e|en|i|och|og)\s+")
_QUALIFIED = re.compile(
    r"(?:(?P<wholly>fully|completely|komplett|vollständig|ganz|entièrement|totalement|totalmente"
    r"|completamente|interamente|por completo|volledig|geheel|całkowicie|w całości|helt|fuldt|fullt)"
    r"|(?P<partly>part(?:ly|ially|ial)?|teilweise|teil|zum teil|partiellement|en partie|parcialmente|en parte"
    r"|in parte|parzialmente|em parte|gedeeltelijk|deels|częściowo|delvis|delvist)"
    r"|not(?: yet)?|(?:noch )?nicht|non|pas(?: encore)?|(?:todavía |aún )?no|sin|non ancora|(?:nog )?niet"
    r"|(?:jeszcze )?nie|(?:ainda )?não|ej|(?:ännu )?inte|(?:endnu )?ikke)"
    r"(?:(?<=teil)| )(?P<state>.+)"
)
_CODE = re.compile(r"(?:[\[(]\d{1,3}(?:\.\d+)?[\])]|\d{1,2}(?:\.\d{1,2})?(?=\s+\D))\s*[-–:]?\s*")  # [7], 7.0
_PARTED = re.compile(r"\s+[-–—]\s+|:\s+")
_MEANS = re.compile(r"\s(?:par|per|via|by|con|mit|met|por|przez)\s\w+(?:\s\w+)?")  # of payment
_LATER = (Fulfilment.UNFULFILLED, Fulfilment.PARTLY, Fulfilment.SHIPPED, Fulfilment.DELIVERED)
_NAMED = 20  # words that are named one by one
_LONGEST = 60  # characters of a store's word that are kept
Meaning = tuple[Payment | None, Fulfilment | None]


class States(NamedTuple):
    """The states that a word means, None for unstated; `word` is the store's own, if it says more."""

    payment: Payment | None
    fulfilment: Fulfilment | None
    word: str = ""


def find_states(text: str, table: Mapping[str, Meaning], own: Mapping[str, str]) -> States:
    """What a store's word means by the owner's table, else by `table`, else UNKNOWN with the word.

    The owner's table gives one or two of deskterm's words: `paid`, `shipped`, `paid, unfulfilled`.
    """
    word = text.strip()
    key = normal_word(word)
    owned = next((meaning for name, meaning in own.items() if normal_word(name) == key), "")
    if owned:
        return _owner_meaning(owned, word)
    found = _read_word(key, table) or _read_word(_bare(word), table)
    if found is None:
        return States(Payment.UNKNOWN, Fulfilment.UNKNOWN, line(word)[:_LONGEST])
    return States(*found)


def _read_word(key: str, table: Mapping[str, Meaning]) -> Meaning | None:
    return table.get(key) or _read_qualified(key, table) or _read_both(key, table)


def _bare(word: str) -> str:
    """A word without the code before it and the means of payment behind it; its parts as a list."""
    found = _CODE.match(word)
    bare = _PARTED.sub(", ", word[found.end() if found else 0 :])
    key = normal_word(bare)
    by = _MEANS.search(key)
    return key[: by.start()] if by and by.end() == len(key) else key


def _read_qualified(key: str, table: Mapping[str, Meaning]) -> Meaning | None:
    """What `not yet shipped`, `partly shipped` and `completely shipped` mean, by what `shipped` does."""
    found = _QUALIFIED.fullmatch(key)
    paid, sent = table.get(found["state"], (None, None)) if found else (None, None)
    if found is None or (paid is None and sent is None):
        return None
    if found["wholly"]:
        return paid, sent
    if sent in (Fulfilment.SHIPPED, Fulfilment.DELIVERED):
        if found["partly"]:
            return paid, Fulfilment.PARTLY
        return (None, Fulfilment.UNFULFILLED) if sent is Fulfilment.SHIPPED else None
    if paid is Payment.PAID:
        return Payment.PENDING, sent
    return (Payment.PARTLY_REFUNDED, None) if found["partly"] and paid is Payment.REFUNDED else None


def _read_both(key: str, table: Mapping[str, Meaning]) -> Meaning | None:
    """What `paid, shipped` means; None unless each part is a known word.

    Of two sendings the later one counts, of two payments one that is owed, else that of the earlier sending:
    it says more than follows from the sending.
    """
    parts = [table.get(part) for part in _BETWEEN.split(key)]
    known = [part for part in parts if part is not None]
    if len(known) < 2 or len(known) < len(parts):  # noqa: PLR2004 - a pair
        return None
    known.sort(key=lambda part: _LATER.index(part[1]) if part[1] in _LATER else 0)
    paid = [payment for payment, _ in known if payment]
    sent = [sending for _, sending in known if sending]
    owed = Payment.PENDING if Payment.PENDING in paid else None
    return (owed or (paid[0] if paid else None), sent[-1] if sent else None)


def normal_word(text: str) -> str:
    """A store's word as in the tables: lower case, spaces between its parts, no `wc-`."""
    return " ".join(text.casefold().removeprefix("wc-").replace("_", " ").replace("-", " ").split())


def _owner_meaning(meaning: str, word: str) -> States:
    parts = {part.strip() for part in meaning.split(",")}
    payment = next((state for state in Payment if state.value in parts), None)
    fulfilment = next((state for state in Fulfilment if state.value in parts), None)
    return States(payment, fulfilment, line(word)[:_LONGEST])


def describe_unknown_states(orders: Sequence[Order], own: Mapping[str, str]) -> list[str]:
    """What to say of the words for states that nothing is known of, and of a file that has no such words.

    `own` is the owner's table, whose words are known.
    """
    found = describe_unknown_words(Counter(word for one in orders for word in _unknown_words(one)), own)
    if orders and not any(_says_a_state(one) for one in orders):
        found.append("no column says whether an order is paid or has been shipped")
    return found


def describe_unknown_words(words: Mapping[str, int], own: Mapping[str, str]) -> list[str]:
    """The same of words that so many orders bear."""
    known = {normal_word(word) for word in own}
    unknown = Counter({word: times for word, times in words.items() if normal_word(word) not in known})
    found = [
        f'the state "{word}" ({_of_orders(times)}) is not known; say what it means below [store.status], '
        f'as in `"{word}" = "paid, unfulfilled"`'
        for word, times in unknown.most_common(_NAMED)
    ]
    if len(unknown) > _NAMED:
        found.append(f"{len(unknown) - _NAMED} more words for states are not known")
    return found


def with_own_meanings(order: Order, own: Mapping[str, str]) -> Order:
    """The order with the states that the owner's table gives for words which are not known otherwise."""
    meanings = {normal_word(word): _owner_meaning(meaning, word) for word, meaning in own.items()}
    paid, sent = (
        meanings.get(normal_word(order.payment_word)),
        meanings.get(normal_word(order.fulfilment_word)),
    )
    if sent and order.fulfilment is Fulfilment.UNKNOWN:
        order = replace(order, fulfilment=sent.fulfilment or order.fulfilment)
    if (paid := paid or sent) and order.payment is Payment.UNKNOWN:
        order = replace(order, payment=paid.payment or order.payment)
    return order


def _unknown_words(order: Order) -> set[str]:
    paid = order.payment_word if order.payment is Payment.UNKNOWN else ""
    sent = order.fulfilment_word if order.fulfilment is Fulfilment.UNKNOWN else ""
    return {paid, sent} - {""}


def _says_a_state(order: Order) -> bool:
    unknown = (order.payment, order.fulfilment) == (Payment.UNKNOWN, Fulfilment.UNKNOWN)
    return not unknown or bool(order.payment_word or order.fulfilment_word)


def _of_orders(count: int) -> str:
    return "1 order" if count == 1 else f"{count} orders"

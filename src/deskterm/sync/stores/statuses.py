"""What stores' status words mean, by the owner's table and by the formats' own."""

from collections.abc import Mapping
from typing import NamedTuple

from deskterm.domain.orders.order import Fulfilment, Payment
from deskterm.domain.text import line

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
    found = table.get(key)
    if found is None:
        return States(Payment.UNKNOWN, Fulfilment.UNKNOWN, line(word)[:_LONGEST])
    return States(*found)


def normal_word(text: str) -> str:
    """A store's word as in the tables: lower case, spaces between its parts, no `wc-`."""
    return " ".join(text.casefold().removeprefix("wc-").replace("_", " ").replace("-", " ").split())


def _owner_meaning(meaning: str, word: str) -> States:
    parts = {part.strip() for part in meaning.split(",")}
    payment = next((state for state in Payment if state.value in parts), None)
    fulfilment = next((state for state in Fulfilment if state.value in parts), None)
    return States(payment, fulfilment, line(word)[:_LONGEST])

"""The playbook: macros and snippets as values (SOPs: `domain/sops/sop.py`)."""

import re
from dataclasses import field
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from deskterm.config.store_kinds import Ability
from deskterm.domain.liquid.questions import file_question
from deskterm.domain.products.notes import ProductNote
from deskterm.domain.review.order_needs import Need
from deskterm.domain.sops.sop import Sop
from deskterm.domain.tickets import Status
from deskterm.value_class import dataclass

_ORDER = re.compile(r"\{[{%][^}]*\b(?:order|tracking)\.")
_DAY = re.compile(r"\{[{%][^}]*\bday\.")
_PRODUCT = re.compile(r"\{[{%][^}]*\bproduct\.")


@lru_cache(maxsize=512)  # asked of the same texts for each letter of many
def _speaks_of(kind: re.Pattern[str], body: str) -> bool:
    """Whether a placeholder or a condition of that kind stands in a macro's text."""
    return kind.search(body) is not None


class StockEffect(StrEnum):
    """What a letter does to the back-in-stock list."""

    PROMISE = "promise"  # it promises to tell the customer: puts them on the list
    TELL = "tell"  # it says that the product is back: takes them off


class FollowUp(NamedTuple):
    """A macro that is sent automatically that many days after another, unless the customer writes."""

    macro: str
    days: int


@dataclass(frozen=True, slots=True)
class Effects:
    """What sending a macro does apart from the text; None and empty mean nothing.

    `promise_days`: the letter promises news within that many working days.
    """

    status: Status | None = None
    solve_after_days: int | None = None
    snooze_days: int | None = None
    tags: tuple[str, ...] = ()
    back_in_stock: StockEffect | None = None
    promise_days: int | None = None
    follow_up: FollowUp | None = None


@dataclass(frozen=True, slots=True)
class Macro:
    """A prepared reply. `id` is the file's stem, `body` is Liquid, `claims` are what the text says was done.

    `words` are typical of customers' mails on the matter, in any language: they guess the category and rank
    the macro. `asks` are example mails in full sentences, from which macros are suggested before anything
    was learned. `needs` must be true of the order for the text to be true; else the macro is not suggested.
    `translations` are the texts of files such as `order-status.de.md`, by language. `attach` are its files;
    `ask "The label"` means that the owner picks one. `folder` is its place below `macros`, `reviewed` the
    day (`2026-11-30`) on which the owner last checked it. `claim_actions` are the claims that a store
    action makes true. `everybody` is the FAQ's text on the matter, `everybody_in` the same by language; a
    first line that ends in a question mark is the question.
    """

    id: str
    title: str
    body: str
    key: str = ""
    category: str = ""
    subject: str = ""
    words: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    claims: tuple[str, ...] = ()
    effects: Effects = Effects()
    needs: tuple[Need, ...] = ()
    translations: tuple[tuple[str, str], ...] = ()
    attach: tuple[str, ...] = ()
    folder: str = ""
    reviewed: str = ""
    claim_actions: tuple[tuple[str, Ability], ...] = ()
    everybody: str = ""
    everybody_in: tuple[tuple[str, str], ...] = ()

    @property
    def file(self) -> str:
        """Its file, below the folder of the settings."""
        return "/".join(part for part in ("macros", self.folder, f"{self.id}.md") if part)

    @property
    def sample_texts(self) -> tuple[str, ...]:
        """Texts that show what a mail on the matter looks like: its words and its example mails."""
        return ("\n".join(self.words), *self.asks) if self.words or self.asks else ()

    @property
    def asked_files(self) -> tuple[str, ...]:
        """The entries of `attach` for which the owner picks a file each time."""
        return tuple(one for one in self.attach if file_question(one))

    @property
    def speaks_of_order(self) -> bool:
        """Whether its text is filled from an order, or true only for some orders."""
        return bool(self.needs) or _speaks_of(_ORDER, self.body)

    @property
    def speaks_of_product(self) -> bool:
        """Whether its text is filled from a product, or is about the back-in-stock list."""
        bodies = (self.body, *(body for _, body in self.translations))
        return bool(self.effects.back_in_stock) or any(_speaks_of(_PRODUCT, body) for body in bodies)

    @property
    def speaks_of_day(self) -> bool:
        """Whether its text, in any language, uses values of the day: a holiday, when an answer will come."""
        return any(_speaks_of(_DAY, body) for body in (self.body, *(body for _, body in self.translations)))

    def language_for(self, language: str) -> str:
        """`language` if there is a translation for it, else "" (for `body`)."""
        return language if language in dict(self.translations) else ""

    def body_for(self, language: str) -> str:
        """The text in `language`, else `body`."""
        return dict(self.translations).get(language, self.body)

    def for_everybody(self, language: str) -> tuple[str, str]:
        """The FAQ's question and answer in a language; empty if the macro has none."""
        text = dict(self.everybody_in).get(language, self.everybody).strip()
        question, _, answer = text.partition("\n")
        return (question.strip(), answer.strip()) if question.rstrip().endswith("?") else ("", text)


@dataclass(frozen=True, slots=True)
class Snippet:
    """A text shared by macros: `id` is the file's stem, `body` is Liquid."""

    id: str
    body: str


@dataclass(frozen=True, slots=True)
class Fact:
    """A value that macros may use, with its source and when that was synced (UTC seconds)."""

    value: object
    source: str = ""
    synced_at: int | None = None


@dataclass(frozen=True, slots=True)
class Value:
    """A filled placeholder: its name, and its value in the text at `start` to `end`."""

    name: str
    text: str
    start: int
    end: int
    source: str = ""
    synced_at: int | None = None


@dataclass(frozen=True, slots=True)
class Missing:
    """A placeholder without a value, which stops sending. The text has `[name?]` at `start` to `end`."""

    name: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Filled:
    """A macro's text filled with facts; all missing ones are marked."""

    text: str
    values: tuple[Value, ...] = ()
    missing: tuple[Missing, ...] = ()


@dataclass(frozen=True, slots=True)
class Playbook:
    """All macros, SOPs, snippets and product notes; `broken` are unusable files, each with the reason."""

    macros: dict[str, Macro] = field(default_factory=dict)
    sops: dict[str, Sop] = field(default_factory=dict)
    broken: tuple[tuple[str, str], ...] = ()
    snippets: dict[str, Snippet] = field(default_factory=dict)
    notes: dict[str, ProductNote] = field(default_factory=dict)

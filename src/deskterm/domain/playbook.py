"""The playbook: macros and SOPs as values."""

import re
from dataclasses import field
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from deskterm.domain.goods.notes import ProductNote
from deskterm.domain.liquid.questions import file_question
from deskterm.domain.orders.actions import Ability
from deskterm.domain.review.order_needs import Need
from deskterm.domain.tickets import Status
from deskterm.value_class import dataclass

if TYPE_CHECKING:
    from deskterm.domain.sops.conditions import StepCondition

_ORDER = re.compile(r"\{[{%][^}]*\b(?:order|tracking)\.")
_DAY = re.compile(r"\{[{%][^}]*\bday\.")
_PRODUCT = re.compile(r"\{[{%][^}]*\bproduct\.")


class StockEffect(StrEnum):
    """What a letter does to the back-in-stock list."""

    PROMISE = "promise"  # it says that the customer will hear: they are put on the list
    TELL = "tell"  # it says that it is there again: they are taken off


class FollowUp(NamedTuple):
    """A macro that goes by itself so many days after another, unless the customer writes."""

    macro: str
    days: int


@dataclass(frozen=True, slots=True)
class Effects:
    """What sending a macro does besides the text. None and empty mean: nothing.

    `promise_days` are the working days within which the letter promises news.
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
    """A canned reply. `id` is the file's stem, `body` Liquid, `claims` what the text says has been done.

    `words` are what a customer's mail on the matter contains, in any language:
    they guess the category and rank the macro. `asks` are mails on the matter in full sentences, from which
    the first guesses are made before anything was learned. `needs` is what must hold of the order
    for the text to be true: where it does not, the macro is not suggested. `translations` are
    the texts of the files beside it that bear a language (`order-status.de.md`), by language. `attach` are
    the files that go with it, `ask "The label"` for one that the owner is asked for,
    `folder` is where its file lies below `macros`, `reviewed` the day
    (`2026-11-30`) on which the owner last read it through. `claim_actions` are the claims that an action
    in the order's store makes true. `everybody` is what the FAQ says on the matter, `everybody_in` the same
    by language; a first line that ends in a question mark is the question.
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
    def told_by(self) -> tuple[str, ...]:
        """The texts that say what a mail on the matter looks like: its words, and its mails."""
        return ("\n".join(self.words), *self.asks) if self.words or self.asks else ()

    @property
    def asked_files(self) -> tuple[str, ...]:
        """The entries of `attach` for which the owner picks a file each time."""
        return tuple(one for one in self.attach if file_question(one))

    @property
    def speaks_of_order(self) -> bool:
        """Whether its text is filled from an order, or is true of some orders only."""
        return bool(self.needs or _ORDER.search(self.body))

    @property
    def speaks_of_product(self) -> bool:
        """Whether its text is filled from a product, or it is about the back-in-stock list."""
        bodies = (self.body, *(body for _, body in self.translations))
        return bool(self.effects.back_in_stock) or any(_PRODUCT.search(body) for body in bodies)

    @property
    def speaks_of_day(self) -> bool:
        """Whether its text, in any language, says what kind of day it is, or by when an answer comes."""
        return any(_DAY.search(body) for body in (self.body, *(body for _, body in self.translations)))

    @property
    def speaks_of_notice(self) -> bool:
        """Whether the owner's notice for everybody stands in its text."""
        return "day.notice" in self.body

    def language_for(self, language: str) -> str:
        """The language of the text for a customer who writes in `language`; empty for that of `body`."""
        return language if language in dict(self.translations) else ""

    def body_for(self, language: str) -> str:
        """The text for a customer who writes in `language`, else the macro's own."""
        return dict(self.translations).get(language, self.body)

    def for_everybody(self, language: str) -> tuple[str, str]:
        """The question and the answer that the FAQ gives in a language, empty where the macro has none."""
        text = dict(self.everybody_in).get(language, self.everybody).strip()
        question, _, answer = text.partition("\n")
        return (question.strip(), answer.strip()) if question.rstrip().endswith("?") else ("", text)


@dataclass(frozen=True, slots=True)
class Step:
    """One step of an SOP. `key` stays the same while its words do; `macro` is the id of one to take.

    `claims` are what macros say has been done once this step is: ticked here, they are ticked on the review.
    The step is done by itself once all of `when` holds, and is for cases alone in which all of `only` does.
    One key runs what it carries: the macro, an `action` on the order, a `link` (`tracking.url` and `order`
    stand for the order's own pages) or a `file`, by its path beside the macros.
    """

    key: str
    text: str
    macro: str = ""
    claims: tuple[str, ...] = ()
    when: tuple["StepCondition", ...] = ()
    only: tuple["StepCondition", ...] = ()
    action: "Ability | None" = None
    link: str = ""
    file: str = ""


@dataclass(frozen=True, slots=True)
class Sop:
    """A step-by-step procedure, shown beside tickets of its categories."""

    id: str
    title: str
    steps: tuple[Step, ...]
    categories: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    intro: str = ""
    reviewed: str = ""


@dataclass(frozen=True, slots=True)
class Snippet:
    """A text that macros share: `id` is the file's stem, `body` Liquid."""

    id: str
    body: str


@dataclass(frozen=True, slots=True)
class Fact:
    """One value a macro may use, with where it comes from and how old that is."""

    value: object
    source: str = ""
    synced_at: int | None = None


@dataclass(frozen=True, slots=True)
class Value:
    """A placeholder that was filled: its name and what stands in the text at `start` to `end`."""

    name: str
    text: str
    start: int
    end: int
    source: str = ""
    synced_at: int | None = None


@dataclass(frozen=True, slots=True)
class Missing:
    """A placeholder without a value: it stops the send. The text shows `[name?]` at `start` to `end`."""

    name: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Filled:
    """A macro's text with the facts in it, or with its holes marked: all of them at once."""

    text: str
    values: tuple[Value, ...] = ()
    missing: tuple[Missing, ...] = ()


@dataclass(frozen=True, slots=True)
class Playbook:
    """All macros, SOPs and notes on products at one moment, and the files that are of no use, with why."""

    macros: dict[str, Macro] = field(default_factory=dict)
    sops: dict[str, Sop] = field(default_factory=dict)
    broken: tuple[tuple[str, str], ...] = ()
    snippets: dict[str, Snippet] = field(default_factory=dict)
    notes: dict[str, ProductNote] = field(default_factory=dict)

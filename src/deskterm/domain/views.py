"""The values that the desk gives to screens: each has everything that one screen shows."""

from collections.abc import Callable, Mapping
from dataclasses import field
from typing import TYPE_CHECKING, NamedTuple

from deskterm.domain.messages import Message
from deskterm.domain.orders.actions import ActionRecord
from deskterm.domain.orders.order import Order
from deskterm.domain.orders.radar import Worry
from deskterm.domain.people.customers import CustomerFacts
from deskterm.domain.playbook import Macro
from deskterm.domain.products.product import ProductChoice
from deskterm.domain.products.ticket_products import ProductBeside
from deskterm.domain.products.waits import StockWait
from deskterm.domain.query.terms import Problem
from deskterm.domain.review.replies import Draft, OrderOption, OutboxRow
from deskterm.domain.sops.sop import Sop, Step
from deskterm.domain.suggest.offer import NO_OFFER, Offer
from deskterm.domain.ticket_work.promises import Promise
from deskterm.domain.ticket_work.side_threads import SideThread
from deskterm.domain.tickets import Row, Ticket
from deskterm.value_class import dataclass

if TYPE_CHECKING:
    from deskterm.domain.sops.outcomes import SopRecord


@dataclass(frozen=True, slots=True)
class SopView:
    """The SOP beside a ticket, and the keys of the steps that are done.

    `by_themselves` are done steps that needed no tick, `not_needed` are steps that this case does not need,
    each with the reason. `begun`: the owner has ticked a step here (a tick from a review's claim does
    not count). `record` is how earlier runs ended, once there are enough of them.
    """

    sop: Sop
    done: frozenset[str]
    by_themselves: Mapping[str, str] = field(default_factory=dict)
    not_needed: Mapping[str, str] = field(default_factory=dict)
    begun: bool = False
    record: "SopRecord | None" = None

    @property
    def needed_steps(self) -> tuple[Step, ...]:
        """The steps of this case, done or not."""
        return tuple(one for one in self.sop.steps if one.key in self.done or one.key not in self.not_needed)

    @property
    def left(self) -> tuple[Step, ...]:
        """The steps that are still to be done."""
        return tuple(one for one in self.needed_steps if one.key not in self.done)


class Todo(NamedTuple):
    """Something to know or to do first on a ticket. `settled_by` is the command that settles it, if any."""

    words: str
    settled_by: str = ""

    def in_words(self, key: Callable[[str], str]) -> str:
        """The sentence to show; `key` gives the owner's key for a command."""
        return f"{self.words} {key(self.settled_by)} settles it." if self.settled_by else self.words


@dataclass(frozen=True, slots=True)
class TicketView:
    """An opened ticket: the conversation, oldest message first, and everything beside it."""

    ticket: Ticket
    customer: CustomerFacts
    messages: tuple[Message, ...]
    orders: tuple[
        Order, ...
    ]  # the customer's and the ones named, newest first, the ticket's own at the front
    order: OrderOption | None
    sop: SopView | None
    macros: tuple[Macro, ...]  # best first
    draft: Draft | None
    outbox: tuple[OutboxRow, ...]
    promises: tuple[Promise, ...] = ()  # open ones
    threads: tuple[SideThread, ...] = ()  # with suppliers and carriers
    suggested: tuple[Macro, ...] = ()  # the macros to suggest, best first
    todo: tuple[Todo, ...] = ()  # what the owner must know or do first, such as a mail that came back
    offer: Offer = NO_OFFER  # whether the first suggestion may be highlighted, and why not
    actions: tuple[ActionRecord, ...] = ()  # store actions on its orders, oldest first
    products: tuple[ProductBeside, ...] = ()  # those that the mail names, then those of the order
    waits: tuple[StockWait, ...] = ()  # what the customer waits for
    related: tuple[Order, ...] = ()  # orders of the same account or telephone, from other addresses


@dataclass(frozen=True, slots=True)
class WaitingRow:
    """Somebody on the back-in-stock list: their ticket, and the product's current state (None: unknown).

    `day` is when the owner expects it back (`2026-12-12`), or "".
    """

    wait: StockWait
    ticket: Row
    goods: ProductChoice | None = None
    day: str = ""


@dataclass(frozen=True, slots=True)
class Done:
    """What a key press did: `words` for the owner ("Solved T1043"), and the `action` to undo (0: none)."""

    words: str
    action: int = 0
    tickets: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """A message that was found: its ticket's row, its time (UTC seconds), and the words around the match.

    `marks` are the ranges of the matches in the excerpt.
    """

    row: Row
    message_id: int
    at: int
    excerpt: str
    marks: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class SearchResult:
    """A page of hits, how many messages match, and what is wrong with the query.

    `instead` are words without a match, each with the similar word that was searched instead.
    """

    hits: tuple[Hit, ...] = ()
    total: int = 0
    problems: tuple[Problem, ...] = ()
    instead: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class SimilarTicket:
    """A past ticket with a similar mail, of `at` (UTC seconds): what was asked and what was answered."""

    row: Row
    at: int
    asked: str
    answered: str
    by_category: bool = False  # only the category is the same, not the words


@dataclass(frozen=True, slots=True)
class RadarRow:
    """An order with a problem, which one and since when (UTC seconds), and the ticket that is about it."""

    order: Order
    worry: Worry
    since: int
    ticket: Row | None = None

    @property
    def key(self) -> tuple[int, Worry]:
        """The row's identity: an order has one row for each of its problems."""
        return self.order.id, self.worry

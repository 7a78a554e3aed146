"""What the desk hands to a screen: each value holds all that one picture needs."""

from collections.abc import Mapping
from dataclasses import field
from typing import TYPE_CHECKING

from deskterm.domain.goods.beside import ProductBeside
from deskterm.domain.goods.product import ProductChoice
from deskterm.domain.goods.waits import StockWait
from deskterm.domain.matters.promises import Promise
from deskterm.domain.matters.side_threads import SideThread
from deskterm.domain.messages import Message
from deskterm.domain.orders.actions import ActionRecord
from deskterm.domain.orders.order import Order
from deskterm.domain.orders.radar import Worry
from deskterm.domain.people.customers import CustomerFacts
from deskterm.domain.playbook import Macro, Sop, Step
from deskterm.domain.query.terms import Problem
from deskterm.domain.review.replies import Draft, OrderOption, OutboxRow
from deskterm.domain.suggest.offer import NO_OFFER, Offer
from deskterm.domain.tickets import Row, Ticket
from deskterm.value_class import dataclass

if TYPE_CHECKING:
    from deskterm.domain.sops.outcomes import SopRecord


@dataclass(frozen=True, slots=True)
class SopView:
    """The SOP beside a ticket and the keys of the steps that are done, by a tick or by themselves.

    `by_themselves` are those of them that need no tick, and `apart` those that the case does not need: each
    with why. `begun` says that the owner ticked one here: what a review ticks with a claim does not count.
    `record` is what became of it before, from some runs on.
    """

    sop: Sop
    done: frozenset[str]
    by_themselves: Mapping[str, str] = field(default_factory=dict)
    apart: Mapping[str, str] = field(default_factory=dict)
    begun: bool = False
    record: "SopRecord | None" = None

    @property
    def needed_steps(self) -> tuple[Step, ...]:
        """The steps of this case, done or not."""
        return tuple(one for one in self.sop.steps if one.key in self.done or one.key not in self.apart)

    @property
    def left(self) -> tuple[Step, ...]:
        """The steps that are still to be done."""
        return tuple(one for one in self.needed_steps if one.key not in self.done)


@dataclass(frozen=True, slots=True)
class TicketView:
    """A ticket as it is read: everything beside and in the conversation, messages oldest first."""

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
    promises: tuple[Promise, ...] = ()  # those that stand
    threads: tuple[SideThread, ...] = ()  # with suppliers and carriers, beside it
    suggested: tuple[Macro, ...] = ()  # those of them that something speaks for, and nothing against
    todo: tuple[str, ...] = ()  # what the owner has to know or do first: a mail that came back
    offer: Offer = NO_OFFER  # whether the first of these may stand out, and why not
    actions: tuple[ActionRecord, ...] = ()  # what was done to its orders in their stores, oldest first
    products: tuple[ProductBeside, ...] = ()  # those the mail names, then those of the order
    waits: tuple[StockWait, ...] = ()  # what the customer waits for
    related: tuple[Order, ...] = ()  # orders of the same account or telephone, from other addresses


@dataclass(frozen=True, slots=True)
class WaitingRow:
    """Somebody on the back-in-stock list: their ticket, and what they wait for as it is now (None: unknown).

    `day` is the one that the owner gives out for it (`2026-12-12`), empty for none.
    """

    wait: StockWait
    ticket: Row
    goods: ProductChoice | None = None
    day: str = ""


@dataclass(frozen=True, slots=True)
class Done:
    """What a key press did: `words` for the owner ("Solved T1043"), `action` to undo it (0: nothing)."""

    words: str
    action: int = 0
    tickets: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """A message that was found, of `at` (UTC seconds): its ticket's row, and the words around the match.

    `marks` are the ranges of the match in the excerpt.
    """

    row: Row
    message_id: int
    at: int
    excerpt: str
    marks: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class SearchResult:
    """What a search found: a page of hits, how many messages match, what is wrong with the query.

    `instead` are words nothing had, each with the one that was looked for in its place.
    """

    hits: tuple[Hit, ...] = ()
    total: int = 0
    problems: tuple[Problem, ...] = ()
    instead: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class SimilarTicket:
    """A past ticket with a mail of `at` (UTC seconds) much like another; what was asked and answered."""

    row: Row
    at: int
    asked: str
    answered: str
    by_category: bool = False  # its words are others: only what it is about is the same


@dataclass(frozen=True, slots=True)
class RadarRow:
    """An order that worries, why and since when (UTC seconds), and the ticket that speaks of it already."""

    order: Order
    worry: Worry
    since: int
    ticket: Row | None = None

    @property
    def key(self) -> tuple[int, Worry]:
        """What the row is known by: an order has one for each of its worries."""
        return self.order.id, self.worry

"""What the desk hands to a screen: each value holds all that one picture needs."""

from dataclasses import dataclass

from deskterm.domain.messages import Message
from deskterm.domain.orders.order import Order
from deskterm.domain.outbox_needs import OutboxNeed
from deskterm.domain.people.customers import CustomerFacts
from deskterm.domain.playbook import Macro, Sop
from deskterm.domain.review.replies import Draft, OrderOption, OutboxRow
from deskterm.domain.sources import Failure, Source
from deskterm.domain.tickets import Row, Ticket


@dataclass(frozen=True, slots=True)
class SopView:
    """The SOP beside a ticket and the keys of the steps that are ticked."""

    sop: Sop
    done: frozenset[str]


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
    suggested: tuple[Macro, ...] = ()  # those of them that something speaks for, and nothing against
    todo: tuple[str, ...] = ()  # what the owner has to know or do first: a mail that came back


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
class SourceState:
    """How far one source is complete. Times are UTC seconds, 0 for never.

    `failure` decides, `words` and `todo` are for the owner.
    """

    source: Source
    complete_to: int
    failing_since: int | None = None
    words: str = ""
    todo: str = ""
    failure: Failure = Failure.NONE
    left_out: tuple[str, ...] = ()  # orders that could not be read: place, number, reason

    @property
    def name(self) -> str:
        """How the owner is told of it. To decide by, there is `source`."""
        return self.source.words


@dataclass(frozen=True, slots=True)
class Truth:
    """What the status line says. Replies planned for later are counted apart: nothing of theirs hangs.

    `next_send_at` is when the first reply goes that can still be taken back; `next_try_at` counts
    those that were tried before, too.
    `needs` is what of the outbox needs the owner. All times are UTC seconds.
    """

    mail: tuple[SourceState, ...]
    orders: tuple[SourceState, ...]
    queued: int
    sending: int
    refused: int
    uncertain: int
    next_send_at: int | None = None
    later: int = 0
    next_planned_at: int | None = None
    next_try_at: int | None = None
    needs: tuple[OutboxNeed, ...] = ()

    @property
    def needs_owner(self) -> bool:
        """Whether anything fails, or a reply gets no further by itself."""
        return bool(self.failing or self.needs)

    @property
    def due_at(self) -> int | None:
        """When the next reply may go, planned or not; None when none waits."""
        known = [at for at in (self.next_try_at, self.next_planned_at) if at is not None]
        return min(known, default=None)

    @property
    def failing(self) -> tuple[SourceState, ...]:
        """The sources that fail now."""
        return tuple(source for source in (*self.mail, *self.orders) if source.failing_since is not None)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a running pass is. `total` is 0 while unknown; `words` names what it does."""

    words: str
    done: int = 0
    total: int = 0
    started_at: float = 0.0

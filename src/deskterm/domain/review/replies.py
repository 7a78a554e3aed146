"""A reply from draft to sent: the draft, the order it speaks of, the review, the outbox row."""

from enum import IntEnum, StrEnum

from deskterm.domain.incidents.incident import IncidentNote
from deskterm.domain.messages import Address
from deskterm.domain.orders.actions import Ability, ActionState
from deskterm.domain.orders.order import Order
from deskterm.domain.outbox_states import Ending, OutboxState, Outcome
from deskterm.domain.playbook import Missing, Value
from deskterm.domain.suggest.ask import SideAsk
from deskterm.domain.tickets import Status
from deskterm.value_class import dataclass

_PASSING, _LASTING = 400, 500  # SMTP reply codes from here on refuse for now, for good


@dataclass(frozen=True, slots=True)
class Draft:
    """A reply being written. Saved as it is typed; one a ticket. `id` is 0 before the first save.

    `body` is what will be sent, signature included. `claims_ticked` are claims of
    the macro the owner has confirmed. `after` is the status once sent.
    `answers` is the id of the message it answers. `given` is what the owner was asked for by its
    macro, question by question. `drafted` says that the owner's drafting command wrote it. `incident` is
    the incident it was written for, None where nobody said so, `wait_id` the entry of the back-in-stock list
    that it tells of.
    """

    ticket_id: int
    body: str
    subject: str
    sender: str
    to: tuple[Address, ...]
    cc: tuple[Address, ...] = ()
    bcc: tuple[Address, ...] = ()
    macro: str = ""
    order_id: int | None = None
    claims_ticked: tuple[str, ...] = ()
    after: Status = Status.WAITING
    quote: bool = False
    attachments: tuple[str, ...] = ()
    answers: int | None = None
    updated_at: int = 0
    id: int = 0
    given: tuple[tuple[str, str], ...] = ()
    drafted: bool = False
    incident: IncidentNote | None = None
    wait_id: int | None = None


class OwnWords(StrEnum):
    """What becomes of the words a draft holds already when a macro is taken."""

    KEEP = "keep"  # the macro stands below them, and greets only where they do not
    REPLACE = "replace"


@dataclass(frozen=True, slots=True)
class OrderOption:
    """An order a reply may speak of, and why. `certain` when the customer named its number."""

    order: Order
    because: str
    certain: bool = False


class Level(IntEnum):
    """What the review lets pass."""

    GREEN = 0  # y sends
    AMBER = 1  # Y sends
    RED = 2  # nothing sends


@dataclass(frozen=True, slots=True)
class Concern:
    """One reason why a review is amber or red, in words the owner can act on.

    `of_claim`: it says that a claim is not ticked, which the list of claims shows too.
    """

    level: Level
    words: str
    of_claim: bool = False


@dataclass(frozen=True, slots=True)
class Claim:
    """What a macro's text says has been done; to be ticked on the review.

    `ability` is the action in the order's store that makes it true, `state` what became of that (None: it was
    not begun), `can_be_begun` says that its store does it from here.
    """

    words: str
    ticked: bool
    ability: Ability | None = None
    state: ActionState | None = None
    can_be_begun: bool = False

    @property
    def can_be_done(self) -> bool:
        """Whether its action can be begun from the review."""
        return self.can_be_begun and not self.ticked


@dataclass(frozen=True, slots=True)
class Review:
    """A reply exactly as it will go, with all that speaks for and against it.

    `seen` stands for the customer's mails when this was made: another one stops
    the send. `values` and `missing` are ranges of `body`.
    """

    draft: Draft
    sender: Address
    store: str
    body: str
    values: tuple[Value, ...]
    missing: tuple[Missing, ...]
    claims: tuple[Claim, ...]
    concerns: tuple[Concern, ...]
    order: OrderOption | None
    order_place: str  # "order 1 of 3, because the customer named it"
    follows: str  # "then: waiting; solved after 7 days"
    notes: tuple[str, ...]  # other open tickets, the same macro lately: to know, not to stop
    customer_words: str
    seen: int
    asked: tuple[SideAsk, ...] = ()  # what the mail asks besides; places are in `customer_words`

    @property
    def level(self) -> Level:
        """The gravest of its concerns."""
        return max((concern.level for concern in self.concerns), default=Level.GREEN)


@dataclass(frozen=True, slots=True)
class Follows:
    """What a reply makes of its ticket once it is out. Days count from then; no `status` leaves that alone.

    `unless_changed` is the ticket's status when a reply was planned: another one since is left alone.
    `order_was` is how its order stood then (`OrderStanding`): where that has changed, it does not go.
    `follow_up` is so of a letter that a macro sends after its own: it is dropped once it is not wanted.
    """

    status: Status | None
    category: str = ""
    tags: tuple[str, ...] = ()
    snooze_days: int = 0
    snooze_until: int = 0  # UTC seconds; a supplier is to have answered by then
    solve_after_days: int = 0
    order_id: int | None = None
    unless_changed: Status | None = None
    order_was: tuple[str, ...] = ()
    follow_up: bool = False


@dataclass(frozen=True, slots=True)
class Recipient:
    """One recipient of an outbox row and what the server said, `code` being its SMTP reply code (0: none)."""

    address: str
    outcome: Outcome = Outcome.UNKNOWN
    words: str = ""
    name: str = ""
    code: int = 0

    @property
    def is_put_off(self) -> bool:
        """Whether the server refused it for now only (4yz, RFC 5321, 4.2.1): it may be tried again."""
        return self.outcome is Outcome.REFUSED and _PASSING <= self.code < _LASTING

    @property
    def is_refused_for_good(self) -> bool:
        """Whether another try would be refused as well."""
        return self.outcome is Outcome.REFUSED and not self.is_put_off


@dataclass(frozen=True, slots=True)
class OutboxRow:
    """A reply on its way. Times are UTC seconds; `history` is (at, state, words), oldest first.

    `planned_at` is the time the owner named for it, None when it goes after the undo seconds.
    With `unless_answered` it is held back when the customer writes before it goes.
    """

    id: int
    ticket_id: int
    state: OutboxState
    account: str
    sender: str
    message_id: str
    subject: str
    recipients: tuple[Recipient, ...]
    send_at: int
    attempts: int
    answered: str
    sent_at: int | None
    copy: str
    history: tuple[tuple[int, str, str], ...] = ()
    unless_answered: bool = False
    planned_at: int | None = None
    body: str = ""
    ending: Ending = Ending.NONE
    automatic: str = ""  # the kind of letter, where a rule or a survey sent it

    @property
    def state_words(self) -> str:
        """Where it stands, in words: one that was brought back is no reply that was given up."""
        if self.state is OutboxState.DISCARDED and self.ending in (Ending.BROUGHT_BACK, Ending.HELD_BACK):
            return "a draft again"
        if self.refused_for_some:
            return "sent, not to all"
        return "planned" if self.is_planned else str(self.state)

    @property
    def is_planned(self) -> bool:
        """Whether it waits for the time the owner named: it was not tried yet."""
        return self.state is OutboxState.QUEUED and self.planned_at is not None and not self.attempts

    @property
    def tried_at(self) -> int:
        """When it was last on its way (UTC seconds); when it is to go if it never was."""
        tries = [at for at, state, _ in self.history if state == OutboxState.SENDING]
        return tries[-1] if tries else self.send_at

    @property
    def queued_at(self) -> int:
        """When it first came into the outbox (UTC seconds)."""
        return self.history[0][0] if self.history else self.send_at

    @property
    def can_come_back(self) -> bool:
        """Whether it may be made a draft again: nobody has had it, and its text is nowhere else yet."""
        if self.state is OutboxState.DISCARDED:
            return self.sent_at is None and self.ending is not Ending.BROUGHT_BACK
        return self.state in (OutboxState.QUEUED, OutboxState.REFUSED, OutboxState.UNCERTAIN)

    @property
    def waits_to_try(self) -> bool:
        """Whether it was tried and waits for its next try."""
        return self.state is OutboxState.QUEUED and self.attempts > 0

    @property
    def put_off(self) -> bool:
        """Whether it waits because the server said "not now" (4xx), not because a line broke."""
        return self.waits_to_try and self.ending is not Ending.LINE_LOST

    @property
    def refused_for_some(self) -> bool:
        """Whether it went out, but not to all: those who were refused can be tried again."""
        return self.state is OutboxState.SENT and any(
            one.outcome is Outcome.REFUSED for one in self.recipients
        )

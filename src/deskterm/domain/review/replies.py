"""The values of a reply from draft to sent: draft, order, review, outbox row."""

from enum import IntEnum, StrEnum

from deskterm.config.store_kinds import Ability
from deskterm.domain.incidents.incident import IncidentNote
from deskterm.domain.messages import Address
from deskterm.domain.orders.actions import ActionState
from deskterm.domain.orders.order import Order
from deskterm.domain.outbox_states import Ending, OutboxState, Outcome
from deskterm.domain.playbook import Missing, Value
from deskterm.domain.suggest.further_questions import SideAsk
from deskterm.domain.tickets import Status
from deskterm.value_class import dataclass

_PASSING, _LASTING = 400, 500  # SMTP reply codes from which a refusal is for now, for good


@dataclass(frozen=True, slots=True)
class Draft:
    """A reply being written, saved while it is typed; one per ticket. `id` is 0 before the first save.

    `body` is what will be sent, with the signature. `claims_ticked` are the macro's claims that the owner
    has confirmed. `after` is the ticket's status once it is sent. `answers` is the id of the message it
    answers. `given` are the owner's answers to the macro's questions. `drafted`: the owner's drafting
    command wrote it. `incident` is the incident it was written for, `wait_id` the entry of the
    back-in-stock list it is about. `also` are further tickets of the customer that it answers.
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
    also: tuple[int, ...] = ()


class OwnWords(StrEnum):
    """What happens to the words in a draft when a macro is taken."""

    KEEP = "keep"  # the macro goes below them, with its greeting only if they have none
    REPLACE = "replace"


@dataclass(frozen=True, slots=True)
class OrderOption:
    """An order that a reply may be about, and why. `certain`: the customer named its number."""

    order: Order
    because: str
    certain: bool = False


class Level(IntEnum):
    """The verdict of the review."""

    GREEN = 0  # y sends
    AMBER = 1  # Y sends
    RED = 2  # nothing sends


@dataclass(frozen=True, slots=True)
class Concern:
    """A reason why a review is amber or red, in words the owner can act on.

    `of_claim`: it is about a claim that is not ticked, which the list of claims also shows.
    """

    level: Level
    words: str
    of_claim: bool = False


@dataclass(frozen=True, slots=True)
class Claim:
    """Something that a macro's text says has been done, to be ticked on the review.

    `ability` is the store action that makes it true, `state` that action's state (None: not begun).
    `can_be_begun`: the order's store can do it from here.
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
class OtherTicket:
    """Another open ticket of the customer; `answered`: the reply is to answer it too.

    `words` is the customer's newest mail on it, `newest` its id. `has_draft`: a reply of its own was begun.
    """

    ticket_id: int
    subject: str
    words: str
    answered: bool
    newest: int = 0
    has_draft: bool = False


@dataclass(frozen=True, slots=True)
class Review:
    """A reply exactly as it will be sent, with everything the owner should know about it.

    `seen` is the state of the customer's mails when the review was made: a new mail stops sending. `values`
    and `missing` are ranges of `body`.
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
    notes: tuple[str, ...]  # for information only: other open tickets, the same macro lately
    customer_words: str
    seen: int
    asked: tuple[SideAsk, ...] = ()  # further questions in the mail; places are in `customer_words`
    others: tuple[OtherTicket, ...] = ()  # the customer's other open tickets

    @property
    def level(self) -> Level:
        """The level of its worst concern."""
        return max((concern.level for concern in self.concerns), default=Level.GREEN)

    @property
    def also(self) -> tuple[int, ...]:
        """The further tickets that it answers."""
        return tuple(one.ticket_id for one in self.others if one.answered)

    def has_news_since(self, shown: "Review") -> bool:
        """Whether the customer has written since another review, here or on a ticket that it answers too."""
        known = {one.ticket_id: one.newest for one in shown.others}
        return self.seen != shown.seen or any(
            one.answered and known.get(one.ticket_id, one.newest) != one.newest for one in self.others
        )

    def reasons(self, confirmed: Level) -> tuple[str, ...]:
        """The concerns worse than what was confirmed, in words."""
        return tuple(one.words for one in self.concerns if one.level > confirmed)


@dataclass(frozen=True, slots=True)
class Follows:
    """How a reply changes its ticket once it has been sent. Days count from then.

    Without a `status` the ticket's stays. `unless_changed` is the ticket's status when the reply was
    planned: if it has changed since, it stays. `order_was` is the state of the order at that time
    (`OrderSnapshot`): if it has changed, the reply does not go. `follow_up`: it is a macro's follow-up,
    which is dropped if nobody waits for it any more.
    """

    status: Status | None
    category: str = ""
    tags: tuple[str, ...] = ()
    snooze_days: int = 0
    snooze_until: int = 0  # UTC seconds; by then a supplier should have answered
    solve_after_days: int = 0
    order_id: int | None = None
    unless_changed: Status | None = None
    order_was: tuple[str, ...] = ()
    follow_up: bool = False


@dataclass(frozen=True, slots=True)
class Recipient:
    """A recipient of an outbox row and the server's answer; `code` is its SMTP reply code (0: none)."""

    address: str
    outcome: Outcome = Outcome.UNKNOWN
    words: str = ""
    name: str = ""
    code: int = 0

    @property
    def is_put_off(self) -> bool:
        """Whether the server refused it only for now (4yz, RFC 5321, 4.2.1): it may be tried again."""
        return self.outcome is Outcome.REFUSED and _PASSING <= self.code < _LASTING

    @property
    def is_refused_for_good(self) -> bool:
        """Whether the server refused it for good."""
        return self.outcome is Outcome.REFUSED and not self.is_put_off


@dataclass(frozen=True, slots=True)
class OutboxRow:
    """A reply in the outbox. Times are UTC seconds; `history` is (at, state, words), oldest first.

    `planned_at` is the time the owner chose, None if it goes after the seconds for undo. With
    `unless_answered` it is held back if the customer writes before it goes.
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
    automatic: str = ""  # the kind of letter if a rule or a survey sent it
    also: tuple[int, ...] = ()  # further tickets that it answers

    @property
    def state_words(self) -> str:
        """Its state in words; one that was brought back is shown as a draft, not as discarded."""
        if self.state is OutboxState.DISCARDED and self.ending in (Ending.BROUGHT_BACK, Ending.HELD_BACK):
            return "a draft again"
        if self.refused_for_some:
            return "sent, not to all"
        return "planned" if self.is_planned else str(self.state)

    @property
    def is_planned(self) -> bool:
        """Whether it waits for the time the owner chose and was not tried yet."""
        return self.state is OutboxState.QUEUED and self.planned_at is not None and not self.attempts

    @property
    def tried_at(self) -> int:
        """When it was last tried (UTC seconds), or when it will go if it was not tried."""
        tries = [at for at, state, _ in self.history if state == OutboxState.SENDING]
        return tries[-1] if tries else self.send_at

    @property
    def queued_at(self) -> int:
        """When it was queued first (UTC seconds)."""
        return self.history[0][0] if self.history else self.send_at

    @property
    def can_come_back(self) -> bool:
        """Whether it may become a draft again: nobody has got it, and it is not a draft already."""
        if self.state is OutboxState.DISCARDED:
            return self.sent_at is None and self.ending is not Ending.BROUGHT_BACK
        return self.state in (OutboxState.QUEUED, OutboxState.REFUSED, OutboxState.UNCERTAIN)

    @property
    def waits_to_try(self) -> bool:
        """Whether it was tried and waits for its next try."""
        return self.state is OutboxState.QUEUED and self.attempts > 0

    @property
    def put_off(self) -> bool:
        """Whether it waits because the server said "not now" (4xx), not because the connection broke."""
        return self.waits_to_try and self.ending is not Ending.LINE_LOST

    @property
    def refused_for_some(self) -> bool:
        """Whether it was sent but refused for some recipients, who can be tried again."""
        return self.state is OutboxState.SENT and any(
            one.outcome is Outcome.REFUSED for one in self.recipients
        )

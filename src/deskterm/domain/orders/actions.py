"""Actions on an order in its store, and what became of them. Only `sync` talks to stores."""

from enum import StrEnum

from deskterm.config.store_kinds import Ability
from deskterm.domain.orders.order import Money, PostalAddress
from deskterm.value_class import dataclass

GIVING = frozenset({Ability.REFUND, Ability.REPLACE, Ability.GIFT_CARD, Ability.CREDIT, Ability.CODE})


@dataclass(frozen=True, slots=True)
class PieceCount:
    """How many pieces of an order line, by the store's id of the line."""

    line: str
    quantity: int


@dataclass(frozen=True, slots=True)
class StoreAction:
    """An action on an order, stored before it is sent.

    `key` is deskterm's own unique id. Stores that can keep it are given it, so that the action can be found
    there before it might be repeated. Fields that an ability does not need stay empty.
    """

    key: str
    ability: Ability
    order_id: str  # the store's
    amount: Money | None = None
    pieces: tuple[PieceCount, ...] = ()
    restock: bool = False
    tell_customer: bool = False  # the store mails the customer as well
    ship_to: PostalAddress | None = None
    seen: PostalAddress | None = None  # the address it replaces, as the owner saw it
    text: str = ""  # a note, a reason, a code
    percent: int = 0  # of a discount code without an amount
    tags: tuple[str, ...] = ()
    carrier: str = ""
    tracking: str = ""
    owed: bool = False  # the customer has a right to it: it is not goodwill
    from_list: bool = False  # a code from the owner's list: nothing is sent to the store
    over_limit: str = ""  # why more is given than the limit for goodwill allows


class ActionState(StrEnum):
    """The state of an action. The first two are set by deskterm, the others by the store's answer."""

    CONFIRMED = "confirmed"  # stored, not sent yet
    SENDING = "sending"  # the store may have it
    DONE = "done"
    REFUSED = "refused"  # it did not happen and may be tried again
    UNKNOWN = "unknown"  # the answer is missing: the store must be asked before anything is repeated


@dataclass(frozen=True, slots=True)
class ActionAnswer:
    """The result of an action. `words` are the store's, `remote_id` is what it made (a refund, a note)."""

    state: ActionState
    words: str = ""
    remote_id: str = ""


@dataclass(frozen=True, slots=True)
class ActionRecord:
    """A stored action. Times are UTC seconds; `ticket_id` is 0 if it has no ticket.

    `order_id` is deskterm's row id, `tries` is how often it was sent.
    """

    action: StoreAction
    store: str
    order_id: int
    ticket_id: int
    state: ActionState
    confirmed_at: int
    sent_at: int | None = None
    settled_at: int | None = None
    words: str = ""
    remote_id: str = ""
    tries: int = 0

    @property
    def is_open(self) -> bool:
        """Whether it still has to be sent or its result found out."""
        return self.state in (ActionState.CONFIRMED, ActionState.SENDING, ActionState.UNKNOWN)

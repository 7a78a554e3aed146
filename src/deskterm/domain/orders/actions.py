"""What can be done to an order in its store, and what became of it. Only `sync` asks a store."""

from enum import StrEnum

from deskterm.domain.orders.order import Money, PostalAddress
from deskterm.value_class import dataclass


class Ability(StrEnum):
    """What a store can do for deskterm: what it can be asked, and each action on an order."""

    ONE_ORDER = "one order"  # an order now, by its store's id
    PRODUCTS = "products"
    STOCK = "stock"
    INCOMING = "incoming stock"
    REFUND = "refund"
    CANCEL = "cancel"
    ADDRESS = "address"  # change where an order is shipped to
    REPLACE = "replacement"
    RETURN = "return"
    GIFT_CARD = "gift card"
    CREDIT = "store credit"  # money of the order, kept for the customer in the store
    CODE = "discount code"
    NOTE = "note"
    TAGS = "tags"
    RESEND = "confirmation"  # send the order's confirmation again
    FULFIL = "fulfilment"  # with a tracking number


GIVING = frozenset({Ability.REFUND, Ability.REPLACE, Ability.GIFT_CARD, Ability.CREDIT, Ability.CODE})


@dataclass(frozen=True, slots=True)
class PieceCount:
    """So many pieces of one line, by the store's id of the line."""

    line: str
    quantity: int


@dataclass(frozen=True, slots=True)
class StoreAction:
    """One action on one order, as it was written down before it is sent.

    `key` is deskterm's own and unique: the store is given it wherever it keeps one, so that the action is
    found again before it could be repeated. The fields that an ability does not need stay empty.
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
    percent: int = 0  # of a discount code, where it takes no amount off
    tags: tuple[str, ...] = ()
    carrier: str = ""
    tracking: str = ""
    owed: bool = False  # the order owes what is given: it is no goodwill
    from_list: bool = False  # a code of the owner's list: nothing is sent to the store
    over_limit: str = ""  # why more is given than the shop's limit of goodwill allows


class ActionState(StrEnum):
    """How far an action has come. The first two are deskterm's own, the others a store's answer."""

    CONFIRMED = "confirmed"  # written down; nothing was sent
    SENDING = "sending"  # it may be with the store
    DONE = "done"
    REFUSED = "refused"  # it did not happen, and may be tried anew
    UNKNOWN = "unknown"  # the answer is missing: the store has to be asked before anything is repeated


@dataclass(frozen=True, slots=True)
class ActionAnswer:
    """What became of an action; `words` are the store's, `remote_id` is what it made (a refund, a note)."""

    state: ActionState
    words: str = ""
    remote_id: str = ""


@dataclass(frozen=True, slots=True)
class ActionRecord:
    """An action as it was written down. Times are UTC seconds; `ticket_id` is 0 for one without a ticket.

    `order_id` is deskterm's row, `tries` how often it was sent.
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
        """Whether something is still to be done or found out."""
        return self.state in (ActionState.CONFIRMED, ActionState.SENDING, ActionState.UNKNOWN)

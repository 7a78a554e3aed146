"""What can be done to an order in its store, and what became of it. Only `sync` asks a store."""

from dataclasses import dataclass
from enum import StrEnum

from deskterm.domain.orders.order import Money, PostalAddress


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
    CREDIT = "store credit"
    CODE = "discount code"
    NOTE = "note"
    TAGS = "tags"
    RESEND = "confirmation"  # send the order's confirmation again
    FULFIL = "fulfilment"  # with a tracking number


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
    text: str = ""  # a note, a reason, a code
    tags: tuple[str, ...] = ()
    carrier: str = ""
    tracking: str = ""


class ActionState(StrEnum):
    """What became of an action."""

    DONE = "done"
    REFUSED = "refused"  # the store said no: nothing was changed
    UNKNOWN = "unknown"  # the answer is missing: the store has to be asked before anything is repeated


@dataclass(frozen=True, slots=True)
class ActionAnswer:
    """What became of an action; `words` are the store's, `remote_id` is what it made (a refund, a note)."""

    state: ActionState
    words: str = ""
    remote_id: str = ""

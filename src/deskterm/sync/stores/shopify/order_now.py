"""Reading an order's current state before an action, and again if the answer was lost."""

from deskterm.config.store_kinds import Ability
from deskterm.domain.orders.actions import ActionAnswer, StoreAction
from deskterm.sync.stores.action_keys import has_key
from deskterm.sync.stores.graphql import Answered
from deskterm.sync.stores.lost_answers import CANCELLED, NOT_THERE, SENT, trace_of_address
from deskterm.sync.stores.shopify.answers import AddressRow, Listed, TrackingRow
from deskterm.sync.stores.shopify.changes import DONE
from deskterm.sync.stores.shopify.orders import postal_address
from deskterm.sync.stores.shopify.reading import order_gid
from deskterm.sync.stores.shopify.wire import ShopifyWire

_FULFILLABLE = frozenset(("OPEN", "IN_PROGRESS"))


class StaffNoteRow(Answered):
    """The staff note of a cancellation."""

    staff_note: str | None = None


class ParcelNowRow(Answered):
    """A parcel with its numbers."""

    status: str
    tracking_info: tuple[TrackingRow, ...] = ()


class RemainingRow(Answered):
    """How many pieces are still to be sent."""

    id: str
    remaining_quantity: int


class ToSendRow(Answered):
    """What is still to be sent from one location."""

    id: str
    status: str
    line_items: Listed[RemainingRow]

    @property
    def is_left(self) -> bool:
        """Whether anything of it is still to be sent."""
        return self.status in _FULFILLABLE and any(one.remaining_quantity for one in self.line_items.nodes)


class NowRow(Answered):
    """The present state of an order."""

    id: str
    display_fulfillment_status: str
    cancelled_at: str | None = None
    cancellation: StaffNoteRow | None = None
    note: str | None = None
    tags: tuple[str, ...] = ()
    shipping_address: AddressRow | None = None
    fulfillments: tuple[ParcelNowRow, ...] = ()
    fulfillment_orders: Listed[ToSendRow] | None = None

    @property
    def is_sent(self) -> bool:
        """Whether anything of it is on its way."""
        return any(one.status == "SUCCESS" for one in self.fulfillments)

    @property
    def still_to_send(self) -> list[ToSendRow]:
        """What is still to be sent."""
        return [
            one for one in (self.fulfillment_orders.nodes if self.fulfillment_orders else []) if one.is_left
        ]


class NowAnswer(Answered):
    """The order, None where it is not there."""

    order: NowRow | None = None


def order_now(wire: ShopifyWire, action: StoreAction) -> NowRow | None:
    """The order of an action, None if the shop does not have it."""
    return wire.ask("order_now", NowAnswer, id=order_gid(action.order_id)).order


def trace_of(order: NowRow, action: StoreAction) -> ActionAnswer | None:
    """DONE where the order shows that it happened."""
    match action.ability:
        case Ability.CANCEL:
            note = order.cancellation.staff_note if order.cancellation else None
            happened = bool(order.cancelled_at) and has_key(note, action.key)
        case Ability.ADDRESS:
            row = order.shipping_address
            happened = row is not None and postal_address(row) == action.ship_to
        case Ability.NOTE:
            happened = f"\n{action.text}\n" in f"\n{order.note or ''}\n"
        case Ability.TAGS:
            happened = set(action.tags) <= set(order.tags)
        case Ability.FULFIL:
            happened = _is_fulfilled(order, action)
        case _:
            happened = False
    return DONE if happened else None


def look_at(order: NowRow, action: StoreAction) -> ActionAnswer:
    """What the order shows of an action whose answer was lost."""
    if found := trace_of(order, action):
        return found
    if action.ability is Ability.CANCEL and order.cancelled_at:
        return CANCELLED
    if action.ability is Ability.ADDRESS and order.shipping_address:
        return trace_of_address(postal_address(order.shipping_address), action)
    if action.ability is Ability.FULFIL and order.is_sent and not order.still_to_send:
        return SENT
    return NOT_THERE


def _is_fulfilled(order: NowRow, action: StoreAction) -> bool:
    if not action.tracking:
        return order.is_sent and not order.still_to_send
    numbers = {one.number for parcel in order.fulfillments for one in parcel.tracking_info}
    return action.tracking in numbers

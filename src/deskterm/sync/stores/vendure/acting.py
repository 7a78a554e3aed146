"""Acting in Vendure, which prevents no doubles itself: the order is read first, the key is put in reasons.

Actions of several steps (an address, a parcel) can be resumed after any of them.
"""

from collections.abc import Callable
from typing import NamedTuple

import msgspec

from deskterm.config.store_kinds import Ability
from deskterm.domain.orders.actions import ActionAnswer, ActionState, StoreAction
from deskterm.errors import NotFound, NotNow
from deskterm.sync.stores.action_keys import has_key, with_key
from deskterm.sync.stores.graphql import Answered
from deskterm.sync.stores.lost_answers import CANCELLED, NOT_THERE, trace_of_address
from deskterm.sync.stores.vendure.changes import DONE, change, refuse, send, take_steps
from deskterm.sync.stores.vendure.codes import find_code, give_code
from deskterm.sync.stores.vendure.orders import PaymentRow, VendureOrderRow, hundredths_of, place_of
from deskterm.sync.stores.vendure.replacements import find_replacement, send_replacement
from deskterm.sync.stores.vendure.wire import VendureWire

_CHANGEABLE = frozenset({"PaymentSettled", "PaymentAuthorized", "Modifying"})
_SENT = frozenset({"Shipped", "Delivered"})
_REFUND_WORDS = {
    "Pending": "The refund is booked and has to be settled in Vendure.",
    "Failed": "The refund is booked, but the payment refused the money: look into Vendure.",
}


class _Gift(NamedTuple):
    """What is no change of the order itself: how it is made, and how it is looked for."""

    give: Callable[[VendureWire, StoreAction], ActionAnswer]
    find: Callable[[VendureWire, StoreAction], ActionAnswer]


_GIFTS = {
    Ability.CODE: _Gift(give_code, find_code),
    Ability.REPLACE: _Gift(send_replacement, find_replacement),
}


class HistoryRow(Answered):
    """Something that happened to an order."""

    type: str
    data: dict[str, object] = msgspec.field(default_factory=dict)


class HistoryList(Answered):
    """The newest of them first."""

    items: tuple[HistoryRow, ...] = ()


class OrderNowRow(VendureOrderRow):
    """An order's current state, with its history."""

    next_states: tuple[str, ...] = ()
    history: HistoryList = msgspec.field(default_factory=HistoryList)

    def has_entry(self, kind: str, name: str, key: str) -> bool:
        """Whether a history entry of that kind has the key in its field `name`."""
        return any(one.type == kind and has_key(str(one.data.get(name)), key) for one in self.history.items)


class _NowAnswer(Answered):
    order: OrderNowRow | None = None


class VendureActing:
    """The actions in one Vendure."""

    def __init__(self, wire: VendureWire) -> None:
        self._wire = wire
        self._acts: dict[Ability, Callable[[OrderNowRow, StoreAction], ActionAnswer]] = {
            Ability.REFUND: self._refund,
            Ability.CANCEL: self._cancel,
            Ability.ADDRESS: self._address,
            Ability.NOTE: self._note,
            Ability.FULFIL: self._fulfil,
        }

    def act(self, action: StoreAction) -> ActionAnswer:
        """Perform it once, unless it was done. Raises NotNow for what Vendure cannot do."""
        if gift := _GIFTS.get(action.ability):
            return gift.give(self._wire, action)
        act = self._acts.get(action.ability)
        if act is None:
            raise NotNow("Vendure cannot do that from here.", todo="Do it in Vendure's dashboard.")
        order = self._order(action)
        return _trace(order, action) or act(order, action)

    def look_up(self, action: StoreAction) -> ActionAnswer:
        """Find out whether it happened."""
        if gift := _GIFTS.get(action.ability):
            return gift.find(self._wire, action)
        return _look_at(self._order(action), action)

    def _order(self, action: StoreAction) -> OrderNowRow:
        found = self._wire.ask("order_now", _NowAnswer, id=action.order_id).order
        if found is None:
            raise NotFound("Vendure has that order no longer.")
        return found

    def _refund(self, order: OrderNowRow, action: StoreAction) -> ActionAnswer:
        """Refund from a single payment that covers it, as Vendure does not split refunds."""
        if action.amount is None:
            return refuse("An amount is needed.")
        amount = hundredths_of(action.amount)
        payment = next((one for one in order.payments or () if _rest_of(one) >= amount), None)
        if payment is None:
            return refuse("No payment of this order holds that much.")
        asked = {
            "paymentId": payment.id,
            "amount": amount,
            "reason": with_key(action.text, action.key),
            "lines": [{"orderLineId": one.line, "quantity": one.quantity} for one in action.pieces],
            "shipping": 0,
            "adjustment": 0,
        }
        made = change(self._wire, "refund", input=asked)
        if isinstance(made, ActionAnswer):
            return made
        return ActionAnswer(ActionState.DONE, _REFUND_WORDS.get(made.state, ""), made.id)

    def _cancel(self, order: OrderNowRow, action: StoreAction) -> ActionAnswer:
        if order.state == "Cancelled":
            return refuse("It is cancelled already, but not from here.")
        if any(one.state in _SENT for one in order.fulfillments or ()):
            return refuse("Something of it is on its way already.")
        asked = {
            "orderId": order.id,
            "reason": with_key(action.text, action.key),
            "cancelShipping": True,
        }
        return send(self._wire, "cancel", input=asked)

    def _address(self, order: OrderNowRow, action: StoreAction) -> ActionAnswer:
        """Change the address: enter the state Modifying, change it, return to the previous state."""
        wanted = action.ship_to
        if wanted is None or order.shipping_address is None or order.state not in _CHANGEABLE:
            return refuse(f"The address cannot be changed in the state {order.state}.")
        current = place_of(order.shipping_address)
        if action.seen is not None and current not in (action.seen, wanted):
            return refuse(f"The address was changed meanwhile, it is now: {', '.join(current.lines)}.")
        steps: list[Callable[[], ActionAnswer]] = []
        if order.state != "Modifying":
            steps.append(lambda: self._move(order.id, "Modifying"))
        if current != wanted:
            steps.append(lambda: self._modify(order, action))
        steps.append(lambda: self._move(order.id, _state_before(order)))
        return take_steps(steps)

    def _modify(self, order: OrderNowRow, action: StoreAction) -> ActionAnswer:
        wanted, row = action.ship_to, order.shipping_address
        if wanted is None or row is None:
            return refuse("An address is needed.")
        address = {
            "fullName": wanted.name,
            "city": wanted.city,
            "postalCode": wanted.postcode,
            "province": wanted.region,
            "countryCode": wanted.country,
        }
        if wanted.street != place_of(row).street:
            address |= {"company": "", "streetLine1": wanted.street, "streetLine2": ""}
        asked = {"orderId": order.id, "dryRun": False, "updateShippingAddress": address}
        return send(self._wire, "modify", input=asked)

    def _move(self, order: str, state: str) -> ActionAnswer:
        return send(self._wire, "move", id=order, state=state)

    def _note(self, order: OrderNowRow, action: StoreAction) -> ActionAnswer:
        """A private note: the customer does not see it."""
        asked = {"id": order.id, "note": with_key(action.text, action.key), "isPublic": False}
        return send(self._wire, "add_note", input=asked)

    def _fulfil(self, order: OrderNowRow, action: StoreAction) -> ActionAnswer:
        """Make a parcel of all that is left, then mark it as shipped."""
        made = next((one for one in order.fulfillments or () if _is_ours(one.tracking_code, action)), None)
        if made is None:
            answer = send(self._wire, "fulfil", input=_parcel(order, action))
            if answer.state is not ActionState.DONE:
                return answer
            return send(self._wire, "ship", id=answer.remote_id)
        return send(self._wire, "ship", id=made.id)


def _trace(order: OrderNowRow, action: StoreAction) -> ActionAnswer | None:
    """DONE where the order shows that it happened."""
    match action.ability:
        case Ability.REFUND:
            return _find_refund(order, action)
        case Ability.CANCEL:
            happened = order.has_entry("ORDER_CANCELLATION", "reason", action.key)
        case Ability.NOTE:
            happened = order.has_entry("ORDER_NOTE", "note", action.key)
        case Ability.ADDRESS:
            place = order.shipping_address
            there = place is not None and place_of(place) == action.ship_to
            happened = there and order.state != "Modifying"
        case Ability.FULFIL:
            parcels = order.fulfillments or ()
            happened = any(_is_ours(one.tracking_code, action) and one.state in _SENT for one in parcels)
        case _:
            happened = False
    return DONE if happened else None


def _look_at(order: OrderNowRow, action: StoreAction) -> ActionAnswer:
    """What the order shows of an action whose answer was lost."""
    if found := _trace(order, action):
        return found
    if action.ability is Ability.CANCEL and order.state == "Cancelled":
        return CANCELLED
    if action.ability is Ability.ADDRESS and order.shipping_address and order.state != "Modifying":
        return trace_of_address(place_of(order.shipping_address), action)
    return NOT_THERE


def _find_refund(order: OrderNowRow, action: StoreAction) -> ActionAnswer | None:
    made = [one for payment in order.payments or () for one in payment.refunds]
    found = next((one for one in made if has_key(one.reason, action.key)), None)
    if found is None:
        return None
    return ActionAnswer(ActionState.DONE, _REFUND_WORDS.get(found.state, ""), found.id)


def _rest_of(payment: PaymentRow) -> int:
    """What can still be refunded of a payment, in hundredths."""
    if payment.state != "Settled":
        return 0
    return payment.amount - sum(one.total for one in payment.refunds if one.state != "Failed")


def _state_before(order: OrderNowRow) -> str:
    """The state of an order before it was opened for modification."""
    if order.state != "Modifying":
        return order.state
    moves = (one.data for one in order.history.items if one.type == "ORDER_STATE_TRANSITION")
    return next((str(one["from"]) for one in moves if one.get("to") == "Modifying"), "PaymentSettled")


def _parcel(order: OrderNowRow, action: StoreAction) -> dict[str, object]:
    lines = [
        {"orderLineId": one.id, "quantity": left}
        for one in order.lines
        if (left := one.quantity - sum(part.quantity for part in one.fulfillment_lines or ())) > 0
    ]
    values = {"method": action.carrier or "Parcel", "trackingCode": _code(action)}
    arguments = [{"name": name, "value": value} for name, value in values.items()]
    return {"lines": lines, "handler": {"code": "manual-fulfillment", "arguments": arguments}}


def _code(action: StoreAction) -> str:
    """The code by which a parcel is found again: its tracking number, else a part of the key."""
    return action.tracking or f"deskterm-{action.key[:12]}"


def _is_ours(code: str | None, action: StoreAction) -> bool:
    return code == _code(action)

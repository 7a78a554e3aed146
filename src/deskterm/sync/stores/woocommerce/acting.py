"""Acting in a WooCommerce store. It has no idempotency keys: the key goes into meta data.

A refused refund has status 500, so a status does not tell what happened: after each refusal of the
server, the order is checked.
"""

from collections.abc import Callable
from typing import TypeVar

import msgspec

from deskterm.config.store_kinds import Ability
from deskterm.domain.money import as_decimal
from deskterm.domain.orders.actions import ActionAnswer, ActionState, StoreAction
from deskterm.domain.text import line
from deskterm.errors import LoginRefused, NotFound, NotNow, ServerRefused, WireError
from deskterm.sync.stores.action_keys import has_key, with_key
from deskterm.sync.stores.http import BodyKind, StoreAnswer
from deskterm.sync.stores.lost_answers import CANCELLED, NOT_THERE, SENT, trace_of_address
from deskterm.sync.stores.rows import decode
from deskterm.sync.stores.woocommerce.addresses import changed_shipping
from deskterm.sync.stores.woocommerce.line import API, WooLine, error_of
from deskterm.sync.stores.woocommerce.orders import shipping_address
from deskterm.sync.stores.woocommerce.replacements import KEY, MadeOrder, copy_of, find_copy
from deskterm.sync.stores.woocommerce.rows import WooCurrency, WooMeta, WooNote, WooOrder
from deskterm.sync.stores.woocommerce.tracking import read_parcels

T = TypeVar("T")
_KEY = KEY
_CANCEL, _FULFIL = "_deskterm_cancel", "_deskterm_fulfil"
_DONE = ActionAnswer(ActionState.DONE)
_NO_TRACE = ActionAnswer(
    ActionState.UNKNOWN,
    "The shop keeps no trace of a mail that deskterm can read: see the order's notes there.",
)
_ENDS = {Ability.CANCEL: ("cancelled", _CANCEL, CANCELLED), Ability.FULFIL: ("completed", _FULFIL, SENT)}
_OVER = frozenset({"completed", "refunded", "failed"})
_REFUSES, _TOO_MANY, _THEIRS = 400, 429, 500
_TRACKERS = ("wc-shipment-tracking/v3", "wc-ast/v3")


class MadeRefund(msgspec.Struct):
    """A refund with its meta data, which has the key."""

    id: int
    meta_data: tuple[WooMeta, ...] = ()


_NO_CURRENCY = (
    "The shop hides its currency: give a percentage, or name `currency` of this store in config.toml."
)


class MadeCoupon(msgspec.Struct):
    """A coupon, with the key in its description."""

    id: int
    description: str | None = ""


class _Made(msgspec.Struct):
    id: int | str = ""


class WooActing:
    """The actions in one store; `currency` is the shop's if the owner names it."""

    def __init__(self, woo: WooLine, currency: str = "") -> None:
        self._woo, self._currency = woo, currency
        self._acts: dict[Ability, Callable[[StoreAction], ActionAnswer]] = {
            Ability.REFUND: self._refund,
            Ability.CANCEL: self._cancel,
            Ability.ADDRESS: self._address,
            Ability.NOTE: self._note,
            Ability.FULFIL: self._fulfil,
            Ability.CODE: self._code,
            Ability.REPLACE: self._replace,
            Ability.RESEND: self._resend,
        }

    def act(self, action: StoreAction) -> ActionAnswer:
        """Perform it once, unless it was done. Raises NotNow for what WooCommerce cannot do."""
        act = self._acts.get(action.ability)
        if act is None:
            raise NotNow("WooCommerce cannot do that from here.", todo="Do it on the order's page there.")
        found = self.look_up(action)
        return found if found.state is ActionState.DONE else act(action)

    def _find_replacement(self, action: StoreAction) -> ActionAnswer:
        made = find_copy(self._woo, action)
        return _new_order(made) if made else NOT_THERE

    def _replace(self, action: StoreAction) -> ActionAnswer:
        body = copy_of(self._woo, action)
        if body is None:
            return _refuse("A piece of it is no product of the shop any more: make the order in the shop.")
        return self._send("POST", "orders", body, action, read=read_new_order)

    def _resend(self, action: StoreAction) -> ActionAnswer:
        self._order(action)  # which also finds out how requests are signed here
        return self._send("POST", f"orders/{action.order_id}/actions/send_order_details", {}, action)

    def look_up(self, action: StoreAction) -> ActionAnswer:
        """Find out whether it happened."""
        match action.ability:
            case Ability.REFUND:
                return self._find_refund(action)
            case Ability.NOTE:
                return self._find_note(action)
            case Ability.CODE:
                return self._find_coupon(action)
            case Ability.REPLACE:
                return self._find_replacement(action)
            case Ability.RESEND:
                return _NO_TRACE
        return _look_at(self._order(action), action)

    def _order(self, action: StoreAction) -> WooOrder:
        return decode(self._woo.get(f"orders/{action.order_id}"), WooOrder)

    def _find_refund(self, action: StoreAction) -> ActionAnswer:
        path = f"orders/{action.order_id}/refunds"
        made = decode(self._woo.get(path, {"per_page": "100"}), list[MadeRefund])
        found = next((one for one in made if _has_meta(one.meta_data, _KEY, action.key)), None)
        return ActionAnswer(ActionState.DONE, "", str(found.id)) if found else NOT_THERE

    def _find_note(self, action: StoreAction) -> ActionAnswer:
        notes = decode(self._woo.get(f"orders/{action.order_id}/notes"), list[WooNote])
        return _DONE if any(has_key(one.note, action.key) for one in notes) else NOT_THERE

    def _find_coupon(self, action: StoreAction) -> ActionAnswer:
        """Find a coupon by its code, which WooCommerce stores in lower case."""
        found = decode(self._woo.get("coupons", {"code": action.text.lower()}), list[MadeCoupon])
        if any(has_key(one.description, action.key) for one in found):
            return _DONE
        return ActionAnswer(ActionState.REFUSED, "There is such a code already.") if found else NOT_THERE

    def _refund(self, action: StoreAction) -> ActionAnswer:
        """Refund through the payment gateway; REFUSED if it cannot."""
        if action.amount is None:
            return _refuse("An amount is needed.")
        body: dict[str, object] = {
            "amount": str(as_decimal(action.amount)),
            "reason": action.text,
            "api_refund": True,
            "api_restock": action.restock,
            "meta_data": [{"key": _KEY, "value": action.key}],
        }
        if action.pieces:
            pieces = [one for one in action.pieces if one.line.isdecimal()]
            body["line_items"] = [{"id": int(one.line), "quantity": one.quantity} for one in pieces]
        return self._send("POST", f"orders/{action.order_id}/refunds", body, action)

    def _cancel(self, action: StoreAction) -> ActionAnswer:
        order = self._order(action)
        if order.status in _OVER or order.status == "cancelled":
            return _refuse(f"The order is {order.status} in the shop, not from here.")
        if read_parcels(order):
            return _refuse("Something of it is on its way already.")
        return self._put(action, {"status": "cancelled", "meta_data": [_meta(_CANCEL, action)]})

    def _address(self, action: StoreAction) -> ActionAnswer:
        order = self._order(action)
        current = shipping_address(order)
        if action.ship_to is None:
            return _refuse("An address is needed.")
        if order.status in _OVER or order.status == "cancelled" or read_parcels(order):
            return _refuse("It is on its way or closed already: the address was not changed.")
        if action.seen is not None and current != action.seen:
            there = ", ".join(current.lines)
            return _refuse(f"The address was changed meanwhile, it is now: {there}. Look at it again.")
        return self._put(action, {"shipping": changed_shipping(order, current, action.ship_to)})

    def _note(self, action: StoreAction) -> ActionAnswer:
        """A private note: the customer does not see it."""
        body = {"note": with_key(action.text, action.key), "customer_note": False}
        return self._send("POST", f"orders/{action.order_id}/notes", body, action)

    def _fulfil(self, action: StoreAction) -> ActionAnswer:
        """Ship: first the tracking number, so that the shop's mail can name it."""
        order = self._order(action)
        if order.status in _OVER or order.status == "cancelled":
            return _refuse(f"The order is {order.status} in the shop already.")
        if action.tracking and action.tracking not in {one.number for one in read_parcels(order)}:
            answer = self._track(action)
            if answer.state is not ActionState.DONE:
                return answer
        return self._put(action, {"status": "completed", "meta_data": [_meta(_FULFIL, action)]})

    def _track(self, action: StoreAction) -> ActionAnswer:
        names = self._woo.site().namespaces
        api = next((one for one in _TRACKERS if one in names), None)
        if api is None:
            return _refuse("The shop has no plugin for tracking numbers (Shipment Tracking, AST).")
        body: dict[str, object] = {"tracking_number": action.tracking, "tracking_provider": action.carrier}
        path = f"orders/{action.order_id}/shipment-trackings"
        return self._send("POST", path, body, action, api=f"wp-json/{api}")

    def _code(self, action: StoreAction) -> ActionAnswer:
        found = self._find_coupon(action)
        if found.words:
            return found
        off = {"discount_type": "percent", "amount": str(action.percent)}
        if action.amount is not None:
            try:
                own = self._currency or decode(self._woo.get("data/currencies/current"), WooCurrency).code
            except (LoginRefused, NotFound, ServerRefused):
                return _refuse(_NO_CURRENCY)
            if own != action.amount.currency:
                return _refuse(f"The shop makes codes in its own currency, {own}.")
            off = {"discount_type": "fixed_cart", "amount": str(as_decimal(action.amount))}
        body = {**off, "code": action.text, "usage_limit": 1, "description": with_key("", action.key)}
        return self._send("POST", "coupons", body, action)

    def _put(self, action: StoreAction, body: dict[str, object]) -> ActionAnswer:
        return self._send("PUT", f"orders/{action.order_id}", body, action)

    def _send(  # noqa: PLR0917 - what a request is
        self,
        method: str,
        path: str,
        body: dict[str, object],
        action: StoreAction,
        api: str = API,
        read: Callable[[StoreAnswer], ActionAnswer] | None = None,
    ) -> ActionAnswer:
        """Send a change and interpret its answer; UNKNOWN if none came."""
        try:
            answer = self._woo.change(method, path, msgspec.json.encode(body), api)
        except WireError as error:
            return ActionAnswer(ActionState.UNKNOWN, error.what)
        if answer.status == _TOO_MANY:
            raise answer.busy("too many requests.")
        if answer.kind is not BodyKind.JSON:
            return ActionAnswer(ActionState.UNKNOWN, f"{answer.host} answered with status {answer.status}.")
        if answer.status < _REFUSES:
            return (read or _read_made)(answer)
        return self._after_refusal(answer, action)

    def _after_refusal(self, answer: StoreAnswer, action: StoreAction) -> ActionAnswer:
        """After a refusal with any status: check whether it was done all the same."""
        words = line(error_of(answer).message or f"status {answer.status}")[:200]
        if action.ability is Ability.RESEND and answer.status < _THEIRS:
            return ActionAnswer(ActionState.REFUSED, words)
        try:
            found = self.look_up(action)
        except (WireError, NotFound):
            return ActionAnswer(ActionState.UNKNOWN, words)
        if found.state is not ActionState.REFUSED:
            return found
        if action.ability is Ability.REFUND and answer.status >= _THEIRS:
            words = f"{words} See at the payment provider that no money moved before you repeat it."
        return ActionAnswer(ActionState.REFUSED, words)


def _read_made(answer: StoreAnswer) -> ActionAnswer:
    try:
        made = decode(answer, _Made)
    except WireError as error:
        return ActionAnswer(ActionState.UNKNOWN, error.what)
    return ActionAnswer(ActionState.DONE, "", str(made.id))


def read_new_order(answer: StoreAnswer) -> ActionAnswer:
    """The outcome of creating an order, by the order in the answer; UNKNOWN without one."""
    try:
        return _new_order(decode(answer, MadeOrder))
    except WireError as error:
        return ActionAnswer(ActionState.UNKNOWN, error.what)


def _new_order(made: MadeOrder) -> ActionAnswer:
    """DONE, with the new order's number, which may differ from its id (sequential number plugins)."""
    number = line(made.number)
    known = f"The new order is #{number}."
    words = known if number else f"The shop has made the new order; its id there is {made.id}."
    return ActionAnswer(ActionState.DONE, words, str(made.id))


def _refuse(words: str) -> ActionAnswer:
    return ActionAnswer(ActionState.REFUSED, words)


def _meta(name: str, action: StoreAction) -> dict[str, str]:
    return {"key": name, "value": action.key}


def _has_meta(meta: tuple[WooMeta, ...] | list[WooMeta], name: str, key: str) -> bool:
    return any(one.key == name and one.value == key for one in meta)


def _look_at(order: WooOrder, action: StoreAction) -> ActionAnswer:
    """Check what the order shows of an action."""
    if action.ability is Ability.ADDRESS:
        return trace_of_address(shipping_address(order), action)
    status, name, other = _ENDS[action.ability]
    if order.status != status:
        return NOT_THERE
    return _DONE if _has_meta(order.meta_data, name, action.key) else other

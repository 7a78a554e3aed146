"""Refunding in a Shopify shop, once.

The key is in two places: as Shopify's idempotency key, which is kept for a day at least, and in the
refund's note, where it is found for good. A refund without transactions moves no money, so those that
Shopify suggests are used, up to the amount. Store credit is given as a refund to it: credit added to
an account directly has no mark by which it could be found again.
"""

from collections.abc import Iterable, Sequence

from deskterm.config.store_kinds import Ability
from deskterm.domain.money import as_decimal
from deskterm.domain.orders.actions import ActionAnswer, ActionState, StoreAction
from deskterm.domain.orders.order import Money
from deskterm.domain.text import line
from deskterm.errors import WireError
from deskterm.sync.stores.action_keys import has_key, with_key
from deskterm.sync.stores.graphql import Answered
from deskterm.sync.stores.shopify.answers import AmountPair, Listed
from deskterm.sync.stores.shopify.changes import ChangeAnswer, change, refuse
from deskterm.sync.stores.shopify.orders import customer_money, shop_money
from deskterm.sync.stores.shopify.reading import order_gid
from deskterm.sync.stores.shopify.wire import ShopifyWire

_UNSENT = frozenset(("UNFULFILLED", "OPEN", "ON_HOLD", "SCHEDULED", "PENDING_FULFILLMENT", "IN_PROGRESS"))
_FAILED = frozenset(("ERROR", "FAILURE"))


class StatusRow(Answered):
    """The status of a transaction."""

    status: str


class MadeRefundRow(Answered):
    """A refund, with its note and its transactions' states."""

    id: str
    total_refunded_set: AmountPair
    note: str | None = None
    transactions: Listed[StatusRow] | None = None


class ParentRow(Answered):
    """The payment that is refunded."""

    id: str


class SuggestedRow(Answered):
    """The refundable amount of a payment, and its gateway."""

    gateway: str | None = None
    maximum_refundable_set: AmountPair | None = None
    parent_transaction: ParentRow | None = None


class SuggestionRow(Answered):
    """The refund that Shopify suggests."""

    maximum_refundable_set: AmountPair
    suggested_transactions: tuple[SuggestedRow, ...] = ()


class PlaceIdRow(Answered):
    """Where goods lie, by its id."""

    id: str


class AssignedRow(Answered):
    """Where an order is sent from."""

    location: PlaceIdRow | None = None


class PickRow(Answered):
    """A part of an order that is sent from one place."""

    assigned_location: AssignedRow


class RefundableRow(Answered):
    """The fields of an order that a refund needs."""

    display_fulfillment_status: str
    refunds: tuple[MadeRefundRow, ...] = ()
    suggested_refund: SuggestionRow | None = None
    fulfillment_orders: Listed[PickRow] | None = None


class BeforeRefundAnswer(Answered):
    """The order, None where it is not there."""

    order: RefundableRow | None = None


class RefundPayload(ChangeAnswer):
    """The result of a refund."""

    refund: MadeRefundRow | None = None


class RefundAnswer(Answered):
    """The answer to a refund."""

    refund_create: RefundPayload


def refund(wire: ShopifyWire, action: StoreAction) -> ActionAnswer:
    """Refund the money, unless it was done already."""
    order = _order(wire, action)
    if order is None:
        return refuse("The shop does not have this order.")
    if made := _find_made(order.refunds, action):
        return made
    asked = _input(order, action)
    if isinstance(asked, ActionAnswer):
        return asked
    answer = change(wire, "refund", RefundAnswer, input=asked, key=action.key)
    if isinstance(answer, ActionAnswer):
        return answer
    payload = answer.refund_create
    if payload.refund is not None and not payload.user_errors:
        return _outcome(payload.refund)
    return _made_after_all(wire, action) or payload.refusal()


def find_refund(wire: ShopifyWire, action: StoreAction) -> ActionAnswer:
    """Find the refund by the key in its note."""
    order = _order(wire, action)
    return (order and _find_made(order.refunds, action)) or ActionAnswer(ActionState.REFUSED)


def _order(wire: ShopifyWire, action: StoreAction) -> RefundableRow | None:
    return wire.ask("before_refund", BeforeRefundAnswer, id=order_gid(action.order_id)).order


def _made_after_all(wire: ShopifyWire, action: StoreAction) -> ActionAnswer | None:
    """Shopify says no: also of a key it has seen before. Then the refund is there."""
    try:
        found = find_refund(wire, action)
    except WireError as error:
        return ActionAnswer(ActionState.UNKNOWN, error.what)
    return found if found.state is ActionState.DONE else None


def refuse_other_amount(wire: ShopifyWire, action: StoreAction) -> ActionAnswer | None:
    """A refusal if the shop's remaining amount differs, as a cancellation refunds all of it."""
    order = _order(wire, action)
    if order is None or order.suggested_refund is None:
        return refuse("The shop does not say how much of this order can be given back.")
    most = customer_money(order.suggested_refund.maximum_refundable_set, "refund")
    if most == action.amount:
        return None
    return refuse(f"The shop would give back {as_decimal(most)} {most.currency}: look at the order again.")


def money_after_cancelling(wire: ShopifyWire, action: StoreAction) -> ActionAnswer:
    """After cancelling: whether the money was refunded as well."""
    words = "The order is cancelled; see in Shopify's admin whether the money went back."
    try:
        order = _order(wire, action)
    except WireError:
        return ActionAnswer(ActionState.DONE, words)
    if order is not None and order.suggested_refund is not None and order.refunds:
        left = customer_money(order.suggested_refund.maximum_refundable_set, "refund")
        last = _outcome(order.refunds[-1])
        if not left.minor:
            return ActionAnswer(ActionState.DONE, last.words, last.remote_id)
    return ActionAnswer(ActionState.DONE, "The order is cancelled, but not all of its money went back yet.")


def _find_made(refunds: Iterable[MadeRefundRow], action: StoreAction) -> ActionAnswer | None:
    return next((_outcome(one) for one in refunds if has_key(one.note, action.key)), None)


def _outcome(made: MadeRefundRow) -> ActionAnswer:
    statuses = {one.status for one in made.transactions.nodes} if made.transactions else set()
    words = ""
    if statuses & _FAILED:
        words = "The refund is booked, but the payment provider refused the money: look into Shopify's admin."
    elif "PENDING" in statuses:
        words = "The payment provider has not confirmed the money yet."
    elif not customer_money(made.total_refunded_set, "refund").minor:
        words = "The refund is booked, but no money was moved: look into Shopify's admin."
    return ActionAnswer(ActionState.DONE, words, line(made.id.rpartition("/")[2]))


def _input(order: RefundableRow, action: StoreAction) -> dict[str, object] | ActionAnswer:
    """The input for the mutation, or a refusal."""
    amount = action.amount
    if amount is None or order.suggested_refund is None:
        return refuse("The shop suggests no refund for this order.")
    way = _way_of_money(order.suggested_refund, action, amount)
    if way is None:
        most = customer_money(order.suggested_refund.maximum_refundable_set, "refund")
        return refuse(f"The shop gives back {as_decimal(most)} {most.currency} at most.")
    goods = _goods(order, action)
    if goods is None:
        return refuse("The shop does not say where the goods lie: put them back into stock by hand.")
    asked: dict[str, object] = {
        "orderId": order_gid(action.order_id),
        "note": with_key(action.text, action.key),
        "notify": action.tell_customer,
        "refundLineItems": goods,
        **way,
    }
    pair = order.suggested_refund.maximum_refundable_set
    if shop_money(pair, "refund").currency != amount.currency:
        asked["currency"] = amount.currency
    return asked


def _way_of_money(suggestion: SuggestionRow, action: StoreAction, amount: Money) -> dict[str, object] | None:
    """The refund method; None if there is not enough money."""
    if action.ability is Ability.CREDIT:
        most = customer_money(suggestion.maximum_refundable_set, "refund")
        if most.currency != amount.currency or most.minor < amount.minor:
            return None
        credit = {"amount": str(as_decimal(amount)), "currencyCode": amount.currency}
        return {"refundMethods": [{"storeCreditRefund": {"amount": credit}}]}
    parts = _transactions(suggestion.suggested_transactions, action, amount)
    return None if parts is None else {"transactions": parts}


def _transactions(
    suggested: Sequence[SuggestedRow], action: StoreAction, amount: Money
) -> list[dict[str, object]] | None:
    """The amount split over the order's payments; None if they total less."""
    left = amount.minor
    parts: list[dict[str, object]] = []
    for one in suggested:
        if one.maximum_refundable_set is None or one.parent_transaction is None:
            continue
        most = customer_money(one.maximum_refundable_set, "refund")
        taken = min(left, most.minor) if most.currency == amount.currency else 0
        if taken > 0:
            parts.append(
                {
                    "orderId": order_gid(action.order_id),
                    "parentId": one.parent_transaction.id,
                    "kind": "REFUND",
                    "gateway": one.gateway or "",
                    "amount": str(as_decimal(Money(taken, amount.currency))),
                }
            )
            left -= taken
    return None if left else parts


def _goods(order: RefundableRow, action: StoreAction) -> list[dict[str, object]] | None:
    """The pieces that count as returned; None if they should be restocked but no location is named."""
    how: dict[str, object] = {"restockType": "NO_RESTOCK"}
    if action.restock and action.pieces:
        picks = order.fulfillment_orders.nodes if order.fulfillment_orders else []
        place = picks[0].assigned_location.location if picks else None
        if place is None:
            return None
        unsent = order.display_fulfillment_status in _UNSENT
        how = {"restockType": "CANCEL" if unsent else "RETURN", "locationId": place.id}
    return [
        {"lineItemId": f"gid://shopify/LineItem/{one.line}", "quantity": one.quantity, **how}
        for one in action.pieces
    ]

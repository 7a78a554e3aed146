"""Opening a return in a Shopify shop, with the key in the reason of each line."""

from collections.abc import Iterator

from deskterm.domain.orders.actions import ActionAnswer, ActionState, StoreAction
from deskterm.domain.text import line
from deskterm.sync.stores.action_keys import has_key, with_key
from deskterm.sync.stores.graphql import Answered
from deskterm.sync.stores.lost_answers import NOT_THERE
from deskterm.sync.stores.shopify.answers import Listed
from deskterm.sync.stores.shopify.changes import ChangeAnswer, change, refuse
from deskterm.sync.stores.shopify.reading import order_gid
from deskterm.sync.stores.shopify.replacements import IdRow
from deskterm.sync.stores.shopify.wire import ShopifyWire


class SentLineRow(Answered):
    """Pieces of a line that were sent."""

    id: str
    line_item: IdRow
    quantity: int | None = 0


class SentParcelRow(Answered):
    """A parcel with its pieces."""

    status: str
    fulfillment_line_items: Listed[SentLineRow]


class ReasonRow(Answered):
    """Why a line comes back."""

    return_reason_note: str = ""


class MadeReturnRow(Answered):
    """A return with its reasons."""

    id: str
    name: str = ""
    return_line_items: Listed[ReasonRow] | None = None


class ReturnableRow(Answered):
    """The fields of an order that a return needs."""

    fulfillments: tuple[SentParcelRow, ...] = ()
    returns: Listed[MadeReturnRow] | None = None


class BeforeReturnAnswer(Answered):
    """The order, None where it is not there."""

    order: ReturnableRow | None = None


class ReturnCreateAnswer(Answered):
    """The answer to a new return."""

    return_create: ChangeAnswer


def open_return(wire: ShopifyWire, action: StoreAction) -> ActionAnswer:
    """Open the return, unless it is open already."""
    order = _order(wire, action)
    if order is None:
        return refuse("The shop does not have this order.")
    if found := _find_made(order, action):
        return found
    lines = list(_lines(order, action))
    if sum(int(str(one["quantity"])) for one in lines) != sum(one.quantity for one in action.pieces):
        return refuse("Not all of these pieces were sent: nothing else can come back.")
    asked = {
        "orderId": order_gid(action.order_id),
        "notifyCustomer": action.tell_customer,
        "returnLineItems": lines,
    }
    answer = change(wire, "return_create", ReturnCreateAnswer, input=asked)
    return answer if isinstance(answer, ActionAnswer) else answer.return_create.outcome()


def find_return(wire: ShopifyWire, action: StoreAction) -> ActionAnswer:
    """Find out whether the return exists."""
    order = _order(wire, action)
    return (order and _find_made(order, action)) or NOT_THERE


def _order(wire: ShopifyWire, action: StoreAction) -> ReturnableRow | None:
    return wire.ask("before_return", BeforeReturnAnswer, id=order_gid(action.order_id)).order


def _find_made(order: ReturnableRow, action: StoreAction) -> ActionAnswer | None:
    for made in order.returns.nodes if order.returns else ():
        lines = made.return_line_items.nodes if made.return_line_items else ()
        if any(has_key(one.return_reason_note, action.key) for one in lines):
            return ActionAnswer(ActionState.DONE, f"The return is {line(made.name)}." if made.name else "")
    return None


def _lines(order: ReturnableRow, action: StoreAction) -> Iterator[dict[str, object]]:
    """The pieces to return, taken from the parcels they were sent in."""
    wanted = {one.line: one.quantity for one in action.pieces}
    for parcel in order.fulfillments:
        for sent in parcel.fulfillment_line_items.nodes if parcel.status == "SUCCESS" else ():
            key = sent.line_item.id.rpartition("/")[2]
            taken = min(wanted.get(key, 0), sent.quantity or 0)
            if taken:
                wanted[key] -= taken
                yield {
                    "fulfillmentLineItemId": sent.id,
                    "quantity": taken,
                    "returnReason": "OTHER",
                    "returnReasonNote": with_key(action.text[:120], action.key),
                }

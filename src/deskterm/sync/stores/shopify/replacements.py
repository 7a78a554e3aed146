"""Sending a replacement in a Shopify shop: a free draft order, then completed.

Completing a draft twice makes no second order, but two drafts could be made: so each has the key of
its action as a tag, by which it is looked for before another one is made, and then resumed.
"""

from deskterm.domain.orders.actions import ActionAnswer, ActionState, StoreAction
from deskterm.domain.text import line
from deskterm.errors import WireError
from deskterm.sync.stores.graphql import Answered
from deskterm.sync.stores.lost_answers import NOT_THERE
from deskterm.sync.stores.shopify.answers import AddressRow, Listed
from deskterm.sync.stores.shopify.changes import ChangeAnswer, change, refuse
from deskterm.sync.stores.shopify.reading import order_gid
from deskterm.sync.stores.shopify.wire import ShopifyWire

_FREE = {"title": "Replacement", "value": 100, "valueType": "PERCENTAGE"}
_NO_PRODUCT = "A piece of it is no product of the shop any more: make the order in Shopify's admin."
_HALF_DONE = ActionAnswer(
    ActionState.REFUSED, "Its draft is made and not completed: try again, or delete it in Shopify's admin."
)


class IdRow(Answered):
    """Something by its id."""

    id: str


class NamedOrderRow(Answered):
    """The order made from a draft."""

    id: str
    name: str


class DraftRow(Answered):
    """A draft order; with an `order` it is completed."""

    id: str
    tags: tuple[str, ...] = ()
    order: NamedOrderRow | None = None


class DraftsAnswer(Answered):
    """The drafts with a tag."""

    draft_orders: Listed[DraftRow]


class CopiedLineRow(Answered):
    """The fields of a line that are copied; without a variant it is no longer a product of the shop."""

    id: str
    title: str = ""
    variant: IdRow | None = None


class CopiedOrderRow(Answered):
    """An order as far as a replacement copies it."""

    id: str
    name: str
    line_items: Listed[CopiedLineRow]
    email: str | None = None
    shipping_address: AddressRow | None = None


class CopiedAnswer(Answered):
    """The order, None where it is not there."""

    order: CopiedOrderRow | None = None


class DraftPayload(ChangeAnswer):
    """The result for a draft."""

    draft_order: DraftRow | None = None


class DraftCreateAnswer(Answered):
    """The answer to a new draft."""

    draft_order_create: DraftPayload


class DraftCompleteAnswer(Answered):
    """The answer to a draft's completion."""

    draft_order_complete: DraftPayload


def send_replacement(wire: ShopifyWire, action: StoreAction) -> ActionAnswer:
    """Make the new order, unless it is there."""
    draft = _find_draft(wire, action)
    if draft is not None and draft.order is not None:
        return _name_order(draft.order)
    if draft is not None:
        return _complete(wire, draft.id, action)
    order = wire.ask("before_replacement", CopiedAnswer, id=order_gid(action.order_id)).order
    if order is None or order.shipping_address is None:
        return refuse("The shop does not show this order or its address.")
    lines = _lines(order, action)
    return _make(wire, action, _input(order, action, lines)) if lines else refuse(_NO_PRODUCT)


def _make(wire: ShopifyWire, action: StoreAction, asked: dict[str, object]) -> ActionAnswer:
    answer = change(wire, "draft_create", DraftCreateAnswer, input=asked)
    if isinstance(answer, ActionAnswer):
        return answer
    made = answer.draft_order_create
    if made.draft_order is None or made.user_errors:
        return made.refusal()
    return _complete(wire, made.draft_order.id, action)


def find_replacement(wire: ShopifyWire, action: StoreAction) -> ActionAnswer:
    """Whether the new order is there. A draft alone is none yet."""
    draft = _find_draft(wire, action)
    if draft is None:
        return NOT_THERE
    return _name_order(draft.order) if draft.order is not None else _HALF_DONE


def tag_of(action: StoreAction) -> str:
    """The tag of a draft; Shopify takes 40 characters."""
    return f"dt-{action.key}"[:40]


def _find_draft(wire: ShopifyWire, action: StoreAction) -> DraftRow | None:
    tag = tag_of(action)
    found = wire.ask("drafts_by_tag", DraftsAnswer, query=f"tag:{tag}").draft_orders.nodes
    ours = [one for one in found if tag in one.tags]
    return max(ours, key=lambda one: one.order is not None, default=None)


def _complete(wire: ShopifyWire, draft: str, action: StoreAction) -> ActionAnswer:
    answer = change(wire, "draft_complete", DraftCompleteAnswer, id=draft)
    if isinstance(answer, ActionAnswer):
        return answer
    made = answer.draft_order_complete
    if not made.user_errors and made.draft_order is not None and made.draft_order.order is not None:
        return _name_order(made.draft_order.order)
    try:
        found = find_replacement(wire, action)  # it says no also where it was completed before
    except WireError as error:
        return ActionAnswer(ActionState.UNKNOWN, error.what)
    return found if found.state is ActionState.DONE else made.refusal()


def _name_order(order: NamedOrderRow) -> ActionAnswer:
    return ActionAnswer(
        ActionState.DONE, f"The new order is {line(order.name)}.", order.id.rpartition("/")[2]
    )


def _lines(order: CopiedOrderRow, action: StoreAction) -> list[dict[str, object]]:
    variants = {one.id.rpartition("/")[2]: one.variant for one in order.line_items.nodes}
    found = []
    for piece in action.pieces:
        variant = variants.get(piece.line)
        if variant is None:
            return []
        found.append({"variantId": variant.id, "quantity": piece.quantity})
    return found


def _input(order: CopiedOrderRow, action: StoreAction, lines: list[dict[str, object]]) -> dict[str, object]:
    row = order.shipping_address or AddressRow()
    reason = f": {action.text}" if action.text else ""
    return {
        "lineItems": lines,
        "appliedDiscount": _FREE,
        "acceptAutomaticDiscounts": False,
        "email": order.email,
        "note": line(f"Replacement for {order.name}{reason}")[:300],
        "tags": ["replacement", tag_of(action)],
        "shippingAddress": {
            "firstName": row.first_name,
            "lastName": row.last_name,
            "company": row.company,
            "address1": row.address1,
            "address2": row.address2,
            "city": row.city,
            "zip": row.zip,
            "provinceCode": row.province_code,
            "countryCode": row.country_code,
            "phone": row.phone,
        },
    }

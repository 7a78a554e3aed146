"""Sending a replacement in Vendure: a draft order with a discount code of 100 %.

The code is valid for one order. The draft has it, so that it can be resumed. A payment of zero
places the order with the action's key, by which it is found again; a second one is refused.
"""

from collections import Counter
from collections.abc import Callable, Mapping
from functools import partial

from deskterm.domain.orders.actions import ActionAnswer, ActionState, StoreAction
from deskterm.domain.text import line
from deskterm.sync.stores.graphql import Answered
from deskterm.sync.stores.lost_answers import NOT_THERE
from deskterm.sync.stores.vendure.changes import change, refuse, send, take_steps
from deskterm.sync.stores.vendure.codes import make_code
from deskterm.sync.stores.vendure.orders import PlaceRow
from deskterm.sync.stores.vendure.wire import VendureWire

_FREE: list[dict[str, object]] = [
    {"code": "order_percentage_discount", "arguments": [{"name": "discount", "value": "100"}]},
    {"code": "free_shipping", "arguments": []},
]
_DRAFT, _PAYING = "Draft", "ArrangingPayment"
_NO_PRODUCT = "A piece of it is no product of the shop any more: make the order in Vendure's dashboard."
_HALF_DONE = refuse("Its draft is made and not placed: try again, or delete it in Vendure's dashboard.")
_UNSEEN = ActionAnswer(ActionState.UNKNOWN, "Vendure does not show the draft that was just made.")
_OTHER = "The draft {} in Vendure holds other pieces, or does not come to nothing: look at it there."


class GivenIdRow(Answered):
    """Something by its id."""

    id: str


class SourceLineRow(Answered):
    """The fields of a line that are copied."""

    id: str
    product_variant: GivenIdRow | None = None


class UsedMethodRow(Answered):
    """How an order is shipped."""

    shipping_method: GivenIdRow


class SourceRow(Answered):
    """An order as far as a replacement copies it."""

    id: str
    customer: GivenIdRow | None = None
    shipping_address: PlaceRow | None = None
    lines: tuple[SourceLineRow, ...] = ()
    shipping_lines: tuple[UsedMethodRow, ...] = ()


class _SourceAnswer(Answered):
    order: SourceRow | None = None


class DraftLineRow(Answered):
    """Pieces in a draft."""

    quantity: int
    product_variant: GivenIdRow


class UnplacedRow(Answered):
    """An order not placed yet."""

    id: str
    code: str
    state: str
    coupon_codes: tuple[str, ...] = ()
    total_with_tax: int = 0
    lines: tuple[DraftLineRow, ...] = ()

    @property
    def pieces(self) -> dict[str, int]:
        """The number of pieces of each variant."""
        counted: Counter[str] = Counter()
        for one in self.lines:
            counted[one.product_variant.id] += one.quantity
        return {variant: number for variant, number in counted.items() if number}


class UnplacedList(Answered):
    """The newest of them first."""

    items: tuple[UnplacedRow, ...] = ()


class _UnplacedAnswer(Answered):
    orders: UnplacedList


class _MethodsAnswer(Answered):
    eligible_shipping_methods_for_draft_order: tuple[GivenIdRow, ...] = ()


def send_replacement(wire: VendureWire, action: StoreAction) -> ActionAnswer:
    """Make the new order, unless it is there."""
    if placed := _find_placed(wire, action):
        return _name_order(placed)
    source = wire.ask("before_replacement", _SourceAnswer, id=action.order_id).order
    if source is None or source.shipping_address is None:
        return refuse("Vendure does not show this order or its address.")
    wanted = _variants(source, action)
    if not wanted:
        return refuse(_NO_PRODUCT)
    draft = _find_draft(wire, action)
    if draft is None:
        answer = _begin(wire, action)
        if answer.state is not ActionState.DONE:
            return answer
        draft = _find_draft(wire, action)
    return _finish(wire, action, draft, source, wanted) if draft else _UNSEEN


def find_replacement(wire: VendureWire, action: StoreAction) -> ActionAnswer:
    """Whether the new order is there. A draft alone is none yet."""
    if placed := _find_placed(wire, action):
        return _name_order(placed)
    return _HALF_DONE if _find_draft(wire, action) else NOT_THERE


def code_of_draft(action: StoreAction) -> str:
    """The code that makes an action's draft free."""
    return f"DT-{action.key[:20].upper()}"


def _find_placed(wire: VendureWire, action: StoreAction) -> UnplacedRow | None:
    return next(iter(wire.ask("paid_by", _UnplacedAnswer, key=action.key).orders.items), None)


def _find_draft(wire: VendureWire, action: StoreAction) -> UnplacedRow | None:
    code = code_of_draft(action)
    found = [one for one in wire.ask("drafts", _UnplacedAnswer).orders.items if code in one.coupon_codes]
    return max(found, key=lambda one: one.state != _DRAFT, default=None)


def _variants(source: SourceRow, action: StoreAction) -> dict[str, int]:
    """The number of pieces wanted of each variant; empty if one is no longer sold."""
    known = {one.id: one.product_variant for one in source.lines}
    wanted: Counter[str] = Counter()
    for piece in action.pieces:
        variant = known.get(piece.line)
        if variant is None:
            return {}
        wanted[variant.id] += piece.quantity
    return dict(wanted)


def _begin(wire: VendureWire, action: StoreAction) -> ActionAnswer:
    """Create a draft with its code. If interrupted before it has the code, the empty draft is left behind."""
    made = make_code(wire, action, code_of_draft(action), _FREE)
    if made.state is not ActionState.DONE:
        return made
    draft = send(wire, "draft_create")
    if draft.state is not ActionState.DONE:
        return draft
    return send(wire, "draft_coupon", id=draft.remote_id, code=code_of_draft(action))


def _finish(
    wire: VendureWire, action: StoreAction, draft: UnplacedRow, source: SourceRow, wanted: Mapping[str, int]
) -> ActionAnswer:
    """Fill the draft, check it, and place it."""
    if draft.state == _DRAFT:
        answer = take_steps(_filling(wire, draft, source, wanted))
        if answer.state is not ActionState.DONE:
            return answer
    ready = _find_draft(wire, action)
    if ready is None or ready.pieces != wanted or ready.total_with_tax:
        return refuse(_OTHER.format(draft.code))
    if ready.state != _PAYING:
        moved = send(wire, "move", id=ready.id, state=_PAYING)
        if moved.state is not ActionState.DONE:
            return moved
    asked = {"orderId": ready.id, "method": "replacement", "transactionId": action.key, "metadata": {}}
    paid = change(wire, "draft_pay", input=asked)
    return paid if isinstance(paid, ActionAnswer) else _name_order(ready)


def _filling(
    wire: VendureWire, draft: UnplacedRow, source: SourceRow, wanted: Mapping[str, int]
) -> list[Callable[[], ActionAnswer]]:
    """The steps that the draft still needs; each may be repeated."""

    def add(variant: str, number: int) -> ActionAnswer:
        return send(wire, "draft_item", id=draft.id, variant=variant, quantity=number)

    lacking = {variant: number - draft.pieces.get(variant, 0) for variant, number in wanted.items()}
    steps: list[Callable[[], ActionAnswer]] = [
        partial(add, variant, number) for variant, number in lacking.items() if number > 0
    ]
    if (customer := source.customer) is not None:
        steps.append(lambda: send(wire, "draft_customer", id=draft.id, customer=customer.id))
    steps.append(lambda: send(wire, "draft_address", id=draft.id, place=_place(source)))
    steps.append(lambda: _choose_method(wire, draft, source))
    return steps


def _choose_method(wire: VendureWire, draft: UnplacedRow, source: SourceRow) -> ActionAnswer:
    """Choose the shipping method of the original order if available, else the first one."""
    asked = wire.ask("draft_methods", _MethodsAnswer, id=draft.id)
    offered = [one.id for one in asked.eligible_shipping_methods_for_draft_order]
    used = [one.shipping_method.id for one in source.shipping_lines]
    if not offered:
        return refuse("Vendure knows no way to ship it there: look at its draft in the dashboard.")
    method = next((one for one in used if one in offered), offered[0])
    return send(wire, "draft_method", id=draft.id, method=method)


def _place(source: SourceRow) -> dict[str, str]:
    row = source.shipping_address or PlaceRow()
    filled = {
        "fullName": row.full_name,
        "company": row.company,
        "streetLine1": row.street_line1,
        "streetLine2": row.street_line2,
        "city": row.city,
        "province": row.province,
        "postalCode": row.postal_code,
        "countryCode": row.country_code,
        "phoneNumber": row.phone_number,
    }
    return {name: text for name, text in filled.items() if text}


def _name_order(order: UnplacedRow) -> ActionAnswer:
    return ActionAnswer(ActionState.DONE, f"The new order is #{line(order.code)}.", order.id)

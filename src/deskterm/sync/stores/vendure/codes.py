"""Discount codes in Vendure: promotions with a code. Two may have the same one: so it is looked for first."""

from deskterm.domain.orders.actions import ActionAnswer, StoreAction
from deskterm.sync.stores.action_keys import has_key, with_key
from deskterm.sync.stores.graphql import Answered
from deskterm.sync.stores.traces import NOT_THERE
from deskterm.sync.stores.vendure.changes import DONE, refuse, send
from deskterm.sync.stores.vendure.orders import hundredths_of
from deskterm.sync.stores.vendure.wire import VendureWire


class PromotionRow(Answered):
    """A promotion; the action's key stands in its description."""

    id: str
    description: str | None = ""


class PromotionList(Answered):
    """Those with a code."""

    items: tuple[PromotionRow, ...] = ()


class LanguageRow(Answered):
    """The language that names are written in."""

    default_language_code: str


class PromotionsAnswer(Answered):
    """The promotions of a code, and the shop's language."""

    promotions: PromotionList
    active_channel: LanguageRow


def give_code(wire: VendureWire, action: StoreAction) -> ActionAnswer:
    """Make the code for one use, unless it is there."""
    value = {"name": "discount", "value": str(action.percent)}
    off: dict[str, object] = {"code": "order_percentage_discount", "arguments": [value]}
    if action.amount is not None:
        value["value"] = str(hundredths_of(action.amount))
        off["code"] = "order_fixed_discount"
    return make_code(wire, action, action.text, [off])


def find_code(wire: VendureWire, action: StoreAction) -> ActionAnswer:
    """Whether it is there, and ours."""
    return _judge(_ask(wire, action.text), action) or NOT_THERE


def make_code(
    wire: VendureWire, action: StoreAction, code: str, offs: list[dict[str, object]]
) -> ActionAnswer:
    """Make a promotion with a code that is good for one order, unless it is there."""
    found = _ask(wire, code)
    if told := _judge(found, action):
        return told
    language = found.active_channel.default_language_code
    names = {"languageCode": language, "name": code, "description": with_key("", action.key)}
    asked = {
        "enabled": True,
        "couponCode": code,
        "usageLimit": 1,
        "conditions": [],
        "actions": offs,
        "translations": [names],
    }
    return send(wire, "promote", input=asked)


def _ask(wire: VendureWire, code: str) -> PromotionsAnswer:
    return wire.ask("promotions", PromotionsAnswer, code=code)


def _judge(found: PromotionsAnswer, action: StoreAction) -> ActionAnswer | None:
    known = found.promotions.items
    if any(has_key(one.description, action.key) for one in known):
        return DONE
    return refuse("There is such a code already.") if known else None

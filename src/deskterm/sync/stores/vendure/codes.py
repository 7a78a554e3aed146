"""Discount codes in Vendure: promotions with a code. Codes are not unique, so look for one first."""

from deskterm.domain.orders.actions import ActionAnswer, StoreAction
from deskterm.sync.stores.action_keys import has_key, with_key
from deskterm.sync.stores.graphql import Answered
from deskterm.sync.stores.lost_answers import NOT_THERE
from deskterm.sync.stores.vendure.changes import DONE, refuse, send
from deskterm.sync.stores.vendure.orders import hundredths_of
from deskterm.sync.stores.vendure.wire import VendureWire


class PromotionRow(Answered):
    """A promotion, with the action's key in its description."""

    id: str
    description: str | None = ""


class PromotionList(Answered):
    """The promotions with a code."""

    items: tuple[PromotionRow, ...] = ()


class LanguageRow(Answered):
    """The language that names are written in."""

    default_language_code: str


class PromotionsAnswer(Answered):
    """The promotions of a code, and the shop's language."""

    promotions: PromotionList
    active_channel: LanguageRow


def give_code(wire: VendureWire, action: StoreAction) -> ActionAnswer:
    """Create the code for one use, unless it exists."""
    value = {"name": "discount", "value": str(action.percent)}
    off: dict[str, object] = {"code": "order_percentage_discount", "arguments": [value]}
    if action.amount is not None:
        value["value"] = str(hundredths_of(action.amount))
        off["code"] = "order_fixed_discount"
    return make_code(wire, action, action.text, [off])


def find_code(wire: VendureWire, action: StoreAction) -> ActionAnswer:
    """Find out whether the code exists and is ours."""
    return _judge(_ask(wire, action.text), action) or NOT_THERE


def make_code(
    wire: VendureWire, action: StoreAction, code: str, offs: list[dict[str, object]]
) -> ActionAnswer:
    """Create a promotion with a code for one order, unless it exists."""
    found = _ask(wire, code)
    if answer := _judge(found, action):
        return answer
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

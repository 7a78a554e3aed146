"""The names of actions on an order."""

from deskterm.config.store_kinds import Ability
from deskterm.domain.money import as_decimal
from deskterm.domain.orders.actions import ActionRecord, ActionState, StoreAction

_CARD = 16  # characters of a gift card's code; Shopify takes 8 to 20

ACTION_NAMES = {
    Ability.REFUND: "refund",
    Ability.CANCEL: "cancel",
    Ability.ADDRESS: "change the address",
    Ability.NOTE: "add a note",
    Ability.TAGS: "add tags",
    Ability.FULFIL: "mark as shipped",
    Ability.REPLACE: "send a replacement",
    Ability.RETURN: "open a return",
    Ability.CODE: "give a discount code",
    Ability.GIFT_CARD: "give a gift card",
    Ability.CREDIT: "give store credit",
    Ability.RESEND: "send the confirmation again",
}


# The words that macros and SOPs use for them.
ACTION_WORDS = {
    "refund": Ability.REFUND,
    "cancel": Ability.CANCEL,
    "address": Ability.ADDRESS,
    "note": Ability.NOTE,
    "tags": Ability.TAGS,
    "ship": Ability.FULFIL,
    "code": Ability.CODE,
    "replacement": Ability.REPLACE,
    "return": Ability.RETURN,
    "card": Ability.GIFT_CARD,
    "credit": Ability.CREDIT,
}


def name_action(record: ActionRecord) -> str:
    """`refund 12.50 EUR`, `change the address`."""
    amount = record.action.amount
    money = f" {as_decimal(amount)} {amount.currency}" if amount else ""
    name = ACTION_NAMES.get(record.action.ability, str(record.action.ability))
    return f"{name}{money}{f' {code}' if (code := code_of(record.action)) else ''}"


def code_of(action: StoreAction) -> str:
    """The code that an action gives a customer, "" if it gives none.

    A gift card's code is derived from the action's key: so it is known even if the store's answer is lost,
    and the same card cannot be made twice.
    """
    if action.ability is Ability.GIFT_CARD:
        return action.key[:_CARD].upper()
    return action.text if action.ability is Ability.CODE else ""


def valid_code_of(record: ActionRecord) -> str:
    """The code if a customer can use it already, "" until the store has confirmed it."""
    return code_of(record.action) if record.state is ActionState.DONE else ""

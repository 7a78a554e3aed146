"""What actions on an order are called."""

from deskterm.domain.money import as_decimal
from deskterm.domain.orders.actions import Ability, ActionRecord

ACTION_NAMES = {
    Ability.REFUND: "refund",
    Ability.CANCEL: "cancel",
    Ability.ADDRESS: "change the address",
    Ability.NOTE: "add a note",
    Ability.TAGS: "add tags",
    Ability.FULFIL: "mark as shipped",
    Ability.CODE: "make a discount code",
}


def name_action(record: ActionRecord) -> str:
    """`refund 12.50 EUR`, `change the address`."""
    amount = record.action.amount
    money = f" {as_decimal(amount)} {amount.currency}" if amount else ""
    return f"{ACTION_NAMES.get(record.action.ability, str(record.action.ability))}{money}"

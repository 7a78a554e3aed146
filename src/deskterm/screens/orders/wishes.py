"""The fields that each action on an order asks for, and the wish that is made of them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from deskterm.domain.money import as_decimal, parse_amount
from deskterm.domain.orders.actions import Ability, StoreAction
from deskterm.domain.orders.order import Order, PostalAddress
from deskterm.domain.orders.plans import amount_left

TITLES = {
    Ability.REFUND: "Refund",
    Ability.CANCEL: "Cancel",
    Ability.ADDRESS: "Change the address of",
    Ability.NOTE: "Add a note to",
    Ability.TAGS: "Tag",
    Ability.FULFIL: "Mark as shipped",
    Ability.CODE: "Make a discount code for",
}
_ADDRESS = ("name", "street", "postcode", "city", "region", "country")
Values = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class WishField:
    """A line of the form: its name, what stands in it at first, and what may be written there."""

    name: str
    value: str = ""
    hint: str = ""


def fields_of(ability: Ability, order: Order, address: PostalAddress | None = None) -> tuple[WishField, ...]:
    """What is asked for an action. `address` is where the customer wants it to go, as far as it is known."""
    left = amount_left(order)
    hint = f"{as_decimal(left)} {left.currency} can be given back"
    shown = address or order.ship_to
    fields = {
        Ability.REFUND: (WishField("amount", "", hint), WishField("reason", "", "the store keeps it")),
        Ability.CANCEL: (WishField("money back", "", f"{hint}; empty: none goes back"), WishField("reason")),
        Ability.ADDRESS: tuple(WishField(name, getattr(shown, name)) for name in _ADDRESS),
        Ability.NOTE: (WishField("note"),),
        Ability.TAGS: (WishField("tags", "", "with commas between them"),),
        Ability.FULFIL: (WishField("carrier"), WishField("number", "", "the tracking number")),
        Ability.CODE: (WishField("code"), WishField("off", "", "10 % or an amount")),
    }
    return fields[ability]


def wish_of(ability: Ability, order: Order, values: Values, *, tell_customer: bool) -> StoreAction:
    """What the owner wants, from what stands in the fields. What cannot be read stays empty."""
    wish = StoreAction("", ability, order.external_id, tell_customer=tell_customer)
    clean = {name: value.strip() for name, value in values.items()}
    return replace(wish, **_DETAILS[ability](order, clean))


def _code(order: Order, values: Values) -> dict[str, Any]:
    off = values["off"]
    percent = off.removesuffix("%").strip()
    if off.endswith("%") and percent.isdecimal():
        return {"text": values["code"], "percent": int(percent)}
    return {"text": values["code"], "amount": parse_amount(off, order.total.currency)}


def _tags(_: Order, values: Values) -> dict[str, Any]:
    return {"tags": tuple(tag for one in values["tags"].split(",") if (tag := one.strip()))}


_DETAILS: dict[Ability, Callable[[Order, Values], dict[str, Any]]] = {
    Ability.REFUND: lambda order, values: {
        "amount": parse_amount(values["amount"], order.total.currency),
        "text": values["reason"],
    },
    Ability.CANCEL: lambda order, values: {
        "amount": parse_amount(values["money back"], order.total.currency),
        "text": values["reason"],
    },
    Ability.ADDRESS: lambda _, values: {"ship_to": PostalAddress(**values)},
    Ability.NOTE: lambda _, values: {"text": values["note"]},
    Ability.TAGS: _tags,
    Ability.FULFIL: lambda _, values: {"carrier": values["carrier"], "tracking": values["number"]},
    Ability.CODE: _code,
}

"""The form of each action on an order: its fields, and the action made of them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from deskterm.config.store_kinds import Ability, StoreKind
from deskterm.domain.money import as_decimal, parse_amount
from deskterm.domain.orders.actions import GIVING, PieceCount, StoreAction
from deskterm.domain.orders.codes import ListedCode
from deskterm.domain.orders.goodwill import is_owed
from deskterm.domain.orders.order import Money, Order, PostalAddress
from deskterm.domain.orders.pieces import read_pieces, write_pieces
from deskterm.domain.orders.plans import amount_left
from deskterm.value_class import dataclass

TITLES = {
    Ability.REFUND: "Refund",
    Ability.CANCEL: "Cancel",
    Ability.ADDRESS: "Change the address of",
    Ability.NOTE: "Add a note to",
    Ability.TAGS: "Tag",
    Ability.FULFIL: "Mark as shipped",
    Ability.CODE: "Give a discount code for",
    Ability.REPLACE: "Send a replacement for",
    Ability.RETURN: "Open a return of",
    Ability.GIFT_CARD: "Give a gift card for",
    Ability.CREDIT: "Give store credit out of",
    Ability.RESEND: "Resend the confirmation of",
}
_ADDRESS = ("name", "street", "postcode", "city", "region", "country")
Values = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class ActionField:
    """A line of the form: its name, its first content, and a hint."""

    name: str
    value: str = ""
    hint: str = ""


@dataclass(frozen=True, slots=True)
class ActionChoice:
    """A line with a choice; the first is the default."""

    name: str
    options: tuple[str, ...]


# The field with the amount, which the owner types to confirm it.
AMOUNTS = {
    Ability.REFUND: "amount",
    Ability.CANCEL: "money back",
    Ability.CODE: "off",
    Ability.GIFT_CARD: "amount",
    Ability.CREDIT: "amount",
}
_GIVEN, _OWED, _STOCK = "goodwill", "owed", "put back into stock"
_COUNTS = ActionChoice("counts as", (_GIVEN, _OWED))
_CHOICES = {
    Ability.REFUND: (ActionChoice("goods", ("not put back", _STOCK)), _COUNTS),
    Ability.CANCEL: (ActionChoice("goods", ("not put back", _STOCK)),),
    Ability.CREDIT: (_COUNTS,),
    Ability.REPLACE: (_COUNTS,),
}


def choices_of(ability: Ability, order: Order, kind: StoreKind) -> tuple[ActionChoice, ...]:
    """The choices of an action; not those that this kind of store or the order's state decides."""
    if ability is Ability.CANCEL and kind.cancel_restocks:
        return ()
    found = _CHOICES.get(ability, ())
    return tuple(one for one in found if one is not _COUNTS) if is_owed(order, ability) else found


def fields_of(
    ability: Ability,
    order: Order,
    address: PostalAddress | None = None,
    codes: Sequence[ListedCode] = (),
    *,
    limited: bool = False,
) -> tuple[ActionField, ...]:
    """The fields of an action.

    `address` is the new address if the customer gave one; `codes` are from the owner's list, if the store
    makes none itself; `limited`: a goodwill limit is set.
    """
    found = _fields(ability, order, address, codes)
    over = (ActionField("why more", "", "only above your goodwill limit"),)
    return (*found, *(over if limited and ability in GIVING and not is_owed(order, ability) else ()))


def _fields(
    ability: Ability, order: Order, address: PostalAddress | None, codes: Sequence[ListedCode]
) -> tuple[ActionField, ...]:
    left = amount_left(order)
    hint = f"{as_decimal(left)} {left.currency} can be refunded"
    shown, pieces, coin = address or order.ship_to, write_pieces(order), order.shop_currency
    fields = {
        Ability.REFUND: (
            ActionField("amount", "", hint),
            ActionField("reason", "", "the store keeps it"),
            ActionField("pieces", "", f"if only for some: {pieces}"),
        ),
        Ability.CANCEL: (ActionField("money back", "", f"{hint}; empty: no refund"), ActionField("reason")),
        Ability.ADDRESS: tuple(ActionField(name, getattr(shown, name)) for name in _ADDRESS),
        Ability.NOTE: (ActionField("note"),),
        Ability.TAGS: (ActionField("tags", "", "separated by commas"),),
        Ability.FULFIL: (ActionField("carrier"), ActionField("number", "", "the tracking number")),
        Ability.CODE: (ActionField("code"), ActionField("off", "", f"10 % or an amount in {coin}")),
        Ability.REPLACE: (ActionField("pieces", pieces), ActionField("reason", "", "the store keeps it")),
        Ability.RETURN: (ActionField("pieces", pieces), ActionField("reason", "", "the store keeps it")),
        Ability.GIFT_CARD: (
            ActionField("amount", "", f"in {coin}"),
            ActionField("reason", "", "the store keeps it"),
        ),
        Ability.CREDIT: (ActionField("amount", "", hint), ActionField("reason", "", "the store keeps it")),
        Ability.RESEND: (),
    }
    if codes:
        fields[Ability.CODE] = (ActionField("code", codes[0].code, ", ".join(one.code for one in codes[:3])),)
    return fields[ability]


def action_of(ability: Ability, order: Order, values: Values, *, tell_customer: bool) -> StoreAction:
    """The action from the contents of the fields. What cannot be read stays empty."""
    clean = {name: value.strip() for name, value in values.items()}
    action = StoreAction(
        "",
        ability,
        order.external_id,
        tell_customer=tell_customer,
        restock=clean.get("goods") == _STOCK,
        owed=clean.get("counts as") == _OWED,
        over_limit=clean.get("why more", ""),
    )
    return replace(action, **_DETAILS[ability](order, clean))


def _pieces(order: Order, text: str) -> tuple[PieceCount, ...]:
    """The pieces; unreadable text becomes a piece no order has, which blocks the action."""
    found = read_pieces(text, order)
    return (PieceCount(text, 0),) if found is None else found


def _money_back(order: Order, text: str) -> Money | None:
    """The refund on cancelling; None for none. Text that is no amount becomes 0, which is refused."""
    return (parse_amount(text, order.total.currency) or Money(0, order.total.currency)) if text else None


def _code(order: Order, values: Values) -> dict[str, Any]:
    off = values.get("off", "")
    percent = off.removesuffix("%").strip()
    if off.endswith("%") and percent.isdecimal():
        return {"text": values["code"], "percent": int(percent)}
    return {"text": values["code"], "amount": parse_amount(off, order.shop_currency)}


def _tags(_: Order, values: Values) -> dict[str, Any]:
    return {"tags": tuple(tag for one in values["tags"].split(",") if (tag := one.strip()))}


_DETAILS: dict[Ability, Callable[[Order, Values], dict[str, Any]]] = {
    Ability.REFUND: lambda order, values: {
        "amount": parse_amount(values["amount"], order.total.currency),
        "text": values["reason"],
        "pieces": _pieces(order, values["pieces"]),
    },
    Ability.CANCEL: lambda order, values: {
        "amount": _money_back(order, values["money back"]),
        "text": values["reason"],
    },
    Ability.ADDRESS: lambda _, values: {
        "ship_to": PostalAddress(**{name: values[name] for name in _ADDRESS})
    },
    Ability.NOTE: lambda _, values: {"text": values["note"]},
    Ability.TAGS: _tags,
    Ability.FULFIL: lambda _, values: {"carrier": values["carrier"], "tracking": values["number"]},
    Ability.CODE: _code,
    Ability.REPLACE: lambda order, values: {
        "pieces": _pieces(order, values["pieces"]),
        "text": values["reason"],
    },
    Ability.RETURN: lambda order, values: {
        "pieces": _pieces(order, values["pieces"]),
        "text": values["reason"],
    },
    Ability.GIFT_CARD: lambda order, values: {
        "amount": parse_amount(values["amount"], order.shop_currency),
        "text": values["reason"],
    },
    Ability.CREDIT: lambda order, values: {
        "amount": parse_amount(values["amount"], order.total.currency),
        "text": values["reason"],
    },
    Ability.RESEND: lambda _order, _values: {},
}

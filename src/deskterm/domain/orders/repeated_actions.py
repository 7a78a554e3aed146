"""Whether an action was already done to an order. What it gives decides, not its words."""

from collections.abc import Iterable
from dataclasses import replace

from deskterm.config.store_kinds import Ability
from deskterm.domain.orders.actions import GIVING, ActionRecord, ActionState, StoreAction

_REPEATABLE = frozenset({Ability.NOTE, Ability.TAGS, Ability.ADDRESS, Ability.RESEND})


def is_money_back(action: StoreAction) -> bool:
    """Whether money goes back: a refund, store credit, or a cancellation with refund."""
    with_money = action.ability is Ability.CANCEL and bool(action.amount)
    return action.ability in (Ability.REFUND, Ability.CREDIT) or with_money


def find_open(known: Iterable[ActionRecord], action: StoreAction) -> ActionRecord | None:
    """The open action on the same order that must be settled before this one, None if there is none.

    While one refund is open no other may start, because what is left of the order is not known.
    """
    others = [one for one in known if one.is_open and one.action.key != action.key]
    if is_money_back(action):
        return next((one for one in others if is_money_back(one.action)), None)
    if action.ability in GIVING:  # whatever the pieces: both may be for the same complaint
        return next((one for one in others if one.action.ability is action.ability), None)
    return next((one for one in others if _is_same(one.action, action)), None)


def find_done(known: Iterable[ActionRecord], action: StoreAction) -> ActionRecord | None:
    """An earlier action on the same order that has given the same, None if there is none."""
    if action.ability in _REPEATABLE:
        return None
    done = (one for one in known if one.state is ActionState.DONE and one.action.key != action.key)
    return next((one for one in done if _is_same(one.action, action)), None)


def _is_same(one: StoreAction, other: StoreAction) -> bool:
    """Whether both give the same, whatever the reason and whoever is mailed."""
    return _bare(one) == _bare(other)


def _bare(action: StoreAction) -> StoreAction:
    bare = replace(action, key="", seen=None, tell_customer=False, restock=False, owed=False, over_limit="")
    if is_money_back(action):
        return replace(bare, ability=Ability.REFUND, text="", pieces=())
    return replace(bare, text="") if action.ability in GIVING else bare

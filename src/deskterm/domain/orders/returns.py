"""Goods on their way back: label sent, parcel back, money back, and what of it is overdue."""

from collections.abc import Iterable
from dataclasses import replace
from enum import StrEnum
from typing import NamedTuple

from deskterm.value_class import dataclass

_DAY = 86_400


class ReturnState(StrEnum):
    """How a return stands, in deskterm's words."""

    REQUESTED = "requested"
    OPEN = "open"
    CLOSED = "closed"
    DECLINED = "declined"
    CANCELLED = "cancelled"


WITHOUT_MONEY = (ReturnState.DECLINED, ReturnState.CANCELLED)  # no money goes back for these


class ReturnStep(StrEnum):
    """What happens of a return, in turn."""

    LABEL = "label sent"
    BACK = "parcel back"
    MONEY = "money back"


@dataclass(frozen=True, slots=True)
class OrderReturn:
    """A return of an order. Times are UTC seconds, None for what has not happened or is not known.

    `by_hand`: the owner noted it, no store said so.
    """

    opened_at: int
    name: str = ""  # the store's, as in `#1042-R1`
    state: ReturnState = ReturnState.OPEN
    pieces: int = 0
    label_at: int | None = None
    back_at: int | None = None
    money_at: int | None = None
    closed_at: int | None = None
    external_id: str = ""
    by_hand: bool = False

    @property
    def is_open(self) -> bool:
        """Whether something of it is still to come."""
        return self.state in (ReturnState.OPEN, ReturnState.REQUESTED) and self.money_at is None

    def at_step(self, step: ReturnStep) -> int | None:
        """When that happened."""
        times = {
            ReturnStep.LABEL: self.label_at,
            ReturnStep.BACK: self.back_at,
            ReturnStep.MONEY: self.money_at,
        }
        return times[step]

    def with_step(self, step: ReturnStep, at: int) -> "OrderReturn":
        """The return once that has happened."""
        if step is ReturnStep.LABEL:
            return replace(self, label_at=at)
        return replace(self, back_at=at) if step is ReturnStep.BACK else replace(self, money_at=at)


class ReturnLimits(NamedTuple):
    """Within how many days a parcel is to come back once its label went, and the money after it."""

    parcel: int
    money: int


DEFAULT_LIMITS = ReturnLimits(21, 14)


def settle_returns(
    known: Iterable[OrderReturn], refunds: Iterable[int], given_back_whole_at: int | None = None
) -> tuple[OrderReturn, ...]:
    """The returns of one order, each with money of its own where nobody said when that went back.

    `refunds` are the times of the order's refunds (UTC seconds). Each pays one return: of those that had
    begun and are not paid, the one that has waited longest. Where the order's money was given back whole,
    nothing is owed for any of them.
    """
    found, left = list(known), sorted(refunds)
    for one in found:
        if paid := [at for at in left if _since(one) <= at <= (one.money_at or 0)]:
            left.remove(paid[-1])
    for at in left:
        unpaid = [place for place, one in enumerate(found) if _is_unpaid(one) and _since(one) <= at]
        if unpaid:
            longest = min(unpaid, key=lambda place: _since(found[place]))
            found[longest] = replace(found[longest], money_at=at)
    if given_back_whole_at is not None:
        found = [replace(one, money_at=given_back_whole_at) if _is_unpaid(one) else one for one in found]
    return tuple(found)


def _is_unpaid(one: OrderReturn) -> bool:
    return one.money_at is None and one.state not in WITHOUT_MONEY


def _since(one: OrderReturn) -> int:
    """From when on money that goes back can be a return's own."""
    return one.back_at or one.opened_at


def find_overdue(one: OrderReturn, now: int, limits: ReturnLimits) -> tuple[ReturnStep, int] | None:
    """What of a return is overdue, and since when it is waited for (UTC seconds); None for nothing."""
    if not one.is_open:
        return None
    if one.back_at is not None:
        return (ReturnStep.MONEY, one.back_at) if now - one.back_at >= limits.money * _DAY else None
    sent = one.label_at
    return (ReturnStep.BACK, sent) if sent is not None and now - sent >= limits.parcel * _DAY else None

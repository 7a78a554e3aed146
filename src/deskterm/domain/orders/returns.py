"""Returns: label sent, parcel back, money back, and which of these is overdue."""

from collections.abc import Iterable
from dataclasses import replace
from enum import StrEnum
from typing import NamedTuple

from deskterm.value_class import dataclass

_DAY = 86_400


class ReturnState(StrEnum):
    """The state of a return, in deskterm's words."""

    REQUESTED = "requested"
    OPEN = "open"
    CLOSED = "closed"
    DECLINED = "declined"
    CANCELLED = "cancelled"


WITHOUT_MONEY = (ReturnState.DECLINED, ReturnState.CANCELLED)  # no money goes back for these


class ReturnStep(StrEnum):
    """The steps of a return, in order."""

    LABEL = "label sent"
    BACK = "parcel back"
    MONEY = "money back"


@dataclass(frozen=True, slots=True)
class OrderReturn:
    """A return of an order. Times are UTC seconds, None if it has not happened or is not known.

    `by_hand`: the owner noted it; no store reported it.
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
        """Whether a step is still to come."""
        return self.state in (ReturnState.OPEN, ReturnState.REQUESTED) and self.money_at is None

    def at_step(self, step: ReturnStep) -> int | None:
        """When a step happened, None if it has not."""
        times = {
            ReturnStep.LABEL: self.label_at,
            ReturnStep.BACK: self.back_at,
            ReturnStep.MONEY: self.money_at,
        }
        return times[step]

    def with_step(self, step: ReturnStep, at: int) -> "OrderReturn":
        """The return with that step done."""
        if step is ReturnStep.LABEL:
            return replace(self, label_at=at)
        return replace(self, back_at=at) if step is ReturnStep.BACK else replace(self, money_at=at)


class ReturnLimits(NamedTuple):
    """Days in which a parcel should be back after its label was sent, and the money after the parcel."""

    parcel: int
    money: int


DEFAULT_LIMITS = ReturnLimits(21, 14)


def settle_returns(
    known: Iterable[OrderReturn], refunds: Iterable[int], given_back_whole_at: int | None = None
) -> tuple[OrderReturn, ...]:
    """The returns of an order, with `money_at` filled in from the order's refunds where it is not known.

    `refunds` are the times of the refunds (UTC seconds). Each pays the unpaid return that has waited
    longest by then. If the whole order was refunded (`given_back_whole_at`), no return is unpaid any more.
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
    """From when on a refund can be for this return."""
    return one.back_at or one.opened_at


def find_overdue(one: OrderReturn, now: int, limits: ReturnLimits) -> tuple[ReturnStep, int] | None:
    """Which step of a return is overdue, and since when we have waited (UTC seconds); None if none is."""
    if not one.is_open:
        return None
    if one.back_at is not None:
        return (ReturnStep.MONEY, one.back_at) if now - one.back_at >= limits.money * _DAY else None
    sent = one.label_at
    return (ReturnStep.BACK, sent) if sent is not None and now - sent >= limits.parcel * _DAY else None

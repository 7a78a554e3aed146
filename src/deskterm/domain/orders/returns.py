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


def with_refunds(one: OrderReturn, refunds: Iterable[int]) -> OrderReturn:
    """The return with the first money that went back since it began, where nobody said when."""
    if one.money_at is not None:
        return one
    since = one.back_at or one.opened_at
    return replace(one, money_at=min((at for at in refunds if at >= since), default=None))


def find_overdue(one: OrderReturn, now: int, limits: ReturnLimits) -> tuple[ReturnStep, int] | None:
    """What of a return is overdue, and since when it is waited for (UTC seconds); None for nothing."""
    if not one.is_open:
        return None
    if one.back_at is not None:
        return (ReturnStep.MONEY, one.back_at) if now - one.back_at >= limits.money * _DAY else None
    sent = one.label_at
    return (ReturnStep.BACK, sent) if sent is not None and now - sent >= limits.parcel * _DAY else None

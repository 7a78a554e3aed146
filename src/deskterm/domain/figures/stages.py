"""The stage of an order when its customer wrote."""

from enum import StrEnum
from typing import NamedTuple


class Stage(StrEnum):
    """The stages of an order, from before buying to the return."""

    BEFORE = "before the order"
    ORDERED = "ordered, not sent"
    TRANSIT = "in transit"
    DELIVERED = "delivered"
    RETURN = "return"


class OrderTimes(NamedTuple):
    """When things happened to an order (UTC seconds), None where they did not or nobody says."""

    placed_at: int
    shipped_at: int | None = None
    delivered_at: int | None = None
    returned_at: int | None = None  # money went back


_GOES_BACK = frozenset({"return", "exchange", "refund"})


def stage(at: int, category: str, order: OrderTimes | None) -> Stage:
    """The stage of a ticket that came at `at` (UTC seconds).

    A ticket of a category about sending back counts as a return from the delivery on.
    """
    if order is None or at < order.placed_at:
        return Stage.BEFORE
    if _came_by(order.returned_at, at):
        return Stage.RETURN
    if _came_by(order.delivered_at, at):
        return Stage.RETURN if category in _GOES_BACK else Stage.DELIVERED
    return Stage.TRANSIT if _came_by(order.shipped_at, at) else Stage.ORDERED


def _came_by(when: int | None, at: int) -> bool:
    return when is not None and when <= at

"""Pieces of an order as a person writes them: `2 x MUG-01, Blue bowl`."""

import re

from deskterm.domain.orders.actions import PieceCount
from deskterm.domain.orders.order import Order, OrderLine

_PIECE = re.compile(r"(?:(?P<number>\d{1,4})\s*(?:[x×*]\s*|\s))?(?P<name>.+)", re.IGNORECASE)


def write_pieces(order: Order) -> str:
    """All pieces of an order whose money was not given back."""
    return ", ".join(f"{left} x {_name(one)}" for one in order.lines if (left := _count_left(one)) > 0)


def read_pieces(text: str, order: Order) -> tuple[PieceCount, ...] | None:
    """The pieces that a text names, by SKU or title; None where one is not of the order, or too many are."""
    counts: dict[str, int] = {}
    for part in filter(None, (part.strip() for part in text.split(","))):
        found = _PIECE.fullmatch(part)
        line = found and (_find(found["name"], order) or _find(part, order))
        if not found or line is None:
            return None
        number = 1 if line.external_id and _find(part, order) is line else int(found["number"] or 1)
        counts[line.external_id] = counts.get(line.external_id, 0) + number
    left = {one.external_id: _count_left(one) for one in order.lines}
    if any(not line or number < 1 or number > left[line] for line, number in counts.items()):
        return None
    return tuple(PieceCount(line, number) for line, number in counts.items())


def say_pieces(order: Order, pieces: tuple[PieceCount, ...]) -> str:
    """`2 × Mug, 1 × Bowl`."""
    titles = {one.external_id: one.title for one in order.lines}
    return ", ".join(f"{one.quantity} × {titles.get(one.line, one.line)}" for one in pieces)


def _find(name: str, order: Order) -> OrderLine | None:
    """The one line that is called so."""
    wanted = name.strip().casefold()
    found = [one for one in order.lines if wanted in (one.sku.casefold(), one.title.casefold())]
    return found[0] if len(found) == 1 else None


def _name(line: OrderLine) -> str:
    return line.sku or line.title


def _count_left(line: OrderLine) -> int:
    return line.quantity - line.refunded

"""Reading and writing pieces of an order as people type them: `2 x MUG-01, Blue bowl`."""

import re

from deskterm.domain.orders.actions import PieceCount
from deskterm.domain.orders.order import Order, OrderLine

_PIECE = re.compile(r"(?:(?P<number>\d{1,9})\s*(?:[x×*]\s*|\s))?(?P<name>.+)", re.IGNORECASE)
_PLACE = re.compile(r".*\(line (?P<place>\d{1,4})\)", re.IGNORECASE)


def write_pieces(order: Order) -> str:
    """All pieces of an order that were not refunded, in a form that `read_pieces` understands.

    Each is named by its SKU, title, title with variant, or place (`Mug (line 2)`), whichever is the first
    that is unambiguous. Lines without a store's key are left out: no action on them is possible.
    """
    return ", ".join(
        _write(order, place, line)
        for place, line in enumerate(order.lines, 1)
        if _count_left(line) > 0 and line.external_id
    )


def read_pieces(text: str, order: Order) -> tuple[PieceCount, ...] | None:
    """The pieces that a text names; None if one is not in the order, or there are too many."""
    counts: dict[str, int] = {}
    for part in filter(None, (part.strip() for part in text.split(","))):
        found = _read(part, order)
        if found is None:
            return None
        counts[found.line] = counts.get(found.line, 0) + found.quantity
    left = {one.external_id: _count_left(one) for one in order.lines}
    if any(not line or number < 1 or number > left[line] for line, number in counts.items()):
        return None
    return tuple(PieceCount(line, number) for line, number in counts.items())


def say_pieces(order: Order, pieces: tuple[PieceCount, ...]) -> str:
    """`2 × Mug, 1 × Bowl`."""
    titles = {one.external_id: one.title for one in order.lines}
    return ", ".join(f"{one.quantity} × {titles.get(one.line, one.line)}" for one in pieces)


def _write(order: Order, place: int, line: OrderLine) -> str:
    wanted = PieceCount(line.external_id, _count_left(line))
    names = (*_names(line), f"{_plain(line.title)} (line {place})".strip())
    parts = [f"{wanted.quantity} x {name}" for name in names if name]
    return next((part for part in parts if _read(part, order) == wanted), parts[-1])


def _read(part: str, order: Order) -> PieceCount | None:
    """The pieces of one order line that a part of the text names. A number may be part of the name."""
    found = _PIECE.fullmatch(part)
    whole = _find(part, order)
    line = found and (_find(found["name"], order) or whole or _at_place(found["name"], order))
    if found is None or line is None:
        return None
    return PieceCount(line.external_id, 1 if whole is line else int(found["number"] or 1))


def _find(name: str, order: Order) -> OrderLine | None:
    """The only line with that name that has pieces left, else None."""
    wanted = _plain(name).casefold()
    lines = [one for one in order.lines if _count_left(one) > 0]
    found = [one for one in lines if wanted in (known.casefold() for known in _names(one) if known)]
    return found[0] if len(found) == 1 else None


def _at_place(name: str, order: Order) -> OrderLine | None:
    place = _PLACE.fullmatch(name)
    return next((one for at, one in enumerate(order.lines, 1) if place and at == int(place["place"])), None)


def _names(line: OrderLine) -> tuple[str, str, str]:
    """The names of a line: its SKU, its title, and its title with the variant."""
    return _plain(line.sku), _plain(line.title), _plain(f"{line.title} {line.variant}")


def _plain(text: str) -> str:
    """A name without commas, which separate pieces."""
    return " ".join(text.replace(",", " ").split())


def _count_left(line: OrderLine) -> int:
    return line.quantity - line.refunded

"""The lines of an order whose goods a customer's mail names."""

from deskterm.domain.orders.order import OrderLine
from deskterm.lazy_regex import lazy_regex

_WORD = lazy_regex(r"[^\W\d_]{4,}")
_PLURALS = ("", "s", "es", "n", "en")


def named_lines(lines: tuple[OrderLine, ...], mail: str) -> tuple[OrderLine, ...]:
    """The lines with the most words of their titles in the mail, also as a plural; () if none has any."""
    written = {word.casefold() for word in _WORD.findall(mail)}
    points = [_points(line.title, written) for line in lines]
    most = max(points, default=0)
    return tuple(line for line, found in zip(lines, points, strict=True) if found == most) if most else ()


def _points(title: str, written: set[str]) -> int:
    words = {word.casefold() for word in _WORD.findall(title)}
    return sum(any(word + ending in written for ending in _PLURALS) for word in words)

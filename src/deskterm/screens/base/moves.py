"""The keys that move through what a screen shows, the same for every list and text."""

from collections.abc import Callable
from typing import Protocol


class Movable(Protocol):
    """A list with a cursor, or a text that scrolls."""

    def go(self, by: int, /) -> None:
        """Move by rows or lines."""

    def go_page(self, by: int, /) -> None:
        """Move by pages."""

    def go_end(self, *, last: bool) -> None:
        """Move to the first row, or to the last."""


MOVES: dict[str, Callable[[Movable], None]] = {
    "down": lambda shown: shown.go(1),
    "up": lambda shown: shown.go(-1),
    "page-down": lambda shown: shown.go_page(1),
    "page-up": lambda shown: shown.go_page(-1),
    "top": lambda shown: shown.go_end(last=False),
    "bottom": lambda shown: shown.go_end(last=True),
}

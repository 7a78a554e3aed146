"""Reading what changed in a WooCommerce store, oldest change first, without gaps.

Pages are cut by time, not counted: an order edited meanwhile moves to the end and would push
another one across the edge of a counted page. If more orders than fit on a page changed within the same
seconds (a bulk edit), that window is read by counted pages, and again if it shrank meanwhile.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from typing import NamedTuple, TypeVar

from deskterm.sync.stores.http import StoreAnswer
from deskterm.value_class import dataclass

PAGE = 100  # rows per request; WooCommerce's maximum
OVERLAP = (
    2  # seconds: `modified_after` is strict, and a change may be stored in the second that was just read
)
_FORM = "%Y-%m-%dT%H:%M:%S"  # GMT without a zone: with a `Z` WooCommerce shifts it by the shop's offset
T = TypeVar("T")


class RowPage(NamedTuple):
    """A page of a list as it came: rows with ids and times of change, and how many there are in all."""

    rows: list[tuple[int, int, object]]
    total: int


def total_of(answer: StoreAnswer) -> int:
    """The total number of rows in a list, by the answer's header; -1 without it."""
    header = answer.headers.get("x-wp-total", "")
    return int(header) if header.isdecimal() else -1


class ChangePage(NamedTuple):
    """New rows, the time to go on from after them, and how many follow, if known."""

    rows: list[object]
    then: int
    left: int | None = None


Ask = Callable[[Mapping[str, str]], RowPage]


@dataclass(slots=True)
class ChangeWalk:
    """One walk, from `after` (UTC seconds; 0 for the beginning).

    `now` is the latest time to go on from: an order dated in the future must not hide the others.
    """

    ask: Ask
    after: int
    now: int

    def pages(self) -> Iterator[ChangePage]:
        """The pages, oldest change first."""
        seen: set[tuple[int, int]] = set()
        while True:
            found = self.ask(self._window())
            fresh = _new_rows(found.rows, seen)
            if len(found.rows) < PAGE:
                yield ChangePage(fresh, min(self.now, self._next(found.rows)), 0)
                return
            newest = found.rows[-1][1]
            left = found.total - len(found.rows) if found.total >= len(found.rows) else None
            yield ChangePage(fresh, min(self.now, max(self.after, newest - OVERLAP)), left)
            if newest - OVERLAP > self.after:
                self.after = newest - OVERLAP
            else:
                yield from self._crowd(newest, seen)
                self.after = newest

    def _next(self, rows: list[tuple[int, int, object]]) -> int:
        return max(self.after, rows[-1][1] - OVERLAP) if rows else self.after

    def _crowd(self, newest: int, seen: set[tuple[int, int]]) -> Iterator[ChangePage]:
        """The rest of a window with more rows than a page, up to and including the second `newest`."""
        page, total = 1, -1
        while True:
            found = self.ask({**self._window(), "modified_before": _gmt(newest + 1), "page": str(page)})
            yield ChangePage(_new_rows(found.rows, seen), min(self.now, self.after))
            shrank = 0 <= found.total < total
            if len(found.rows) < PAGE and not shrank:
                return
            page, total = (1 if shrank else page + 1), found.total

    def _window(self) -> dict[str, str]:
        asked = {"orderby": "modified", "order": "asc", "per_page": str(PAGE)}
        if self.after > 0:
            asked |= {"modified_after": _gmt(self.after), "dates_are_gmt": "true"}
        return asked


def _new_rows(rows: list[tuple[int, int, object]], seen: set[tuple[int, int]]) -> list[object]:
    """The rows not yet returned with that time of change; remembers those it returns."""
    fresh = [row for id_, changed, row in rows if (id_, changed) not in seen]
    seen.update((id_, changed) for id_, changed, _ in rows)
    return fresh


def _gmt(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, UTC).strftime(_FORM)

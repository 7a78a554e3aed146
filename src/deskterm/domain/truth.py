"""How things stand, computed once: how far mail and orders are complete, what waits, what fails."""

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from deskterm.domain.outbox_needs import OutboxNeed
from deskterm.domain.sources import Failure, Source, SourcePart
from deskterm.value_class import dataclass

T = TypeVar("T")

_LONG = 90  # seconds from which minutes are told
_HOURS = 120  # minutes from which hours are
_BAR, _LEAST_BAR = 20, 4  # cells of a bar
_BESIDE = 56  # cells of a line that are not the bar's
_TOLD = 100  # times that a stage of a known length is reported


@dataclass(frozen=True, slots=True)
class SourceState:
    """How far one source is complete. Times are UTC seconds, 0 for never.

    `failure` decides, `words` and `todo` are for the owner.
    """

    source: Source
    complete_to: int
    failing_since: int | None = None
    words: str = ""
    todo: str = ""
    failure: Failure = Failure.NONE
    left_out: tuple[str, ...] = ()  # orders that could not be read: place, number, reason

    @property
    def name(self) -> str:
        """What the owner knows it by. Decisions rest on `source`."""
        return self.source.words

    @property
    def is_reading(self) -> bool:
        """Whether it says how far mail or orders are read; other duties say nothing of that."""
        return self.source.part is SourcePart.READING


@dataclass(frozen=True, slots=True)
class Truth:
    """What the status line says. Replies planned for later are counted apart: nothing of theirs hangs.

    `next_send_at` is when the first reply goes that can still be taken back; `next_try_at` counts
    those that were tried before, too.
    `needs` is what of the outbox needs the owner. All times are UTC seconds.
    """

    mail: tuple[SourceState, ...]
    orders: tuple[SourceState, ...]
    queued: int
    sending: int
    refused: int
    uncertain: int
    next_send_at: int | None = None
    later: int = 0
    next_planned_at: int | None = None
    next_try_at: int | None = None
    needs: tuple[OutboxNeed, ...] = ()

    @property
    def all_mail_is_here(self) -> bool:
        """Whether each account was read to its end at least once."""
        return bool(self.mail) and all(one.complete_to > 0 for one in self.mail)

    @property
    def needs_owner(self) -> bool:
        """Whether anything fails, or a reply gets no further by itself."""
        return bool(self.failing or self.needs)

    @property
    def due_at(self) -> int | None:
        """When the next reply may go, planned or not; None when none waits."""
        known = [at for at in (self.next_try_at, self.next_planned_at) if at is not None]
        return min(known, default=None)

    @property
    def failing(self) -> tuple[SourceState, ...]:
        """The sources that fail now."""
        return tuple(source for source in (*self.mail, *self.orders) if source.failing_since is not None)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far something long is. `total` is 0 while unknown; `words` names what it does.

    `started_at` (UTC seconds) is when the first of `done` was begun.
    """

    words: str
    done: int = 0
    total: int = 0
    started_at: float = 0.0

    @property
    def count(self) -> str:
        """`200 of 1,233`, `200` while the total is unknown, nothing before the first."""
        if self.total:
            return f"{self.done:,} of {self.total:,}"
        return f"{self.done:,}" if self.done else ""

    def pace(self, now: float) -> str:
        """`, 40/s, 25 s left` at `now` (UTC seconds), once it can be told; without a total the rate."""
        gone = now - self.started_at
        if not (self.done and self.started_at and gone > 1):
            return ""
        rate = self.done / gone
        speed = f", {rate:,.0f}/s" if rate >= 1 else f", {rate * 60:.0f}/min"
        left = max(0, self.total - self.done) / rate
        return speed + (f", {_time_left(left)}" if self.total else "")

    def bar(self, width: int) -> tuple[str, str]:
        """What is full of a bar on a line of `width` cells, and the rest; nothing without a total."""
        if not self.total:
            return "", ""
        cells = min(_BAR, max(_LEAST_BAR, (width - _BESIDE) // 3))
        full = min(cells, self.done * cells // self.total)
        return "━" * full, "─" * (cells - full)


Report = Callable[[Progress], None]


class Headway:
    """Reports how far something long is, stage after stage. `clock` gives UTC seconds.

    Where the total is known each hundredth of it is reported, else each step.
    """

    def __init__(self, report: Report = lambda _: None, clock: Callable[[], float] = float) -> None:
        self.report, self.clock = report, clock
        self.now, self._next = Progress(""), 0

    def begin(self, words: str, total: int = 0) -> None:
        """Begin a stage of `total` steps, 0 where that is unknown."""
        self._tell(Progress(words, 0, total, self.clock()))

    def step(self, number: int = 1, *, left: int | None = None) -> None:
        """So many steps of it are done; `left` are known to follow now, None where nothing else is known."""
        done, before = self.now.done + number, self.now
        total = before.total if left is None else done + left
        one = Progress(before.words, done, total, before.started_at)
        if done < self._next:
            self.now = one
        else:
            self._tell(one)

    def each(self, items: Iterable[T], then: str = "") -> Iterator[T]:
        """The items; each is a step, done when the next one is asked for. `then` is what comes after them."""
        for one in items:
            yield one
            self.step()
        if then:
            self.begin(then)

    def _tell(self, one: Progress) -> None:
        self.now, self._next = one, one.done + max(1, one.total // _TOLD)
        self.report(one)


def _time_left(seconds: float) -> str:
    if seconds < _LONG:
        return f"{seconds:.0f} s left"
    minutes = round(seconds / 60)
    return f"{minutes} min left" if minutes < _HOURS else f"{minutes // 60} h {minutes % 60} min left"

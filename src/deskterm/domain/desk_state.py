"""The state of the whole desk: how far mail and orders are complete, what waits, what fails; progress."""

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

from deskterm.domain.outbox_needs import OutboxNeed
from deskterm.domain.sources import Failure, Source, SourcePart
from deskterm.value_class import dataclass

T = TypeVar("T")

_LONG = 90  # seconds from which minutes are shown
_HOURS = 120  # minutes from which hours are shown
_BAR, _LEAST_BAR = 20, 4  # cells of a progress bar
_BESIDE = 56  # cells of a line that the bar must leave
_REPORTS = 100  # how often a stage of known length is reported


@dataclass(frozen=True, slots=True)
class SourceState:
    """How far one source has been read. Times are UTC seconds, 0 for never.

    Code decides by `failure`; `words` and `todo` are for the owner.
    """

    source: Source
    complete_to: int
    failing_since: int | None = None
    words: str = ""
    todo: str = ""
    failure: Failure = Failure.NONE
    left_out: tuple[str, ...] = ()  # what could not be read or understood: place, number, reason

    @property
    def name(self) -> str:
        """Its name for the owner. Code must compare `source` instead."""
        return self.source.words

    @property
    def is_reading(self) -> bool:
        """Whether it is the source of mail or orders, and not another duty of the account."""
        return self.source.part is SourcePart.READING

    @property
    def is_partial(self) -> bool:
        """Whether it was read, except for some things."""
        return self.failing_since is not None and self.failure is Failure.GAPS


@dataclass(frozen=True, slots=True)
class DeskState:
    """What the status line says. All times are UTC seconds.

    `later` counts replies planned for a later time, which are not in `queued`. `next_send_at` is when the
    first reply goes that can still be taken back; `next_try_at` also counts those that were tried before.
    `needs` is what in the outbox needs the owner.
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
        """Whether each account has been read completely at least once."""
        return bool(self.mail) and all(one.complete_to > 0 for one in self.mail)

    @property
    def needs_owner(self) -> bool:
        """Whether anything fails, or a reply is stuck."""
        return bool(self.failing or self.needs)

    @property
    def due_at(self) -> int | None:
        """When the next reply may go, planned or not; None if none waits."""
        known = [at for at in (self.next_try_at, self.next_planned_at) if at is not None]
        return min(known, default=None)

    @property
    def failing(self) -> tuple[SourceState, ...]:
        """The sources that fail now."""
        return tuple(source for source in (*self.mail, *self.orders) if source.failing_since is not None)


@dataclass(frozen=True, slots=True)
class Progress:
    """The progress of something long. `total` is 0 while unknown; `words` says what is being done.

    `started_at` (UTC seconds) is when the first of `done` began.
    """

    words: str
    done: int = 0
    total: int = 0
    started_at: float = 0.0

    @property
    def count(self) -> str:
        """`200 of 1,233`, `200` while the total is unknown, "" before the first."""
        if self.total:
            return f"{self.done:,} of {self.total:,}"
        return f"{self.done:,}" if self.done else ""

    def pace(self, now: float) -> str:
        """`, 40/s, 25 s left` at `now` (UTC seconds), once known; only the rate without a total."""
        gone = now - self.started_at
        if not (self.done and self.started_at and gone > 1):
            return ""
        rate = self.done / gone
        speed = f", {rate:,.0f}/s" if rate >= 1 else f", {rate * 60:.0f}/min"
        left = max(0, self.total - self.done) / rate
        return speed + (f", {_time_left(left)}" if self.total else "")

    def bar(self, width: int) -> tuple[str, str]:
        """The full and the empty part of a bar on a line of `width` cells; both "" without a total."""
        if not self.total:
            return "", ""
        cells = min(_BAR, max(_LEAST_BAR, (width - _BESIDE) // 3))
        full = min(cells, self.done * cells // self.total)
        return "━" * full, "─" * (cells - full)


Report = Callable[[Progress], None]


class ProgressReporter:
    """Reports the progress of something long, stage by stage. `clock` returns UTC seconds.

    Each hundredth is reported if the total is known, else each step.
    """

    def __init__(self, report: Report = lambda _: None, clock: Callable[[], float] = float) -> None:
        self.report, self.clock = report, clock
        self.now, self._next = Progress(""), 0

    def begin(self, words: str, total: int = 0) -> None:
        """Begin a stage of `total` steps (0: unknown)."""
        self._tell(Progress(words, 0, total, self.clock()))

    def step(self, number: int = 1, *, left: int | None = None) -> None:
        """So many steps are done; `left` is how many follow, None to keep the total."""
        done, before = self.now.done + number, self.now
        total = before.total if left is None else done + left
        one = Progress(before.words, done, total, before.started_at)
        if done < self._next:
            self.now = one
        else:
            self._tell(one)

    def each(self, items: Iterable[T], then: str = "") -> Iterator[T]:
        """Yield the items, counting each as a step when it is done; then begin the stage `then`, if given."""
        for one in items:
            yield one
            self.step()
        if then:
            self.begin(then)

    def _tell(self, one: Progress) -> None:
        self.now, self._next = one, one.done + max(1, one.total // _REPORTS)
        self.report(one)


def _time_left(seconds: float) -> str:
    if seconds < _LONG:
        return f"{seconds:.0f} s left"
    minutes = round(seconds / 60)
    return f"{minutes} min left" if minutes < _HOURS else f"{minutes // 60} h {minutes % 60} min left"

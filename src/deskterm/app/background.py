"""Background work in threads: passes, deliveries, watching for news. It posts values to the app."""

import logging
from collections.abc import Callable
from threading import Event
from typing import TYPE_CHECKING, Any, Protocol

from textual.app import App
from textual.message import Message

from deskterm.errors import DesktermError
from deskterm.value_class import dataclass

if TYPE_CHECKING:
    from deskterm.domain.desk_state import Progress, Report

LOG = logging.getLogger("deskterm.background")
DELIVER_APART = 10  # seconds between two deliveries
READ_APART = 60  # seconds between two passes that a reply is waiting for

ReportProblem = Callable[[str, DesktermError | None], None]


class Sync(Protocol):
    """Makes one pass."""

    def __call__(self, report: "Report", stop: Event, *, asked: bool) -> str:
        """Returns in words what arrived."""


@dataclass(frozen=True, slots=True)
class Wire:
    """How the app reaches the outside, given by the command line. Everything blocks, so it runs in threads.

    `sync(report, stop, asked=...)` makes one pass and says in words what arrived; if `asked` by the owner, it
    also asks servers that wanted to be left alone for now. `deliver()` sends what is due in the outbox and
    gives whether some of it must wait until mail is read. `watch(changed, stop)` waits for news and calls
    `changed` each time. `run_daily_care(report, stop)` looks after the database and calls
    `report(what, error)` for each task, with None if it went well. `rest(ticket, report, stop)` fetches what
    is missing of a ticket's mails and says so in words. `refresh_orders(ticket)` asks the stores for its
    orders as they are now.
    """

    sync: "Sync | None" = None
    deliver: Callable[[], bool | None] | None = None
    watch: Callable[[Callable[[], None], Event], None] | None = None
    run_daily_care: Callable[[ReportProblem, Event], None] | None = None
    rest: Callable[[int, "Report", Event], str] | None = None
    refresh_orders: Callable[[int], None] | None = None
    sync_at_start: bool = True


class Progressed(Message):
    """The progress of a pass."""

    def __init__(self, progress: "Progress") -> None:
        super().__init__()
        self.progress = progress


class Finished(Message):
    """A pass or delivery has ended, with its result in `words` or its `error`; `asked`: a key started it."""

    def __init__(
        self, what: str, words: str = "", error: DesktermError | None = None, *, asked: bool = False
    ) -> None:
        super().__init__()
        self.what, self.words, self.error, self.asked = what, words, error, asked


class News(Message):
    """There may be new mail or orders: make a pass."""


class Pace:
    """Allows something once in `interval` seconds, even if the clock is set forward or back."""

    def __init__(self, interval: int) -> None:
        self._interval = interval
        self._last: int | None = None

    def is_due(self, now: int) -> bool:
        """Whether it is time (UTC seconds); if so, it counts as done now."""
        if self._last is not None and 0 <= now - self._last < self._interval:
            return False
        self._last = now
        return True


class Background:
    """Runs one pass and one delivery at a time. Posts `Progressed`, `Finished` and `News` to the app."""

    def __init__(self, app: App[Any], wire: Wire) -> None:
        self._app, self._wire = app, wire
        self._stop, self._enough = Event(), Event()  # the second ends `rest`
        self._running: set[str] = set()
        self._again = self._asked = False
        self._front: int | None = None  # the ticket whose orders were last asked for
        self._deliveries, self._readings = Pace(DELIVER_APART), Pace(READ_APART)

    def begin(self) -> None:
        """Start watching, and make the first pass."""
        if self._wire.sync_at_start:
            self.sync()
        watch = self._wire.watch
        if watch:
            self._run("watch", lambda: watch(lambda: self._post(News()), self._stop))
        run_daily_care = self._wire.run_daily_care
        if run_daily_care:
            self._run("care", lambda: run_daily_care(self._note_care_result, self._stop))

    def _note_care_result(self, what: str, error: DesktermError | None) -> None:
        self._post(Finished(what, error=error))

    def end(self) -> None:
        """Ask all work to end; what it is doing is dropped or resumed at the next start."""
        self._stop.set()
        self._enough.set()

    def sync(self, *, asked: bool = False) -> None:
        """Make a pass, `asked` for by the owner or not. During a pass, another is made afterwards.

        That one finds what arrived after the first had looked.
        """
        sync = self._wire.sync
        if sync is None:
            return
        self._asked = self._asked or asked
        self._again = "sync" in self._running
        if not self._again:
            asked, self._asked = self._asked, False
            self._run("sync", lambda: sync(self._report, self._stop, asked=asked), asked=asked)

    def _report(self, progress: "Progress") -> None:
        self._post(Progressed(progress))

    def rest(self, ticket_id: int) -> bool:
        """Fetch the rest of a ticket's mails; if it is being fetched, stop. Gives whether it starts."""
        rest = self._wire.rest
        if "rest" in self._running or rest is None:
            self._enough.set()
            return False
        self._enough.clear()
        self._run("rest", lambda: rest(ticket_id, self._report, self._enough), asked=True)
        return True

    def refresh_orders(self, ticket_id: int | None) -> None:
        """Refresh the orders of the ticket on screen, once each time another ticket comes up."""
        refresh_orders = self._wire.refresh_orders
        if (
            refresh_orders is None
            or ticket_id is None
            or ticket_id == self._front
            or "orders" in self._running
        ):
            return
        self._front = ticket_id
        self._run("orders", lambda: refresh_orders(ticket_id))

    def deliver(self, due: int | None, now: int) -> None:
        """Send what is due in the outbox, not too often; `due` is when the next reply is (UTC seconds)."""
        deliver = self._wire.deliver
        if not deliver or not due or due > now or "delivery" in self._running:
            return
        if self._deliveries.is_due(now):
            self._run("delivery", lambda: self._deliver(deliver, now))

    def _deliver(self, deliver: Callable[[], bool | None], now: int) -> None:
        """Deliver; if a reply must wait until mail is read, make a pass now and then."""
        if deliver() and self._readings.is_due(now):
            self._post(News())

    def over(self, what: str) -> None:
        """Note, on the app's thread, that work has ended."""
        self._running.discard(what)
        passed_by = what == "rest"  # meanwhile passes skipped the mailbox it read
        if (passed_by or (what == "sync" and self._again)) and not self._stop.is_set():
            self.sync()

    def _run(self, what: str, work: Callable[[], str | None], *, asked: bool = False) -> None:
        self._running.add(what)
        self._app.run_worker(
            lambda: self._work(what, work, asked=asked), thread=True, group=what, exit_on_error=False
        )

    def _work(self, what: str, work: Callable[[], str | None], *, asked: bool) -> None:
        """The outermost edge of a thread."""
        try:
            self._post(Finished(what, work() or "", asked=asked))
        except DesktermError as error:
            self._post(Finished(what, error=error))
        except Exception:  # whatever it is: a silent end would leave the screen waiting
            LOG.exception("the %s failed", what)
            words = f"The {what} met a fault of deskterm's own."
            self._post(Finished(what, error=DesktermError(words, todo="The log says where it happened.")))

    def _post(self, message: Message) -> None:
        if not self._stop.is_set():
            self._app.post_message(message)


def run_beside(app: App[Any], group: str, work: Any) -> None:
    """Run a coroutine function in the background; it is called only as it starts, so it is always awaited."""
    app.run_worker(work, group=group, exclusive=group == "offers")

"""Orders of a store into the desk, page by page: each is stored before the next is asked for."""

from collections.abc import Callable, Iterator, Sequence
from threading import Event

from deskterm.domain.orders.order import Order
from deskterm.domain.sources import Failure, Source, SourceKind
from deskterm.domain.truth import Progress
from deskterm.errors import DesktermError, OrdersFileError
from deskterm.intake.orders_in import orders_arrived
from deskterm.storage import sources
from deskterm.storage.schema.database import Database
from deskterm.sync.stores.adapter import OrderGap, OrderPage, StoreAccess, StoreAdapter
from deskterm.sync.stores.kinds import open_store

_AT_ONCE = 200  # orders a transaction
_NAMED = 5  # gaps that are named one by one
_RECENT_AT_ONCE = 100  # orders read again by their ids, a page


def read_orders(
    access: StoreAccess,
    db: Database,
    report: Callable[[Progress], None] = lambda _: None,
    stop: Event | None = None,
) -> int:
    """Take in what changed in a store and give how many orders did.

    OrdersFileError names what could not be read; the rest is taken in all the same. Raises what the store
    fails with; the pages before are kept.
    """
    with open_store(access) as adapter:
        return _StoreReading(access, adapter, db, report, stop or Event()).run()


class _StoreReading:
    """One reading under way."""

    def __init__(
        self,
        access: StoreAccess,
        adapter: StoreAdapter,
        db: Database,
        report: Callable[[Progress], None],
        stop: Event,
    ) -> None:
        self.access, self.adapter, self.db, self.report, self.stop = access, adapter, db, report, stop
        self.source = Source(access.store.name, SourceKind.ORDERS)
        self.changed = self.seen = 0
        self.gaps: list[OrderGap] = []
        self.complete_to: int | None = None
        self.cursor = ""

    def run(self) -> int:
        with self.db.read() as tx:
            cursor = sources.cursor(tx, self.source)
        try:
            if not self.take_all(self.adapter.pages(cursor)):
                return 0
        except DesktermError:
            if self.adapter.reads_whole:
                with self.db.write() as tx:
                    sources.keep_cursor(tx, self.source, "")
            raise
        if not self.stop.is_set():
            self.finish()
        return self.changed

    def take_all(self, pages: Iterator[OrderPage]) -> bool:
        """Take in the pages until told to stop; whether there was any."""
        any_page = False
        for page in pages:
            any_page = True
            self.take(page)
            if self.stop.is_set():
                break
        return any_page

    def take(self, page: OrderPage) -> None:
        for at in range(0, len(page.orders), _AT_ONCE):
            self.changed += self.store_some(page.orders[at : at + _AT_ONCE])
        self.cursor = page.cursor
        if not self.adapter.reads_whole:  # what is read whole is read once its end was told
            with self.db.write() as tx:
                sources.keep_cursor(tx, self.source, page.cursor)
        self.gaps += page.gaps
        self.seen += len(page.orders)
        self.complete_to = page.complete_to
        self.report(Progress(f"reading the orders of {self.source.account}", self.seen))

    def store_some(self, orders: Sequence[Order]) -> int:
        with self.db.write() as tx:
            return len(orders_arrived(tx, orders, self.access.now))

    def finish(self) -> None:
        """The store is read to its end: what lacks is told, and up to when it is complete."""
        now = self.access.now
        lacking = [gap for gap in self.gaps if not gap.is_limit]
        problem = self.problem(lacking) if lacking else None
        with self.db.write() as tx:
            sources.mark_complete(
                tx, self.source, complete_to=now if self.complete_to is None else self.complete_to, at=now
            )
            sources.keep_left_out(tx, self.source.account, [gap.words for gap in self.gaps])
            if problem:
                sources.mark_failed(
                    tx, self.source, Failure.ORDERS_FILE, at=now, words=problem.what, todo=problem.todo
                )
            sources.keep_cursor(tx, self.source, self.cursor)
        if problem:
            raise problem

    def problem(self, gaps: Sequence[OrderGap]) -> OrdersFileError:
        count = len(gaps)
        more = f"; and {count - _NAMED} more" if count > _NAMED else ""
        where = self.access.store.path or self.source.account
        return OrdersFileError(
            f"{count} of {count + self.seen} orders in {where} could not be read: "
            f"{'; '.join(gap.words for gap in gaps[:_NAMED])}{more}.",
            safe="The other orders were taken in.",
            todo="`deskterm doctor` and `!` list each. Mend them in the file, or export it anew.",
        )

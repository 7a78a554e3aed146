"""Reading orders of a store, page by page: each is stored before the next is requested."""

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from threading import Event

from deskterm.config.store_kinds import STORE_KINDS
from deskterm.domain.desk_state import Progress, ProgressReporter
from deskterm.domain.orders.order import Order
from deskterm.domain.sources import Failure, Source, SourceKind
from deskterm.errors import DesktermError, NotFound, StoreGaps
from deskterm.intake.orders_in import orders_arrived
from deskterm.storage import orders, sources
from deskterm.storage.acting import rights
from deskterm.storage.schema.database import Database, Tx
from deskterm.sync.rare_collection import rare_collection
from deskterm.sync.source_reports import name_what_is_kept
from deskterm.sync.stores.adapter import OrderGap, OrderPage, OrderPart, StoreAccess, StoreAdapter
from deskterm.sync.stores.open_store import open_store
from deskterm.sync.stores.statuses import describe_unknown_words, with_own_meanings

_AT_ONCE = 500  # orders per transaction, which takes some 12 ms
_NAMED = 5  # gaps that are named one by one
_DAY = 86_400


def read_orders(
    access: StoreAccess,
    db: Database,
    report: Callable[[Progress], None] = lambda _: None,
    stop: Event | None = None,
) -> int:
    """Store what changed in a store; returns how many orders changed.

    StoreGaps names what could not be read; the rest is taken in all the same. Raises what the store fails
    with; the pages before are kept.
    """
    with rare_collection(), open_store(access) as adapter:
        return _StoreReading(access, adapter, db, report, stop or Event()).run()


def read_one(access: StoreAccess, db: Database, external_id: str) -> bool:
    """Read one order from a store now; returns whether it changed. Raises the store's failure.

    Raises NotFound if the store no longer has it; that is stored, too.
    """
    with open_store(access) as adapter:
        try:
            order = adapter.one_order(external_id)
        except NotFound:
            with db.write() as tx:
                orders.mark_gone(tx, access.store.name, [external_id], access.now)
            raise
    with db.write() as tx:
        return bool(orders_arrived(tx, [with_own_meanings(order, access.store.status)], access.now))


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
        self.access, self.adapter, self.db, self.stop = access, adapter, db, stop
        self.reporter = ProgressReporter(report, time.time)
        self.source = Source(access.store.name, SourceKind.ORDERS)
        self.changed = 0
        self.seen: set[str] = set()
        self.gaps: list[OrderGap] = []
        self.complete_to: int | None = None
        self.cursor = ""

    def run(self) -> int:
        with self.db.read() as tx:
            self.cursor = sources.cursor(tx, self.source)
        self.reporter.begin(f"reading the orders of {self.source.account}")
        try:
            with name_what_is_kept(self.db, self.source, "orders"):
                read = self.take_all(self.adapter.pages(self.cursor))
            if not read:
                return 0
            if self.adapter.read_again_at_once and not self.stop.is_set():
                self.take_again(self.unseen())
        except DesktermError:
            if self.adapter.reads_whole:
                with self.db.write() as tx:
                    sources.keep_cursor(tx, self.source, "")
            raise
        if not self.stop.is_set():
            self.finish()
        return self.changed

    def unseen(self) -> list[str]:
        """The keys of open and recent orders that this reading has not seen yet."""
        since = self.access.now - self.access.store.recent_days * _DAY
        with self.db.read() as tx:
            most = self.adapter.read_again_at_once
            found = orders.keys_to_read_again(tx, self.source.account, since, most)
        return [key for key in found if key not in self.seen]

    def take_again(self, keys: list[str]) -> None:
        """Read and store these orders as they are now."""
        if keys:
            self.reporter.begin(f"looking again at orders of {self.source.account}", len(keys))
        self.take_all(self.adapter.read_again(keys))

    def take_all(self, pages: Iterator[OrderPage]) -> bool:
        """Store the pages until `stop` says so; returns whether there was any."""
        any_page = False
        for page in pages:
            any_page = True
            self.take(page)
            if self.stop.is_set():
                break
        return any_page

    def take(self, page: OrderPage) -> None:
        for at in range(0, len(page.orders), _AT_ONCE):
            some = page.orders[at : at + _AT_ONCE]
            self.changed += self.store_some(some, page.kept)
            left = None if page.left is None else page.left + len(page.orders) - at - len(some)
            self.reporter.step(len(some), left=left)
        self.cursor = page.cursor or self.cursor
        if not self.adapter.reads_whole or page.gone:  # the count of a store read whole follows at its end
            with self.db.write() as tx:
                self.changed += orders.mark_gone(tx, self.source.account, page.gone, self.access.now)
                if not self.adapter.reads_whole:
                    sources.keep_cursor(tx, self.source, self.cursor)
        self.gaps += page.gaps
        self.seen.update(order.external_id for order in page.orders)
        self.complete_to = page.complete_to

    def store_some(self, some: Sequence[Order], kept: frozenset[OrderPart]) -> int:
        with self.db.write(durable=False) as tx:  # what a power cut takes back is read again
            whole = _with_kept(tx, self.source.account, some, kept) if kept else some
            if own := self.access.store.status:
                whole = [with_own_meanings(order, own) for order in whole]
            return len(orders_arrived(tx, whole, self.access.now))

    def finish(self) -> None:
        """After reading to the end: note what is missing, and up to when the orders are complete."""
        now = self.access.now
        with self.db.write() as tx:
            sources.mark_complete(
                tx, self.source, complete_to=now if self.complete_to is None else self.complete_to, at=now
            )
            can = STORE_KINDS[self.access.store.kind].can
            rights.keep_lacking(tx, self.source.account, can - self.adapter.abilities)
            lacking = self.keep_gaps(tx)
            problem = self.problem(lacking) if lacking else None
            if problem:
                sources.mark_failed(
                    tx, self.source, Failure.GAPS, at=now, words=problem.what, todo=problem.todo
                )
            sources.keep_cursor(tx, self.source, self.cursor)
        if problem:
            problem.taken = self.changed
            raise problem

    def keep_gaps(self, tx: Tx) -> list[str]:
        """Keep the gaps; returns those that are a failure."""
        limits = {gap.words for gap in self.gaps if gap.is_limit}
        words = [gap.words for gap in self.gaps]
        if self.adapter.reads_whole:
            sources.keep_left_out(tx, self.source.account, words)
        else:
            unknown = orders.unknown_words(tx, self.source.account)
            states = describe_unknown_words(unknown, self.access.store.status)
            limits |= {*states}
            gaps = [(gap.words, gap.external_id) for gap in self.gaps] + [(one, "") for one in states]
            words = sources.renew_left_out(tx, self.source.account, gaps, self.seen)
        return [one for one in words if one not in limits]

    def problem(self, lacking: Sequence[str]) -> StoreGaps:
        more = f"; and {len(lacking) - _NAMED} more" if len(lacking) > _NAMED else ""
        named = f"{'; '.join(lacking[:_NAMED])}{more}."
        of_file = self.adapter.reads_whole
        cure = (
            "Correct the file, or the setting where one is named; then it is read again." if of_file else ""
        )
        return StoreGaps(
            f"{self.access.store.path if of_file else self.source.account} could not be read whole: {named}",
            safe="All else was taken in; `deskterm doctor` and `!` list each.",
            todo=cure,
        )


def _with_kept(tx: Tx, store: str, some: Sequence[Order], kept: frozenset[OrderPart]) -> list[Order]:
    """The orders, with the parts that were not requested filled in from what is stored."""
    known = orders.by_keys(tx, store, [order.external_id for order in some])
    return [
        replace(order, **{part.value: getattr(known[order.external_id], part.value) for part in kept})
        if order.external_id in known
        else order
        for order in some
    ]

"""Reading products of a store: what changed in each pass, and all of them from time to time.

A store's modification date misses some changes of stock, and no store reports deletions: these are
found by reading all. Products on the back-in-stock list are read again in each pass.
"""

import time
from collections.abc import Callable, Iterable
from dataclasses import field
from threading import Event

from deskterm.domain.desk_state import Progress, ProgressReporter
from deskterm.domain.products.product import StoreProduct
from deskterm.domain.sources import Failure, Source, SourceKind, SourcePart
from deskterm.errors import OrdersFileError, StoreGaps
from deskterm.intake.products_in import products_arrived, products_gone
from deskterm.storage import sources
from deskterm.storage.products import products
from deskterm.storage.schema.database import Database
from deskterm.sync.source_reports import name_what_is_kept
from deskterm.sync.stores.adapter import ProductPage, StoreAccess, StoreAdapter
from deskterm.sync.stores.exports.products_file import mark_of, read_product_file
from deskterm.sync.stores.open_store import open_store
from deskterm.value_class import dataclass

_HOUR = 3600
_WHOLE_EVERY = 12 * _HOUR  # between readings of all products, if the store reports changes
_UNDATED_EVERY = _HOUR  # the same, if it does not
_AGAIN = 100  # products on the back-in-stock list to read again per pass
_AT_ONCE = 200  # products of a file per transaction
_NAMED = 5  # gaps that are named one by one


def read_products(access: StoreAccess, db: Database, report: Callable[[Progress], None], stop: Event) -> int:
    """Store what changed of a store's products; returns how many changed.

    StoreGaps or OrdersFileError name what could not be read; the rest is taken in all the same. Raises
    what the store fails with; the pages before are kept.
    """
    reading = _ProductReading(access, db, ProgressReporter(report, time.time), stop)
    if access.store.products:
        return reading.of_file()
    if not access.store.is_live:
        return 0
    with open_store(access) as adapter:
        reading.reporter.begin(f"reading the products of {reading.name}")
        return reading.of_store(adapter)


@dataclass(slots=True)
class _ProductReading:
    """One reading under way."""

    access: StoreAccess
    db: Database
    reporter: ProgressReporter
    stop: Event
    changed: int = 0
    seen: set[str] = field(default_factory=set)
    lacking: list[str] = field(default_factory=list)

    @property
    def name(self) -> str:
        return self.access.store.name

    @property
    def source(self) -> Source:
        return Source(self.name, SourceKind.ORDERS, SourcePart.PRODUCTS)

    def of_store(self, adapter: StoreAdapter) -> int:
        whole_at, cursor = self.last_state()
        every = _WHOLE_EVERY if cursor else _UNDATED_EVERY
        whole = not 0 <= self.access.now - whole_at < every
        if whole or cursor:
            at = self.access.now if whole else whole_at
            cursor = self.take_all(adapter.products("" if whole else cursor), "" if whole else cursor)
            if self.stop.is_set():
                return self.changed
            if whole:
                self.forget_unseen()
            self.finish(f"{at} {cursor}")
        with self.db.read() as tx:
            waited = products.keys_to_read_again(tx, self.name, _AGAIN)
        asked = [one for one in waited if one not in self.seen]
        if asked:
            self.reporter.begin(f"looking again at products of {self.name}", len(asked))
        self.take_all(adapter.products_again(asked), "")
        self.forget_failure()
        return self.changed

    def forget_failure(self) -> None:
        """Clear the noted failure, as the store answers again."""
        with self.db.read() as tx:
            failing = sources.failure(tx, self.source)
        if failing not in (Failure.NONE, Failure.GAPS):
            with self.db.write() as tx:
                sources.mark_working(tx, self.source)

    def last_state(self) -> tuple[int, str]:
        """When all products were last read (UTC seconds, 0 for never), and the cursor to go on from."""
        with self.db.read() as tx:
            at, _, cursor = sources.cursor(tx, self.source).partition(" ")
        return int(at or 0), cursor

    def take_all(self, pages: Iterable[ProductPage], cursor: str) -> str:
        for page in pages:
            self.take(page.products, page.gone, page.left)
            self.lacking += [gap.words for gap in page.gaps if not gap.is_limit]
            self.seen.update(gap.external_id for gap in page.gaps)
            cursor = page.cursor or cursor
            if self.stop.is_set():
                break
        return cursor

    def take(
        self, some: tuple[StoreProduct, ...], gone: tuple[str, ...] = (), left: int | None = None
    ) -> None:
        with self.db.write() as tx:
            self.changed += products_arrived(tx, some, self.access.now)
            self.changed += products_gone(tx, self.name, gone, self.access.now) if gone else 0
        self.seen.update(one.external_id for one in some)
        self.reporter.step(len(some), left=left)

    def forget_unseen(self) -> None:
        """Mark products as gone that a reading of all did not contain."""
        with self.db.write() as tx:
            left = products.keys_of_store(tx, self.name) - self.seen
            self.changed += products_gone(tx, self.name, left, self.access.now) if left else 0

    def of_file(self) -> int:
        """Read the whole file if it has changed."""
        with name_what_is_kept(self.db, self.source, "products"):
            mark = mark_of(self.access.store, self.access.zone)
        with self.db.read() as tx:
            if sources.cursor(tx, self.source) == mark and sources.failure(tx, self.source) is Failure.NONE:
                return 0
        self.reporter.begin(f"reading the products of {self.name}")
        with name_what_is_kept(self.db, self.source, "products"):
            reading = read_product_file(self.access.store)
        for at in range(0, len(reading.products), _AT_ONCE):
            some = reading.products[at : at + _AT_ONCE]
            self.take(some, left=len(reading.products) - at - len(some))
        self.lacking += reading.problems
        self.forget_unseen()
        self.finish(mark)
        return self.changed

    def finish(self, cursor: str) -> None:
        """Note how far it was read. Raises StoreGaps for what could not be read."""
        now = self.access.now
        with self.db.write() as tx:
            sources.mark_complete(tx, self.source, complete_to=now, at=now)
            sources.keep_cursor(tx, self.source, cursor)
        if not self.lacking:
            return
        more = f"; and {len(self.lacking) - _NAMED} more" if len(self.lacking) > _NAMED else ""
        kind = OrdersFileError if self.access.store.products else StoreGaps
        raise kind(
            f"{len(self.lacking)} products of {self.name} could not be read: "
            f"{'; '.join(self.lacking[:_NAMED])}{more}.",
            safe="The others were taken in.",
            todo="Look at them in your shop." if kind is StoreGaps else "Mend them, or export them again.",
        )

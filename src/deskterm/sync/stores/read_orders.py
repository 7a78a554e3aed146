"""Orders of a store's file into the desk. A file that has not changed is not read again."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from deskterm.config.settings import Store
from deskterm.domain.orders.order import Order
from deskterm.domain.sources import Failure, Source, SourceKind
from deskterm.errors import DesktermError, OrdersFileError
from deskterm.intake.orders_in import orders_arrived
from deskterm.storage import sources
from deskterm.storage.schema.database import Database
from deskterm.sync.stores import files
from deskterm.sync.stores.reading import Reading

_AT_ONCE = 200  # orders a transaction
_NAMED = 5  # broken rows that are named one by one


def read_orders(store: Store, zone: str, db: Database, now: int) -> int:
    """Take in the file's orders and give how many changed. OrdersFileError names what could not be read.

    What could be read is taken in all the same.
    """
    try:
        mark = files.mark(store)
        with db.read() as tx:
            if sources.file_mark(tx, _source(store)) == mark:
                return 0
        reading = files.read_file(store, ZoneInfo(zone))
    except DesktermError:
        _file_mark(db, store, "")
        raise
    changed = sum(
        _some(db, reading.orders[at : at + _AT_ONCE], now) for at in range(0, len(reading.orders), _AT_ONCE)
    )
    with db.write() as tx:
        sources.mark_complete(tx, _source(store), complete_to=files.written_at(store), at=now)
        sources.keep_left_out(tx, store.name, reading.problems)
        if reading.problems:
            problem = _broken(store, reading)
            sources.mark_failed(
                tx, _source(store), Failure.ORDERS_FILE, at=now, words=problem.what, todo=problem.todo
            )
        sources.mark_file(tx, _source(store), mark)
    if reading.problems:
        raise _broken(store, reading)
    return changed


def _some(db: Database, orders: Sequence[Order], now: int) -> int:
    with db.write() as tx:
        return len(orders_arrived(tx, orders, now))


def _file_mark(db: Database, store: Store, mark: str) -> None:
    with db.write() as tx:
        sources.mark_file(tx, _source(store), mark)


def _source(store: Store) -> Source:
    return Source(store.name, SourceKind.ORDERS)


def _broken(store: Store, reading: Reading) -> OrdersFileError:
    problems = reading.problems
    more = f"; and {len(problems) - _NAMED} more" if len(problems) > _NAMED else ""
    return OrdersFileError(
        f"{len(problems)} of {len(problems) + len(reading.orders)} orders in {store.path} could not be read: "
        f"{'; '.join(problems[:_NAMED])}{more}.",
        safe="The other orders were taken in.",
        todo="`deskterm doctor` and `!` list each. Mend them in the file, or export it anew.",
    )

"""Reading a store's file of parcels, if it has changed."""

from zoneinfo import ZoneInfo

from deskterm.config.store import Store
from deskterm.domain.sources import Failure, Source, SourceKind, SourcePart
from deskterm.errors import OrdersFileError
from deskterm.storage import reported_tracking, sources
from deskterm.storage.schema.database import Database
from deskterm.sync.source_reports import name_what_is_kept
from deskterm.sync.stores.exports.folder import list_files, mark_files
from deskterm.sync.stores.exports.shipments import read_parcels

_NAMED = 5  # rows that are named one by one


def read_shipments(store: Store, zone: ZoneInfo, db: Database, now: int) -> int:
    """Store the parcels of the file or watched folder; returns how many are new or changed.

    OrdersFileError names what could not be read; the rest is taken in all the same.
    """
    source = Source(store.name, SourceKind.ORDERS, SourcePart.TRACKING)
    with name_what_is_kept(db, source, "tracking numbers"):
        files = list_files(store, "shipments")
    mark = mark_files(files, store, zone)
    with db.read() as tx:
        if sources.cursor(tx, source) == mark and sources.failure(tx, source) is Failure.NONE:
            return 0
    changed, problems = 0, []
    for file in files:
        with name_what_is_kept(db, source, "tracking numbers"):
            reading = read_parcels(file, store, zone)
        problems += [f"{file.name}, {words}" for words in reading.problems]
        with db.write() as tx:
            changed += reported_tracking.keep(tx, store.name, reading.parcels)
    with db.write() as tx:
        sources.mark_complete(tx, source, complete_to=now, at=now)
        sources.keep_cursor(tx, source, mark)
    if problems:
        more = f"; and {len(problems) - _NAMED} more" if len(problems) > _NAMED else ""
        raise OrdersFileError(
            f"{len(problems)} rows of {store.shipments} could not be read: "
            f"{'; '.join(problems[:_NAMED])}{more}.",
            safe="The other parcels were taken in.",
            todo="Mend them in the file, or export it again.",
        )
    return changed

"""Forgets a customer: in the database and, if wished, in its copies."""

from pathlib import Path

from deskterm.config.paths import Home
from deskterm.desk.upkeep.backups import Backups
from deskterm.domain.people.customers import Erased
from deskterm.errors import DesktermError, NotFound
from deskterm.storage.schema.database import Database
from deskterm.storage.schema.migrate import newest, open_database
from deskterm.storage.upkeep import backup, forget
from deskterm.storage.upkeep.in_use import exclusive_use
from deskterm.value_class import dataclass


@dataclass(frozen=True, slots=True)
class Copies:
    """Copies of the database: `cleaned` of the person, `removed` as a whole, still `holding` them."""

    cleaned: tuple[Path, ...] = ()
    removed: tuple[Path, ...] = ()
    holding: tuple[Path, ...] = ()


class CustomerEraser:
    """Erases a customer from one home. No desk may be open: it would show what is gone."""

    def __init__(self, home: Home) -> None:
        self._home = home

    def find_person(self, address: str, *, copies: bool = False) -> frozenset[str]:
        """All addresses of the person behind one, normalised. Raises NotFound.

        With `copies`, a person who is only in a copy is found too. An earlier erasure that was interrupted is
        finished first.
        """
        db = open_database(self._home.database)
        try:
            with db.read() as tx:
                owed = forget.is_scrub_owed(tx)
        finally:
            db.close()
        if owed:
            with exclusive_use(self._home.database):
                forget.scrub(self._home.database)
        try:
            return self._find_copies(db, address)
        except NotFound:
            alone_in_copies = frozenset({address.strip().casefold()})
            if copies and self.holding(alone_in_copies):
                return alone_in_copies
            raise

    @staticmethod
    def _find_copies(db: Database, address: str) -> frozenset[str]:
        try:
            with db.read() as tx:
                return forget.find(tx, address)
        finally:
            db.close()

    def erase(self, keys: frozenset[str]) -> Erased:
        """Erase the person with these addresses; afterwards their bytes are gone from the file and its WAL.

        Raises DatabaseBusy while a desk is open, NotNow while a reply to them is on its way.
        """
        with exclusive_use(self._home.database):
            return _describe_erased(self._home.database, keys)

    def erase_wire_log(self) -> tuple[Path, ...]:
        """Remove the wire log as a whole, since it may hold anyone's mail; gives its files."""
        files = self._home.wire_log_files
        for file in files:
            file.unlink(missing_ok=True)
        return files

    def holding(self, keys: frozenset[str]) -> tuple[Path, ...]:
        """The backups and copies that hold the person, or cannot be read."""
        return tuple(path for path in Backups(self._home).copies() if _holds(path, keys))

    def erase_copies(self, keys: frozenset[str]) -> Copies:
        """Erase the person from the copies too; a damaged or older-schema copy is removed as a whole."""
        cleaned, removed = [], []
        for path in self.holding(keys):
            if _clean(path, keys):
                cleaned.append(path)
            else:
                removed.append(path)
                for end in ("", "-wal", "-shm"):
                    path.with_name(path.name + end).unlink(missing_ok=True)
        return Copies(tuple(cleaned), tuple(removed))


def _holds(path: Path, keys: frozenset[str]) -> bool:
    try:
        return backup.holds(path, keys)
    except DesktermError:
        return True


def _clean(path: Path, keys: frozenset[str]) -> bool:
    """Erase the person from a copy; gives whether that worked."""
    try:
        if backup.check(path).version != newest():
            return False
        _describe_erased(path, keys, waiting_too=True)
    except DesktermError:
        return False
    return True


def _describe_erased(path: Path, keys: frozenset[str], *, waiting_too: bool = False) -> Erased:
    with backup.writing(path) as tx:
        erased = forget.erase(tx, keys, waiting_too=waiting_too)
    forget.scrub(path)
    return erased

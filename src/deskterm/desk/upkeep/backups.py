"""The daily backups, and restoring one."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from deskterm.config.paths import Home
from deskterm.desk.upkeep.export import refuse_existing
from deskterm.domain import backups
from deskterm.domain.backups import Contents
from deskterm.errors import DatabaseDamaged, DesktermError, NotFound, NotNow, StorageError
from deskterm.storage.upkeep import backup, forget_again
from deskterm.value_class import dataclass


@dataclass(frozen=True, slots=True)
class Backup:
    """One backup on the disk. `at` is UTC seconds, `size` bytes."""

    path: Path
    at: int
    size: int


@dataclass(frozen=True, slots=True)
class Restored:
    """What was restored: source, contents, and where the replaced database is kept (None: there was none).

    `again` are the addresses of customers forgotten since the backup was made, and forgotten in it now; None
    if the replaced database is too damaged to tell.
    """

    source: Path
    contents: Contents
    kept: Path | None
    again: tuple[str, ...] | None = ()


class ForgottenCustomer:
    """Forgets in a copy the customers the database has forgotten; `found` are their addresses or None."""

    def __init__(self, since: Path) -> None:
        self._since = since
        self.found: tuple[str, ...] | None = ()

    def again(self, copy: Path) -> None:
        """Erase them from the copy."""
        if not self._since.exists():
            return
        try:
            kept = forget_again.erasures_of(self._since)
        except StorageError:
            self.found = None
        else:
            self.found = forget_again.erase_again(copy, kept)


class Backups:
    """The backups of one home. They need no open database, so they work if it is damaged."""

    def __init__(self, home: Home) -> None:
        self._home = home

    def listing(self) -> tuple[Backup, ...]:
        """The daily backups, newest first."""
        found = ((path, backups.made_at(path.name)) for path in self._home.backups.iterdir())
        listed = (Backup(path, at, path.stat().st_size) for path, at in found if at is not None)
        return tuple(sorted(listed, key=lambda one: one.at, reverse=True))

    def is_due(self, now: int) -> bool:
        """Whether the newest is older than a day."""
        return backups.is_backup_due([one.at for one in self.listing()], now) and self._home.database.exists()

    def make(self, now: int, stopped: Callable[[], bool] = lambda: False) -> Path:
        """Make today's backup and drop those not kept. Raises StorageError, and NotNow if stopped.

        The caller makes sure that only one process does this at a time.
        """
        path = self._home.backups / backups.name(now)
        for left in self._home.backups.glob(".desk-*.part*"):  # left by a killed process
            left.unlink(missing_ok=True)
        backup.copy(self._home.database, path, stopped)
        listed = self.listing()
        keep = backups.backups_to_keep([one.at for one in listed], now)
        for old in listed:
            if old.at not in keep:
                old.path.unlink()
        self._clear_aside()
        return path

    def _clear_aside(self) -> None:
        """Drop old copies beside the database, once a backup is complete: never the only good copy."""
        kept = {path.name: path for path in self.aside()}
        for name in backups.copies_to_remove(kept):
            for end in ("", "-wal", "-shm"):
                kept[name].with_name(name + end).unlink(missing_ok=True)

    def make_to(self, path: Path, *, over: bool = False) -> Contents:
        """Make a copy where the owner wants it. NotNow if the file exists, unless `over`."""
        refuse_existing(path, over=over)
        if path.resolve() == self._home.database.resolve():
            raise NotNow("That is the database itself.", safe="It was not changed.")
        return backup.copy(self._home.database, path.absolute())

    def refuse_lost(self) -> None:
        """Raise DatabaseDamaged if there are backups but the database is gone or empty."""
        database = self._home.database
        if not (database.exists() and database.stat().st_size) and self.listing():
            raise DatabaseDamaged(
                f"The database {database} is gone, or was emptied.",
                safe=f"Its backups are in {self._home.backups}.",
                todo="Run `deskterm restore`. To begin with nothing, move that folder away.",
            )

    def find(self, named: str = "") -> Path:
        """The backup with that name or path; without one, the newest. Raises NotFound."""
        if named and (path := Path(named).expanduser()).is_file():  # nothing is created to find it
            return path.absolute()
        if named and (path := self._home.backups / named).is_file():
            return path.absolute()
        if not named and (listed := self.listing()):
            return listed[0].path
        raise NotFound(
            f"There is no backup {named}." if named else "There is no backup yet.",
            todo="`deskterm restore --list` lists the backups.",
        )

    def check(self, path: Path) -> Contents:
        """Check a backup and give its contents. Raises StorageError or NotFound."""
        return backup.check(path)

    def newest_sound(self) -> Path | None:
        """The newest intact backup, or None."""
        for one in self.listing():
            try:
                backup.check(one.path)
            except DesktermError:
                continue
            return one.path
        return None

    def restore(self, path: Path, now: int) -> Restored:
        """Replace the database by a backup; the replaced one is kept beside it.

        Raises DatabaseBusy while a desk is open, StorageError for a damaged backup.
        """
        return self.put_back(path, self.place_for("replaced", now), now)

    def put_back(self, path: Path, kept: Path, now: int) -> Restored:
        """As `restore`, with another name for the replaced database."""
        database, forgotten = self._home.database, ForgottenCustomer(self._home.database)
        stood = database.exists()
        contents = backup.put_back(path, database, kept, now, forgotten.again)
        return Restored(path, contents, kept if stood else None, forgotten.found)

    def place_for(self, why: str, now: int) -> Path:
        """A free name beside the database: desk.db.replaced-2026-11-20T091400Z."""
        stamp = datetime.fromtimestamp(now, UTC).strftime("%Y-%m-%dT%H%M%SZ")
        plain = self._home.database.with_name(f"{self._home.database.name}.{why}-{stamp}")
        number, path = 1, plain
        while path.exists():
            number += 1
            path = plain.with_name(f"{plain.name}.{number}")
        return path

    def copies(self) -> tuple[Path, ...]:
        """All files that hold an earlier state of the database: backups and copies kept beside it."""
        return (*(one.path for one in self.listing()), *self.aside())

    def aside(self) -> tuple[Path, ...]:
        """Copies kept beside the database: replaced, damaged, or from before an upgrade."""
        beside = self._home.database.parent.glob(f"{self._home.database.name}.*-*")
        return tuple(sorted(path for path in beside if not path.name.endswith(("-wal", "-shm", ".part"))))

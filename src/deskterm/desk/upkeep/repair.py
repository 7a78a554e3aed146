"""What the doctor can repair: permissions, indexes, counts, and a damaged database from a backup."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path

from deskterm.config.paths import Home
from deskterm.desk.upkeep.backups import Backups
from deskterm.desk.upkeep.home_checks import open_to_others
from deskterm.errors import DatabaseDamaged, NotFound
from deskterm.storage.schema.migrate import open_database
from deskterm.storage.upkeep import backup, rebuild
from deskterm.storage.upkeep.in_use import exclusive_use
from deskterm.storage.upkeep.rebuild import Harm
from deskterm.value_class import dataclass

Agreed = Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class Mended:
    """One repair, or one left undone (`undone`). `sync`: mail has to be fetched again."""

    what: str
    undone: bool = False
    sync: bool = False


def repair(home: Home, now: int, agreed: Agreed) -> tuple[Mended, ...]:
    """Repair what can be repaired; `agreed` is asked before a backup replaces the database.

    Nothing is deleted: a damaged file is kept beside it. Raises DatabaseBusy while a desk is open.
    """
    return (*_rights(home), *_database(home, now, agreed))


def _rights(home: Home) -> Iterator[Mended]:
    shut = [home.database] if home.database.exists() and not os.access(home.database, os.W_OK) else []
    for path in dict.fromkeys((*shut, *open_to_others(home))):
        try:
            path.chmod(0o700 if path.is_dir() else 0o600)
        except OSError as error:
            yield Mended(f"The permissions of {path} cannot be changed: {error.strerror}.", undone=True)
        else:
            yield Mended(f"{path} can now be read and written by you alone.")


def _database(home: Home, now: int, agreed: Agreed) -> Iterator[Mended]:
    path = home.database
    if not path.exists() and not Backups(home).listing():
        return
    with exclusive_use(path):
        harm = _harm(home)
        if harm is Harm.SEARCH:
            kept = Backups(home).place_for("damaged", now)
            rebuild.carry_over(path, kept)
            yield Mended(f"The search index was rebuilt. The damaged file is kept as {kept}.")
        if harm is not Harm.ROWS:
            yield from _worked_out(path)
    if harm is Harm.ROWS:
        yield _from_backup(home, now, agreed)


def _worked_out(path: Path) -> Iterator[Mended]:
    """Rebuild what is derived from the rows, if it does not match them."""
    if rebuild.search_index(path):
        yield Mended("The search index was rebuilt.")
    if rebuild.indexes(path):
        yield Mended("The tables' indexes were rebuilt.")
    rebuild.forget_samples(path)
    differed = rebuild.counts(path)
    if differed:
        yield Mended(f"The counts and places of {differed} tickets were corrected.")


def _harm(home: Home) -> Harm:
    """What is damaged. Raises DatabaseTooNew and other errors that are no damage."""
    try:
        return rebuild.harm(home.database) if backup.version(home.database) else Harm.ROWS
    except (DatabaseDamaged, NotFound):
        return Harm.ROWS


def _from_backup(home: Home, now: int, agreed: Agreed) -> Mended:
    backups = Backups(home)
    found = backups.newest_sound()
    kept = backups.place_for("damaged", now)
    question = (
        f"The database is damaged or gone. Restore the backup {found.name}? The present file is kept."
        if found
        else "The database is damaged, and there is no backup. Start a new one? The damaged one is kept."
    )
    if not agreed(question):
        return Mended("The damaged database was not changed.", undone=True)
    if found:
        done = backups.put_back(found, kept, now)
        where = f" The damaged database is kept as {kept}." if done.kept else ""
        who = " Customers you forgot since it was made may be back." if done.again is None else ""
        return Mended(f"The backup {found} was restored.{where}{who}", sync=True)
    backup.begin_anew(home.database, kept)
    open_database(home.database).close()
    return Mended(f"A new database was started. The damaged one is kept as {kept}.", sync=True)

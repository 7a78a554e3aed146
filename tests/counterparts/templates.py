"""Ready-made databases: creating one waits for the disk a dozen times, copying one does not."""

import shutil
import tempfile
from functools import cache
from pathlib import Path

from deskterm.storage.schema.migrate import migrate


def fresh(path: Path) -> Path:
    """A new database at `path`, of the newest schema. Gives the path."""
    return copied(migrate, path)


def copied(make, path: Path) -> Path:
    """A copy, at `path`, of the database that `make` makes once: it is given another path. Gives the path."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    shutil.copy(_made(make), path)
    return path


@cache
def _made(make) -> Path:
    path = _folder() / f"{make.__module__}.{make.__name__}" / "desk.db"
    path.parent.mkdir()
    make(path)
    return path


def cleared() -> None:
    """Delete the templates."""
    if _folder.cache_info().currsize:
        shutil.rmtree(_folder(), ignore_errors=True)


@cache
def _folder() -> Path:
    return Path(tempfile.mkdtemp(prefix="templates-"))

"""The files of an export: a single one, or those of a watched folder, and whether they changed."""

from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from zoneinfo import ZoneInfo

from deskterm.config.store import Store
from deskterm.errors import OrdersFileError

ROWS = frozenset({".csv", ".txt", ".tsv"})
ROWS_OR_JSON = ROWS | {".json", ".jsonl", ".ndjson"}


def list_files(store: Store, setting: str = "path", suffixes: frozenset[str] = ROWS) -> list[Path]:
    """The file that a setting names, or the folder's files with such a suffix, oldest first.

    Raises OrdersFileError for neither.
    """
    place = Path(getattr(store, setting))
    try:
        if not place.is_dir():
            place.stat()
            return [place]
        found = [
            one for one in place.iterdir() if one.suffix.lower() in suffixes and not one.name.startswith(".")
        ]
        return sorted(found, key=lambda one: (one.stat().st_mtime_ns, one.name))
    except OSError as error:
        raise missing_file(store, setting, error) from error


def missing_file(store: Store, setting: str, error: OSError) -> OrdersFileError:
    """The error for the file that a setting names, if it cannot be read."""
    kind = "orders" if setting == "path" else setting
    return OrdersFileError(
        f"The {kind} file {getattr(store, setting)} cannot be read: {error.strerror}.",
        todo=f"Put it there, or name another as `{setting}` of this store in config.toml.",
    )


def mark_files(files: Sequence[Path], store: Store, zone: ZoneInfo) -> str:
    """A value that changes when the files do (names, times, sizes) or the settings they are read with."""
    found = [(one.name, one.stat()) for one in files]
    settings = repr((store.currency, sorted(store.status.items()), zone.key))
    stamps = [f"{name}:{stat.st_mtime_ns}:{stat.st_size}" for name, stat in found]
    return ";".join([*stamps, sha256(settings.encode()).hexdigest()[:12]])

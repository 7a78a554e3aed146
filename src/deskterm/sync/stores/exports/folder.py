"""The files of an export: a single one, or those of a watched folder, and whether they changed."""

from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from zoneinfo import ZoneInfo

from deskterm.config.store import Store

ROWS = frozenset({".csv", ".txt", ".tsv"})
ROWS_OR_JSON = ROWS | {".json", ".jsonl", ".ndjson"}


def list_files(path: str, suffixes: frozenset[str] = ROWS) -> list[Path]:
    """The file, or the folder's files with such a suffix, oldest first. Raises OSError for neither."""
    place = Path(path)
    if not place.is_dir():
        place.stat()
        return [place]
    found = [
        one for one in place.iterdir() if one.suffix.lower() in suffixes and not one.name.startswith(".")
    ]
    return sorted(found, key=lambda one: (one.stat().st_mtime_ns, one.name))


def mark_files(files: Sequence[Path], store: Store, zone: ZoneInfo) -> str:
    """A value that changes when the files do (names, times, sizes) or the settings they are read with."""
    found = [(one.name, one.stat()) for one in files]
    settings = repr((store.currency, sorted(store.status.items()), zone.key))
    stamps = [f"{name}:{stat.st_mtime_ns}:{stat.st_size}" for name, stat in found]
    return ";".join([*stamps, sha256(settings.encode()).hexdigest()[:12]])

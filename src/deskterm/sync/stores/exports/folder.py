"""Listing the files of an export: a single one, or those of a watched folder."""

from pathlib import Path

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

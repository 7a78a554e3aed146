"""Exports everything: mails as mbox, all rows as JSON or as tables (CSV)."""

import csv
import json
import os
import re
import secrets
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from io import TextIOWrapper
from pathlib import Path
from typing import IO

from deskterm.domain.tables import cell
from deskterm.errors import DiskFull, NotNow
from deskterm.storage.schema.database import Database, Tx
from deskterm.storage.upkeep import export
from deskterm.storage.upkeep.export import Values

_FROM = re.compile(rb"^(>*From )", re.MULTILINE)
_UNFIT = re.compile(r"[^!-~]")
_TABLES: dict[str, Callable[[Tx], Iterable[Values]]] = {
    "customers": export.customers,
    "tickets": export.tickets,
    "messages": export.messages,
    "orders": export.orders,
    "events": export.events,
}


class Export:
    """Writes the database's contents into files only their owner can read, each complete or not at all."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def mbox(self, path: Path, *, over: bool = False) -> dict[Path, int]:
        """All original mails, oldest first, as mboxrd (see RFC 4155); gives how many. No notes.

        The owner's replies go into a separate file (desk-sent.mbox): nothing in an mbox tells them apart, and
        `deskterm import` must be told.
        """
        sent = path.with_name(f"{path.stem}-sent{path.suffix or '.mbox'}")
        with export.one_moment(self._db) as tx:
            return {
                file: _mbox(file, export.originals(tx, ours=ours), over=over)
                for file, ours in ((path, False), (sent, True))
            }

    def json(self, path: Path, now: int, *, over: bool = False) -> dict[str, int]:
        """All rows as one JSON document; gives how many of each. The original mails are in the mbox."""
        counts = {}
        with _new(path, over=over) as file, export.one_moment(self._db) as tx:
            text = TextIOWrapper(file, encoding="utf-8", write_through=True)
            stamp = datetime.fromtimestamp(now, UTC).isoformat()
            text.write(f'{{"format": "deskterm 1", "exported_at": "{stamp}"')
            for name, rows in _TABLES.items():
                text.write(f',\n"{name}": [')
                counts[name] = _json_rows(text, rows(tx))
                text.write("]")
            text.write("}\n")
            text.detach()
        return counts

    def csv(self, path: Path, *, over: bool = False) -> dict[Path, int]:
        """One file per table, named after `path` (desk-tickets.csv ...); gives the number of rows of each.

        Text that a spreadsheet would read as a formula is made harmless.
        """
        counts = {}
        with export.one_moment(self._db) as tx:
            for name, rows in _TABLES.items():
                table = path.with_name(f"{path.stem}-{name}{path.suffix or '.csv'}")
                with _new(table, over=over) as file:
                    counts[table] = _csv_rows(file, rows(tx))
        return counts


def _mbox(path: Path, mails: Iterable[tuple[str, int, bytes]], *, over: bool) -> int:
    count = 0
    with _new(path, over=over) as file:
        for count, (sender, at, raw) in enumerate(mails, 1):  # noqa: B007 - counted
            file.write(_separator(sender, at))
            file.write(_FROM.sub(rb">\1", raw.replace(b"\r\n", b"\n")))
            file.write(b"\n" if raw.endswith(b"\n") else b"\n\n")
    return count


def _json_rows(text: TextIOWrapper, rows: Iterable[Values]) -> int:
    count = 0
    for count, row in enumerate(rows, 1):
        text.write(",\n" if count > 1 else "\n")
        text.write(json.dumps(row, ensure_ascii=False).encode("utf-8", "replace").decode())
    return count


def _csv_rows(file: IO[bytes], rows: Iterable[Values]) -> int:
    text = TextIOWrapper(file, encoding="utf-8-sig", errors="replace", newline="", write_through=True)
    writer, count = csv.writer(text), 0
    for count, row in enumerate(rows, 1):
        if count == 1:
            writer.writerow(row)
        writer.writerow([cell(value) for value in row.values()])
    text.detach()
    return count


def _separator(sender: str, at: int) -> bytes:
    """The line before a mail (RFC 4155, appendix A), in UTC."""
    who = _UNFIT.sub("", sender) or "MAILER-DAEMON"
    return f"From {who} {datetime.fromtimestamp(max(at, 0), UTC):%a %b %e %H:%M:%S %Y}\n".encode()


def refuse_existing(path: Path, *, over: bool) -> None:
    """Raise NotNow if a file to be written exists, unless it may be written `over`."""
    if path.exists() and not over:
        raise NotNow(
            f"{path} already exists.",
            safe="It was not changed.",
            todo="Name another file, or use --force.",
        )


@contextmanager
def _new(path: Path, *, over: bool) -> Iterator[IO[bytes]]:
    """A new file (mode 0600) that gets its name once complete. NotNow if it exists, unless `over`."""
    refuse_existing(path, over=over)
    part = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    try:
        with os.fdopen(os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)
    except OSError as error:
        raise DiskFull(
            f"{path} cannot be written: {error.strerror}.",
            safe="Nothing is lost; the incomplete file was removed.",
            todo="Make room, or choose another place.",
        ) from error
    finally:
        part.unlink(missing_ok=True)

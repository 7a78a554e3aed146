"""mbox files (RFC 4155 and its older kin), read as a stream: the file may be of any size.

mboxrd and mboxo are read alike: one `>` is taken off lines of `>From `, `>>From `
and so on. That is exact for mboxrd; in an mboxo file a line a writer began
with `>From ` loses its mark, which no reader can tell.
"""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BufferedReader
from pathlib import Path

from deskterm.errors import ServerRefused
from deskterm.sync.batches import BEGINNING, LARGEST, FetchedMail

_SEPARATOR = re.compile(rb"From \S+.*\d{4}(?: [+-]\d{4})?\s*$")
_QUOTED = re.compile(rb">+From ")
_BLANK = (b"\n", b"\r\n")
_LINE = 1_000_000  # bytes read of one line at once


def mails(path: Path) -> Iterator[FetchedMail]:
    """Every mail of the file, in its order; `uid` counts from 1, `name` is where it begins in the file."""
    try:
        with path.open("rb") as file:
            yield from _mails(file, file.readline(_LINE))
    except OSError as error:
        raise ServerRefused(
            f"{path} cannot be read: {error.strerror}.", safe="What was imported before is kept."
        ) from error


def _mails(file: BufferedReader, separator: bytes) -> Iterator[FetchedMail]:
    if not separator.startswith(b"From "):
        raise ServerRefused(
            f"{file.name} is no mbox file: it does not begin with `From `.", safe="Nothing was imported."
        )
    uid, begins = 1, 0
    while separator:
        raw, size, following, next_begins = _one(file)
        yield FetchedMail(uid, str(begins), _at(separator), raw, size)
        separator, begins, uid = following, next_begins, uid + 1


def _one(file: BufferedReader) -> tuple[bytes, int, bytes, int]:
    """One mail up to the next separator: (bytes, size, the separator, where that begins)."""
    lines: list[bytes] = []
    size = kept = 0
    before, fresh = b"\n", True  # the line before; whether a line begins here
    while line := file.readline(_LINE):
        if fresh and before in _BLANK and _SEPARATOR.match(line):
            return (*_finish_mail(lines, size, before), line, file.tell() - len(line))
        text = line[1:] if fresh and _QUOTED.match(line) else line
        before, fresh = line, line.endswith(b"\n")
        size += len(text)
        if kept < LARGEST:
            lines.append(text)
            kept += len(text)
    return (*_finish_mail(lines, size, before), b"", file.tell())


def _finish_mail(lines: list[bytes], size: int, last: bytes) -> tuple[bytes, int]:
    """The mail's bytes and size, without the blank line that the file puts between mails."""
    blank = len(last) if lines and last in _BLANK else 0
    size -= blank
    raw = b"".join(lines)
    return (raw[:BEGINNING] if size > LARGEST else raw[:size]), size


def _at(separator: bytes) -> int | None:
    """When a mail arrived, as its separator says: in UTC (RFC 4155)."""
    words = separator.decode("latin-1").split()[2:7]
    try:
        return int(datetime.strptime(" ".join(words), "%a %b %d %H:%M:%S %Y").replace(tzinfo=UTC).timestamp())
    except ValueError:
        return None

"""A Maildir as a mailbox: read without moving or renaming a file, and written to for delivery.

A mail's identity is the unique part of its file's name (before `:2,`), its
arrival the file's time. A subfolder `Sent` stands in `.Sent` (Maildir++).
"""

import hashlib
import os
from collections.abc import Generator
from dataclasses import replace
from pathlib import Path

from deskterm.domain.text import line
from deskterm.errors import ServerRefused, WireError
from deskterm.storage.mail.folders import Cursor
from deskterm.sync.batches import BEGINNING, BYTES_A_BATCH, LARGEST, MAILS_A_BATCH, Batch, FetchedMail

SENT = ".Sent"


def inbox(root: Path) -> Path:
    """The folder new mail comes into. ServerRefused where there is no Maildir."""
    if not (root / "cur").is_dir():
        raise ServerRefused(
            f"There is no Maildir at {root}.",
            safe="Everything read before is kept.",
            todo="Check `path` in config.toml: it is the folder that holds cur and new.",
        )
    return root


def sent_folder(root: Path, named: str) -> Path:
    """The folder for sent replies: the one named in the settings, else `.Sent`."""
    return root / (f".{named.removeprefix('.')}" if named else SENT)


def standing(folder: Path) -> dict[str, Path]:
    """Every mail of a folder by its unique name."""
    found: dict[str, Path] = {}
    for part in ("new", "cur"):
        try:
            with os.scandir(folder / part) as entries:
                found |= {_unique(entry.name): Path(entry.path) for entry in entries if _is_mail(entry)}
        except FileNotFoundError:
            continue
        except OSError as error:
            raise _unreadable(folder, error) from error
    return found


def batches(there: dict[str, Path], known: set[str], cursor: Cursor) -> Generator[Batch, None, None]:
    """The mails that are not stored yet, newest first; the last batch is empty and ends the folder."""
    missing = [(path, *_facts(path)) for name, path in there.items() if name not in known]
    missing.sort(key=lambda one: (one[1], one[0].name), reverse=True)
    group: list[FetchedMail] = []
    room, left = BYTES_A_BATCH, len(missing)
    for path, at, size in missing:
        if group and (len(group) == MAILS_A_BATCH or size > room):
            left -= len(group)
            yield Batch(tuple(group), cursor, left)
            group, room = [], BYTES_A_BATCH
        group += _read_file(path, at, size)
        room -= min(size, BEGINNING if size > LARGEST else size)
    if group:
        yield Batch(tuple(group), cursor)
    yield Batch((), replace(cursor, lowest_uid=1))


def deliver(folder: Path, raw: bytes, message_id: str, at: int) -> None:
    """Put a reply into that folder's cur, as read. Doing it again changes nothing.

    The name is made of the Message-ID, so a crash between delivery and its
    being noted cannot make two.
    """
    try:
        for part in ("tmp", "new", "cur"):
            (folder / part).mkdir(mode=0o700, parents=True, exist_ok=True)
        unique = f"{at}.{hashlib.blake2b(message_id.encode(), digest_size=12).hexdigest()}.deskterm"
        written = folder / "tmp" / f"{unique}.{os.getpid()}"
        _write_through(written, raw)
        try:
            os.link(written, folder / "cur" / f"{unique}:2,S")
        except FileExistsError:
            pass
        finally:
            written.unlink()
    except OSError as error:
        raise ServerRefused(
            f"The reply cannot be put into {folder}: {error.strerror}.",
            safe="The reply stays in the outbox.",
            todo="Make room on the disk, or mend the folder's rights.",
        ) from error


def _write_through(path: Path, raw: bytes) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(raw)
        file.flush()
        os.fsync(file.fileno())


def _is_mail(entry: os.DirEntry[str]) -> bool:
    return not entry.name.startswith(".") and not entry.is_dir(follow_symlinks=False)


def _unique(name: str) -> str:
    """The part of a file name that never changes; invalid UTF-8 is replaced, so that it can be stored."""
    return os.fsencode(name.partition(":")[0]).decode("utf-8", "backslashreplace")


def _facts(path: Path) -> tuple[int, int]:
    try:
        state = path.stat()
    except OSError:
        return 0, 0
    return int(state.st_mtime), state.st_size


def _read_file(path: Path, at: int, size: int) -> list[FetchedMail]:
    """The mail; nothing if it cannot be read, or another program has just moved it: tried again later.

    A pipe or a device is no mail: reading it might never end.
    """
    try:
        if not path.is_file():
            return []
        with path.open("rb") as file:
            raw = file.read(BEGINNING if size > LARGEST else -1)
    except OSError:
        return []
    return [FetchedMail(0, _unique(path.name), at, raw, size)]


def _unreadable(path: Path, error: OSError) -> WireError:
    return ServerRefused(
        f"{line(str(path))} cannot be read: {error.strerror}.",
        safe="Everything read before is kept.",
        todo="Mend the rights of the Maildir.",
    )

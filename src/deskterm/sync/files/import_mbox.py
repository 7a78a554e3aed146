"""Importing an mbox file: an old archive, or another program's export."""

from collections.abc import Callable, Generator
from dataclasses import replace
from pathlib import Path
from threading import Event

from deskterm.domain.desk_state import Progress
from deskterm.intake.values import Context
from deskterm.storage.mail.folders import Cursor
from deskterm.storage.schema.database import Database
from deskterm.sync.batches import BYTES_A_BATCH, MAILS_A_BATCH, Batch, FetchedMail
from deskterm.sync.files import mbox
from deskterm.sync.mail_in import MailIn

_MEGABYTE = 1_000_000
ACCOUNT = "import"  # mail of no server


def import_mbox(
    path: Path, db: Database, context: Context, report: Callable[[Progress], None], stop: Event, *, role: str
) -> int:
    """Take in a file's mails and give how many were read; `role` is inbox or sent.

    Doing it again changes nothing, and goes on where it stopped. What was
    written in the past is history: its statuses are inferred. Raises WireError
    for a file that is no mbox, StorageError for a database that refuses.
    """
    mail_in = MailIn(db, context, report, stop, words=f"reading {path.name}")
    cursor = mail_in.cursor(ACCOUNT, str(path.absolute()), role)
    size = path.stat().st_size if path.exists() else 0
    if cursor.uidvalidity != size:  # another file of that name, or one that grew: read from its start
        cursor = replace(cursor, uidvalidity=size, highest_uid=0, lowest_uid=0)
    if mail_in.take(_batches(path, cursor, size), replace(cursor, complete_to=0)):
        mail_in.infer_history(context.now)
    return mail_in.count


def _batches(path: Path, cursor: Cursor, size: int) -> Generator[Batch, None, None]:
    group: list[FetchedMail] = []
    room = BYTES_A_BATCH
    for one in mbox.mails(path):
        if one.uid <= cursor.highest_uid:
            continue
        if group and (len(group) == MAILS_A_BATCH or len(one.raw) > room):
            cursor = replace(cursor, highest_uid=group[-1].uid)
            read = (int(one.name) // _MEGABYTE, max(1, size // _MEGABYTE))
            yield Batch(tuple(group), cursor, None, megabytes=read)
            group, room = [], BYTES_A_BATCH
        group.append(one)
        room -= len(one.raw)
    if group:
        whole = (max(1, size // _MEGABYTE),) * 2
        cursor = replace(cursor, highest_uid=group[-1].uid, lowest_uid=1)
        yield Batch(tuple(group), cursor, megabytes=whole)

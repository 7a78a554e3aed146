"""Servers that renumber a folder's mails in every session: reported after the third time in a row."""

from deskterm.domain.sources import Source, SourcePart
from deskterm.errors import ServerNonsense
from deskterm.storage import desk_facts
from deskterm.storage.mail.folders import Cursor
from deskterm.storage.schema.database import Database
from deskterm.sync import source_reports

_TELL_AT = 3  # sessions in a row; once or twice is a server that was moved or mended


def note_renumbering(db: Database, account: str, folder: Cursor, host: str, now: int) -> None:
    """Note that a folder was renumbered; report it after the third time in a row."""
    with db.write() as tx:
        times = int(desk_facts.get_fact(tx, _key(folder), "0")) + 1
        desk_facts.set_fact(tx, _key(folder), str(times))
    if times >= _TELL_AT:
        error = ServerNonsense(
            f"{host} numbers the mails of {folder.name} anew in every session.",
            safe="None is lost or comes twice: each is known by its Message-ID and its content.",
            todo="Every sync reads the whole folder. Tell the mail host that its UIDVALIDITY changes.",
        )
        source_reports.report_failed(db, _source(account, folder), error, now)


def steady(db: Database, account: str, folder: Cursor) -> None:
    """Note that a folder was not renumbered."""
    with db.read() as tx:
        if desk_facts.get_fact(tx, _key(folder), "0") == "0":
            return
    with db.write() as tx:
        desk_facts.set_fact(tx, _key(folder), "0")
    source_reports.forget_failure(db, _source(account, folder))


def _key(folder: Cursor) -> str:
    return f"numbered anew {folder.id}"


def _source(account: str, folder: Cursor) -> Source:
    return Source(account, part=SourcePart.NUMBERING, folder=folder.name)

"""Fetching the rest of a mail that was too large, when the owner asks for it."""

import time
from pathlib import Path
from threading import Event

from deskterm.config.paths import Home
from deskterm.config.secret.secrets import Secrets
from deskterm.config.settings_file import Mailbox, Settings
from deskterm.domain.desk_state import Progress, Report
from deskterm.errors import NotFound, NotNow
from deskterm.mail.read import read_mail
from deskterm.storage import tickets
from deskterm.storage.mail import folders, messages, originals
from deskterm.storage.mail.folders import Cursor, MailPlace
from deskterm.storage.schema.database import Database
from deskterm.sync.child import run_in_child
from deskterm.sync.files import maildir
from deskterm.sync.imap.connection import Connection
from deskterm.sync.locks import account_lock
from deskterm.value_class import dataclass

MOST = 80_000_000  # bytes; taking it in needs three times as much memory
_PIECE = 1_000_000
_MEGABYTE = 1_000_000
_Found = tuple[Mailbox, Cursor, MailPlace]


@dataclass(frozen=True, slots=True)
class RestOfMail:
    """Fetches what is missing of a ticket's mails. It can be pickled."""

    ticket_id: int
    settings: Settings
    home: Home
    secrets: Secrets

    def fetch_in_child(self, report: Report, stop: Event) -> list[int]:
        """As `fetch`, but in a child process, for programs with a screen."""
        return run_in_child(self.settings, self.home, self.fetch, report, stop)

    def fetch(self, db: Database, report: Report, stop: Event) -> list[int]:
        """Fetch what is missing and put it in its place; returns the mails' sizes in bytes.

        NotNow when a mail is too large for this program, a sync reads the mailbox or `stop` is
        set; NotFound when nothing is missing, or it has gone from where it was; a WireError when
        the server fails us. Whatever it ends with, the mails' beginnings are kept.
        """
        with db.read() as tx:
            waiting = originals.partial(tx, tickets.root(tx, self.ticket_id))
        if not waiting:
            raise NotFound(f"All mails of T{self.ticket_id} are here whole.")
        return [self._fetch(db, one, report, stop) for one in waiting]

    def _fetch(self, db: Database, message_id: int, report: Report, stop: Event) -> int:
        with db.read() as tx:
            begun = messages.original(tx, message_id)
            size = originals.missing(tx, message_id) + len(begun)
        if size > MOST:
            raise NotNow(
                f"This mail has {size // _MEGABYTE} MB; deskterm takes in no more than {MOST // _MEGABYTE}.",
                safe="Its beginning is here, all of it is on the server.",
                todo="Open it in another mail program.",
            )
        progress = _RestProgress(size, report, stop)
        raw = self._whole(_standing(message_id, self.settings, db), progress)
        if not raw.startswith(begun):
            raise _is_gone()
        _store_rest(db, message_id, raw, self.settings.own_addresses)
        return len(raw)

    def _whole(self, found: _Found, progress: "_RestProgress") -> bytes:
        mailbox, cursor, place = found
        if mailbox.kind == "maildir":
            return _from_file(mailbox, cursor, place)
        with account_lock(self.home.locks, f"{mailbox.name} in") as ours:
            if not ours:
                raise NotNow(
                    f"{mailbox.name} is being read just now.",
                    safe="The mail's beginning is kept.",
                    todo="Try again when the sync is done.",
                )
            return _from_server(found, self.secrets.password(mailbox), progress)


class _RestProgress:
    """How far a mail of `size` bytes has come, told in megabytes, until it is stopped."""

    def __init__(self, size: int, report: Report, stop: Event) -> None:
        self.size, self._report, self._stop = size, report, stop
        self._began = time.time()

    def report_bytes(self, got: int) -> None:
        """Report progress. Raises NotNow if asked to stop."""
        if self._stop.is_set():
            raise NotNow("Stopped.", safe="The mail's beginning is kept; nothing was changed.")
        words = "fetching the rest of a mail, in MB"
        self._report(Progress(words, got // _MEGABYTE, max(1, self.size // _MEGABYTE), self._began))


def _from_server(found: _Found, secret: str, progress: _RestProgress) -> bytes:
    mailbox, cursor, place = found
    with Connection(mailbox, secret) as connection:
        if connection.examine(cursor.name).uidvalidity != cursor.uidvalidity:
            raise NotNow(f"The server has numbered {cursor.name} anew.", todo="Sync first, then try again.")
        raw = bytearray()
        while piece := connection.piece(place.uid, len(raw), _PIECE):
            raw += piece
            progress.report_bytes(len(raw))
            if len(piece) < _PIECE or len(raw) > progress.size + _PIECE:
                break
        return bytes(raw)


def _store_rest(db: Database, message_id: int, raw: bytes, own: frozenset[str]) -> None:
    read = read_mail(raw, own)
    with db.write() as tx:
        originals.complete(
            tx,
            message_id,
            raw,
            text=read.text,
            folds=read.folds,
            links=read.links,
            attachments=read.mail.attachments,
        )


def _standing(message_id: int, settings: Settings, db: Database) -> _Found:
    """The mail's place in an account that is still set up."""
    with db.read() as tx:
        places = {place.mailbox_id: place for place, gone in folders.places(tx, message_id) if not gone}
        for mailbox in settings.mailboxes:
            for cursor in folders.cursors(tx, mailbox.name):
                if cursor.id in places:
                    return mailbox, cursor, places[cursor.id]
    raise _is_gone()


def _from_file(mailbox: Mailbox, cursor: Cursor, place: MailPlace) -> bytes:
    root = maildir.inbox(Path(mailbox.path))
    folder = maildir.sent_folder(root, mailbox.sent) if cursor.role == "sent" else root
    path = maildir.standing(folder).get(place.name)
    if path is None:
        raise _is_gone()
    try:
        return path.read_bytes()
    except OSError:
        raise _is_gone() from None


def _is_gone() -> NotFound:
    return NotFound("This mail is no longer where it came from. Its beginning is kept here.")

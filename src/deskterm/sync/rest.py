"""The rest of a mail that was too large to fetch with the others, when the owner asks for it."""

from pathlib import Path

from deskterm.config.secrets import Secrets
from deskterm.config.settings import Mailbox, Settings
from deskterm.errors import NotFound, NotNow
from deskterm.mail.reading import read
from deskterm.storage import mailboxes, messages, originals
from deskterm.storage.database import Database
from deskterm.storage.mailboxes import Cursor, Place
from deskterm.sync import maildir
from deskterm.sync.imap import Connection

MOST = 80_000_000  # bytes; taking it in needs three times as much memory
_PIECE = 4_000_000
_Found = tuple[Mailbox, Cursor, Place]


def fetch_rest(message_id: int, settings: Settings, db: Database, secrets: Secrets) -> int:
    """Fetch what is missing of a mail and put it in its place; gives its size in bytes.

    NotNow when nothing is missing or it is too large for this program, NotFound
    when it has gone from where it was, a WireError when the server fails us.
    """
    with db.read() as tx:
        lacking = originals.missing(tx, message_id)
        begun = messages.original(tx, message_id) if lacking else b""
    if not lacking:
        raise NotNow("Nothing is missing of this mail.")
    size = lacking + len(begun)
    if size > MOST:
        raise NotNow(
            f"This mail has {size // 1_000_000} MB; deskterm takes in no more than {MOST // 1_000_000}.",
            safe="Its beginning is here, all of it is on the server.",
            todo="Open it in another mail program.",
        )
    raw = _whole(_standing(message_id, settings, db), size, secrets)
    if not raw.startswith(begun):
        raise _gone()
    _put(db, message_id, raw, settings.own_addresses)
    return len(raw)


def _put(db: Database, message_id: int, raw: bytes, own: frozenset[str]) -> None:
    mail = read(raw, own)
    with db.write() as tx:
        originals.complete(
            tx,
            message_id,
            raw,
            text=mail.text,
            folds=mail.folds,
            links=mail.links,
            attachments=mail.attachments,
        )


def _standing(message_id: int, settings: Settings, db: Database) -> _Found:
    """Where the mail stands, of accounts that are still set up."""
    with db.read() as tx:
        places = {place.mailbox_id: place for place, gone in mailboxes.places(tx, message_id) if not gone}
        for mailbox in settings.mailboxes:
            for cursor in mailboxes.cursors(tx, mailbox.name):
                if cursor.id in places:
                    return mailbox, cursor, places[cursor.id]
    raise _gone()


def _whole(found: _Found, size: int, secrets: Secrets) -> bytes:
    mailbox, cursor, place = found
    if mailbox.kind == "maildir":
        return _from_file(mailbox, cursor, place)
    with Connection(mailbox, secrets.password(mailbox)) as connection:
        if connection.examine(cursor.name).uidvalidity != cursor.uidvalidity:
            raise NotNow(f"The server has numbered {cursor.name} anew.", todo="Sync first, then try again.")
        raw = bytearray()
        while piece := connection.piece(place.uid, len(raw), _PIECE):
            raw += piece
            if len(piece) < _PIECE or len(raw) > size + _PIECE:
                break
        return bytes(raw)


def _from_file(mailbox: Mailbox, cursor: Cursor, place: Place) -> bytes:
    root = maildir.inbox(Path(mailbox.path))
    folder = maildir.sent(root, mailbox.sent) if cursor.role == "sent" else root
    path = maildir.standing(folder).get(place.name)
    if path is None:
        raise _gone()
    try:
        return path.read_bytes()
    except OSError:
        raise _gone() from None


def _gone() -> NotFound:
    return NotFound("This mail is no longer where it came from. Its beginning is kept here.")

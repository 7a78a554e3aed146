"""Reading an IMAP account: its folders and Sent, incrementally, each mail once."""

from dataclasses import replace

from deskterm.config.settings_file import Mailbox
from deskterm.errors import ServerRefused, WireError
from deskterm.storage.mail import folders as mailboxes
from deskterm.storage.mail.folders import Cursor
from deskterm.sync.imap import fetch_order, renumbering, vanished
from deskterm.sync.imap.connection import GMAIL, Connection, Folder
from deskterm.sync.imap.special_folders import find_all, find_sent
from deskterm.sync.line.failures import Busy
from deskterm.sync.mail_in import MailIn


def read_imap(mailbox: Mailbox, password: str, mail_in: MailIn, now: int) -> bool:
    """Read what is new; returns whether all folders were read to the end. Raises WireError.

    A first sync shows the newest mails, then reads Sent, so that answered
    tickets show as answered, then the rest. A folder that cannot be opened does
    not keep the others from being read, nor does a server that lists none.
    """
    try:
        with Connection(mailbox, password) as connection:
            reading = _Reading(connection, mail_in, mailbox.name, now)
            inboxes, sent = _folders(mailbox, connection, mail_in)
            reading.newest(inboxes, news_too=sent is None)
            replies = [(sent, "sent")] if sent else _find_sent(connection) if sent is None else []
            return reading.whole([*replies, *inboxes])
    except _Unlisted as unlisted:
        with Connection(mailbox, password) as connection:  # the old one may still be busy with its list
            reading = _Reading(connection, mail_in, mailbox.name, now)
            reading.whole([(name, "inbox") for name in mailbox.inboxes])
        raise _without_sent(mailbox, unlisted.why) from unlisted


_Named = list[tuple[str, str]]  # folder and role


class _Unlisted(Exception):
    """The server did not list its folders."""

    def __init__(self, why: WireError) -> None:
        super().__init__()
        self.why = why


def _folders(mailbox: Mailbox, connection: Connection, mail_in: MailIn) -> tuple[_Named, str | None]:
    """The folders of customers' mail, and that of replies: as found before.

    Of replies None where it is to be looked for, empty where they stand among the others: Gmail's
    archiving takes a mail out of INBOX, All Mail has it still, and what was sent.
    """
    with mail_in.db.read() as tx:
        known = {one.role: one.name for one in mailboxes.cursors(tx, mailbox.name)}
    if GMAIL in connection.can and mailbox.takes_all:
        everything = known.get("all") or find_all(connection.folders())
        if everything:
            return [(everything, "all")], ""
    return [(name, "inbox") for name in mailbox.inboxes], mailbox.sent or known.get("sent")


def _find_sent(connection: Connection) -> _Named:
    """Sent among all folders. A server with thousands of them may be silent for minutes the first time."""
    try:
        sent = find_sent(connection.folders())
    except Busy:
        raise
    except WireError as error:
        raise _Unlisted(error) from error
    return [(sent, "sent")] if sent else []


def _without_sent(mailbox: Mailbox, why: WireError) -> WireError:
    return type(why)(
        f"Sent could not be found: {why.what}",
        safe="The other folders are read; answers written elsewhere are not seen.",
        todo=f'If it stays so, name it as `sent` of the mailbox "{mailbox.name}" in config.toml.',
    )


class _Reading:
    """The folders of one account, over one connection."""

    def __init__(self, connection: Connection, mail_in: MailIn, account: str, now: int) -> None:
        self.connection, self.mail_in, self.account, self.now = connection, mail_in, account, now
        self._numbered: set[str] = set()  # folders whose UIDs hold for this session
        self._refused: ServerRefused | None = None

    def newest(self, inboxes: _Named, *, news_too: bool) -> None:
        """The newest mails of folders that were never read; `news_too`: what came to the others."""
        for name, role in inboxes:
            cursor = self.mail_in.cursor(self.account, name, role)
            if news_too or not (cursor.complete_to or cursor.highest_uid):
                self.try_folder(name, role, at_once=1)

    def whole(self, folders: _Named) -> bool:
        """Read all folders to the end; returns whether they were. Raises a refusal of one after that."""
        done = [self.try_folder(name, role) for name, role in folders]
        self.tell()
        return all(done)

    def try_folder(self, name: str, role: str, *, at_once: int = 0) -> bool:
        """As `folder`, but a refusal is kept for `tell`."""
        try:
            return self.folder(name, role, at_once=at_once)
        except Busy:
            raise
        except ServerRefused as error:
            self._refused = self._refused or error
            return False

    def tell(self) -> None:
        """Raise the refusal that was kept, now that everything else is read."""
        if self._refused:
            raise self._refused

    def folder(self, name: str, role: str, *, at_once: int = 0) -> bool:
        """Read one folder; returns whether it was read to the end."""
        if self.mail_in.stop.is_set() or self.mail_in.full:
            return False
        try:
            folder = self.connection.examine(name)
        except ServerRefused:
            if role != "inbox":  # it was renamed: looked for anew next time
                self._forget(name)
            raise
        cursor = self._same_uids(self.mail_in.cursor(self.account, name, role), folder)
        if self._is_unchanged(folder, cursor):
            vanished.back(self.mail_in.db, cursor)
            return True
        done = self.mail_in.take(
            fetch_order.batches(self.connection, folder, cursor, many=self.mail_in.many),
            cursor,
            at_once=at_once,
        )
        done = done and self._reconcile(folder, cursor)
        if done:
            self.mail_in.mark_complete(cursor, self.now)
        return done

    def _same_uids(self, cursor: Cursor, folder: Folder) -> Cursor:
        """The cursor, reset if the server has renumbered its mails (UIDVALIDITY).

        Every mail is read again then; intake knows each by its Message-ID and
        fingerprint and adds only where it stands. A server that gives no
        UIDVALIDITY promises nothing beyond the session (RFC 3501, 2.3.1.1).
        """
        same = cursor.uidvalidity == folder.uidvalidity
        if same and folder.name in self._numbered:
            return cursor
        if same and folder.uidvalidity:
            renumbering.steady(self.mail_in.db, self.account, cursor)
            return cursor
        self._numbered.add(folder.name)
        anew = replace(cursor, uidvalidity=folder.uidvalidity, highest_uid=0, lowest_uid=0, modseq=0)
        with self.mail_in.db.write() as tx:
            mailboxes.forget_places(tx, cursor.id)
            mailboxes.save(tx, anew)
        if cursor.highest_uid:
            renumbering.note_renumbering(
                self.mail_in.db, self.account, cursor, self.connection.host, self.now
            )
        return anew

    def _is_unchanged(self, folder: Folder, cursor: Cursor) -> bool:
        """Whether no mail came or went.

        UIDNEXT tells what came; if as many mails stand there as here, none
        went. That needs no CONDSTORE, whose counter also moves with flags.
        """
        read_to_the_end = cursor.complete_to and cursor.lowest_uid == 1
        if not read_to_the_end or folder.uidnext != cursor.highest_uid + 1:
            return False
        with self.mail_in.db.read() as tx:
            return mailboxes.standing(tx, cursor.id) == folder.exists

    def _reconcile(self, folder: Folder, cursor: Cursor) -> bool:
        """Mark what went from the server, and read what should be here and is not.

        As many mails here as there prove nothing where one that was asked for did not come: another may have
        gone meanwhile.
        """
        with self.mail_in.db.read() as tx:
            known = mailboxes.uids(tx, cursor.id)
        fresh = self.connection.examine(folder.name)
        came = not self.mail_in.left_out[cursor.id]
        if (came and len(known) == fresh.exists) or fresh.uidvalidity != folder.uidvalidity:
            return True
        gone, missing = fetch_order.compare_uids(self.connection, fresh, known)
        if not vanished.is_believed(self.mail_in.db, cursor, len(known), len(gone), self.now):
            gone = set()
        with self.mail_in.db.write() as tx:
            mailboxes.mark_gone(tx, cursor.id, uids=gone)
            now = mailboxes.cursor(tx, cursor.account, cursor.name, cursor.role)
        missing = {uid for uid in missing if uid <= now.highest_uid}
        done = self.mail_in.take(fetch_order.missing_mails(self.connection, now, missing), now)
        if done and missing:
            self._note_lacking(folder, cursor, missing)
        return done

    def _note_lacking(self, folder: Folder, cursor: Cursor, asked: set[int]) -> None:
        """Compare what was asked for again with what came: what is missing is reported, never called read."""
        with self.mail_in.db.read() as tx:
            lacking = asked - mailboxes.uids(tx, cursor.id)
        if lacking:
            self.mail_in.lacking[folder.name] = len(lacking)

    def _forget(self, name: str) -> None:
        with self.mail_in.db.write() as tx:
            mailboxes.cursor(tx, self.account, name, "gone")

"""Reading the new mails and replies of a Maildir, found by listing its files."""

import os
from pathlib import Path

from deskterm.config.settings_file import Mailbox
from deskterm.storage.mail import folders
from deskterm.sync.files import maildir
from deskterm.sync.mail_in import MailIn


def read_maildir(mailbox: Mailbox, mail_in: MailIn, now: int) -> bool:
    """Read what is new; returns whether both folders were read to the end. Raises WireError.

    A file that cannot be read does not keep the others from being read: it counts as lacking.
    """
    root = maildir.inbox(Path(mailbox.path))
    sent = maildir.sent_folder(root, mailbox.sent)
    first = not mail_in.cursor(mailbox.name, "INBOX", "inbox").complete_to
    if first:
        _folder(mailbox, mail_in, root, ("INBOX", "inbox"), now, at_once=1)
    done = _folder(mailbox, mail_in, sent, (sent.name, "sent"), now)
    return _folder(mailbox, mail_in, root, ("INBOX", "inbox"), now) and done


def _folder(
    mailbox: Mailbox, mail_in: MailIn, folder: Path, named: tuple[str, str], now: int, *, at_once: int = 0
) -> bool:
    if mail_in.stop.is_set() or mail_in.full:
        return False
    cursor = mail_in.cursor(mailbox.name, *named)
    there = maildir.standing(folder)
    with mail_in.db.read() as tx:
        known = folders.names(tx, cursor.id)
    if cursor.complete_to and there.keys() == known:
        return True
    if not mail_in.take(maildir.batches(there, known, cursor), cursor, at_once=at_once):
        return False
    with mail_in.db.write() as tx:
        folders.mark_gone(tx, cursor.id, names=known - there.keys())
        unread = there.keys() - folders.names(tx, cursor.id)
    lacking = sum(os.path.lexists(there[name]) for name in unread)  # the others were moved meanwhile
    if lacking:
        mail_in.lacking[cursor.name] = lacking
    mail_in.mark_complete(cursor, now)
    return True

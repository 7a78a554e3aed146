"""Solved tickets' mails on the server: left as they are, or marked read or archived if the owner wants that."""

import re
from dataclasses import replace

import pytest

from counterparts.dovecot import PASSWORD, USER
from counterparts.gmail import Gmail
from deskterm.config.secret.secrets import Secrets
from deskterm.domain.events import By
from deskterm.domain.tickets import Status
from deskterm.errors import ServerRefused
from deskterm.storage import changes
from deskterm.storage.mail import folders
from deskterm.sync.imap.connection import Connection
from deskterm.sync.imap.filing import GRACE, file_solved
from sync.passing import JANA, NOW, Desk, mail

LATER = NOW + GRACE + 1
WRITES = re.compile(
    r"(UID )?(STORE|COPY|MOVE|EXPUNGE)|SELECT|APPEND|CREATE|DELETE|RENAME|SUBSCRIBE|UNSUBSCRIBE|CLOSE|SETMETADATA|SETACL",
    re.IGNORECASE,
)
HANNA = "hanna@loom.example"


@pytest.fixture
def desk(db, home, mailbox):
    return Desk(db, home, mailbox)


def solve(desk, subject, at=NOW, status=Status.SOLVED):
    with desk.db.write() as tx:
        row = tx.execute("SELECT ticket_id FROM message WHERE subject = ?", (subject,)).fetchone()
        changes.change(tx, row[0], at, By.OWNER, status=status)


def server(dovecot):
    r"""All that a client can see there except \Recent, which the next session removes by itself."""
    return [(dovecot.mails(name), flags(dovecot, name)) for name in ("INBOX", "Gesendet", "Archive")]


def flags(dovecot, folder="INBOX"):
    return {uid: {one for one in some if one != b"\\Recent"} for uid, some in dovecot.flags(folder).items()}


def written(dovecot):
    return [line for line in dovecot.commands() if WRITES.match(line)]


@pytest.fixture
def full(desk, dovecot):
    """A desk that has read three customers' mails and a reply."""
    dovecot.put([mail(1), mail(2, sender=HANNA), mail(3, sender="ole@quay.example")])
    dovecot.put([mail(4, sender=USER, to=JANA, answers=1)], "Gesendet")
    dovecot.put([b"Subject: deleted by another client\r\n\r\nx\r\n"], flags=r"(\Deleted)")
    desk.run(solved="read")  # from here on
    dovecot.forget_commands()
    return desk


def test_by_default_nothing_is_ever_written(full, dovecot):
    before = server(dovecot), dovecot.flags()
    full.run(solved="leave")
    solve(full, "Question 1")
    solve(full, "Question 2")
    full.run(LATER, solved="leave")
    assert (server(dovecot), dovecot.flags()) == before
    assert written(dovecot) == []


def test_solved_tickets_mails_are_marked_read_and_no_others(full, dovecot):
    dovecot.untouched.may_write_to("INBOX")
    solve(full, "Question 2")
    full.run(LATER, solved="read")
    assert flags(dovecot) == {1: set(), 2: {b"\\Seen"}, 3: set(), 4: {b"\\Deleted"}}
    assert flags(dovecot, "Gesendet") == {1: set()}
    assert written(dovecot) == ['SELECT "INBOX"', r"UID STORE 2 +FLAGS.SILENT (\Seen)"]


def test_a_mail_is_filed_once_so_one_marked_unread_on_the_phone_stays_so(full, dovecot):
    dovecot.untouched.may_write_to("INBOX")
    solve(full, "Question 2")
    full.run(LATER, solved="read")
    with dovecot.login() as client:
        client.select("INBOX")
        client.uid("STORE", "2", "-FLAGS", r"(\Seen)")
    dovecot.forget_commands()
    full.run(LATER + 60, solved="read")
    assert written(dovecot) == []


def test_a_solve_that_was_taken_back_in_time_changes_nothing(full, dovecot):
    before = server(dovecot)
    solve(full, "Question 2")
    full.run(NOW + GRACE - 1, solved="archive")
    solve(full, "Question 2", NOW + GRACE, Status.OPEN)
    full.run(LATER + 600, solved="archive")
    assert server(dovecot) == before
    assert written(dovecot) == []


def test_what_was_solved_before_it_was_switched_on_stays(full, dovecot):
    full.run(solved="leave")
    solve(full, "Question 2")
    before = server(dovecot)
    full.run(LATER, solved="archive")
    full.run(LATER + 60, solved="archive")
    assert server(dovecot) == before


def test_what_a_first_sync_inferred_is_not_filed(desk, dovecot):
    dovecot.put([mail(1)])
    dovecot.forget_commands()
    desk.run(solved="archive")
    with desk.db.write() as tx:
        changes.change(tx, 1001, NOW, By.INFERRED, status=Status.SOLVED)
    desk.run(LATER, solved="archive")
    assert len(dovecot.mails()) == 1
    assert written(dovecot) == []


def test_solved_tickets_mails_are_moved_to_archive_and_known_there(full, dovecot):
    dovecot.untouched.may_write_to("INBOX", "Archive")
    raw = dovecot.mails()[1]
    solve(full, "Question 2")
    full.run(LATER, solved="archive")
    assert dovecot.mails("Archive") == [raw]
    assert len(dovecot.mails()) == 3
    assert written(dovecot) == ['SELECT "INBOX"', 'UID MOVE 2 "Archive"']
    with full.db.read() as tx:
        (row,) = full.ask("SELECT id FROM message WHERE subject = 'Question 2'")
        standing = [(place.role, gone) for place, gone in folders.places(tx, row[0])]
    assert sorted(standing) == [("archive", False), ("inbox", True)]
    dovecot.forget_commands()
    full.run(LATER + 60, solved="archive")
    assert not any(line.startswith("UID") for line in dovecot.commands())


def test_without_move_a_mail_is_copied_and_expunged_alone(full, dovecot, mailbox):
    dovecot.untouched.may_write_to("INBOX", "Archive")
    with Connection(mailbox, PASSWORD) as connection:
        connection.can -= {b"MOVE"}
        connection.open_to_write("INBOX")
        uidvalidity, moved = connection.move([2], "Archive")
    assert uidvalidity
    assert moved == {2: 1}
    assert set(dovecot.flags()) == {1, 3, 4}, "the mail another client marked as deleted stays"
    assert written(dovecot) == [
        'SELECT "INBOX"',
        'UID COPY 2 "Archive"',
        r"UID STORE 2 +FLAGS.SILENT (\Deleted)",
        "UID EXPUNGE 2",
    ]


def test_a_server_that_cannot_move_single_mails_is_left_alone(full, dovecot, mailbox):
    dovecot.untouched.may_write_to("INBOX")
    before = server(dovecot)
    with Connection(mailbox, PASSWORD) as connection:
        connection.can -= {b"MOVE", b"UIDPLUS"}
        connection.open_to_write("INBOX")
        with pytest.raises(ServerRefused, match="neither MOVE nor UIDPLUS"):
            connection.move([2], "Archive")
    assert server(dovecot) == before


def test_a_missing_folder_is_reported_and_tried_again(full, dovecot):
    dovecot.untouched.may_write_to("INBOX", "Archive")
    solve(full, "Question 2")
    (error,) = full.run(LATER, solved="archive", archive="Nowhere").failed
    assert isinstance(error, ServerRefused)
    assert full.sources()["shop (filing solved mail)"].failing_since == LATER
    assert full.sources()["shop"].failing_since is None
    full.run(LATER + 60, solved="archive")
    assert len(dovecot.mails("Archive")) == 1
    assert "shop (filing solved mail)" not in full.sources()


def test_a_folder_renumbered_meanwhile_is_not_written_to(full, dovecot):
    dovecot.untouched.may_write_to("INBOX")
    solve(full, "Question 2")
    with full.db.write() as tx:
        tx.execute("UPDATE mailbox SET uidvalidity = 1 WHERE role = 'inbox'")
    before = server(dovecot)
    file_solved(replace(full.mailbox, solved="archive"), full.db, Secrets(full.home), LATER)
    assert server(dovecot) == before


def test_on_gmail_archiving_removes_the_label_of_the_inbox(db, home, mailbox, authority):
    gmail = Gmail(
        {1: (mail(1), rb'"\\Inbox" "Work"'), 2: (mail(2, sender=HANNA), rb'"\\Inbox"')},
        tls=authority.certificate("filing").server_context(),
    )
    try:
        desk = Desk(db, home, replace(mailbox, port=gmail.port))
        desk.run(solved="archive")
        solve(desk, "Question 1")
        assert desk.run(LATER, solved="archive").failed == ()
        assert gmail.mails[1][1] == b'"Work"'
        assert gmail.mails[2][1] == rb'"\\Inbox"'
        assert [line.split(b" ", 1)[1].strip() for line in gmail.written()] == [
            b'SELECT "[Gmail]/Alle Nachrichten"',
            rb'UID STORE 1 -X-GM-LABELS.SILENT ("\\Inbox")',
        ]
        assert set(desk.sources()) == {"shop"}
    finally:
        gmail.close()

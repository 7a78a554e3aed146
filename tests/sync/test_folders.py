"""Which folders of a server are read, and what holds when it renumbers their mails or others move them."""

import re
from dataclasses import replace

import pytest

from counterparts.dovecot import USER
from counterparts.gmail import ALL, Gmail
from deskterm.errors import ServerRefused
from deskterm.storage.mail import folders as mailboxes
from deskterm.sync.imap import fetch_order
from deskterm.sync.imap.special_folders import find_archive, find_sent
from deskterm.sync.line import socket
from sync.passing import JANA, NOW, Desk, mail

IN, KEPT, SENT, DRAFT = rb'"\\Inbox" "Muy caro"', rb'"\\Important"', rb'"\\Sent"', rb'"\\Draft"'


@pytest.fixture
def desk(db, home, mailbox):
    return Desk(db, home, mailbox)


@pytest.fixture
def gmail(authority, mailbox, db, home):
    """A scripted Gmail and a desk that reads it."""
    server = Gmail({}, tls=authority.certificate("gmail").server_context())
    yield server, Desk(db, home, replace(mailbox, port=server.port))
    server.close()


@pytest.fixture
def box(dovecot):
    """A folder beside INBOX; it can be made anew."""
    with dovecot.login() as client:
        client.create("Support")
    return "Support"


def expunge(dovecot, uid, folder="INBOX"):
    with dovecot.login() as client:
        client.select(folder)
        client.uid("STORE", str(uid), "+FLAGS", r"(\Deleted)")
        client.expunge()


# several folders


def test_several_folders_are_read(desk, dovecot, box):
    dovecot.put([mail(1)])
    dovecot.put([mail(2)], box)
    dovecot.put([mail(3, sender=USER, to=JANA, answers=2)], "Gesendet")
    assert desk.run(folders=("INBOX", box)).mails == 3
    assert {name: one.role for name, one in desk.cursors().items()} == {
        "INBOX": "inbox",
        "Gesendet": "sent",
        box: "inbox",
    }
    dovecot.put([mail(4)], box)
    assert desk.run(folders=("INBOX", box)).mails == 1


def test_a_missing_folder_is_reported_and_the_others_are_read(desk, dovecot):
    dovecot.put([mail(1)])
    (error,) = desk.run(folders=("Nowhere", "INBOX")).failed
    assert isinstance(error, ServerRefused)
    assert desk.subjects() == ["Question 1"]
    assert desk.source().failing_since == NOW


def test_a_mail_in_two_folders_is_one_message(desk, dovecot, box):
    dovecot.put([mail(1)])
    dovecot.put([mail(1)], box)
    desk.run(folders=("INBOX", box))
    assert desk.subjects() == ["Question 1"]
    assert desk.ask("SELECT count(*) FROM place")[0][0] == 2


def test_a_sent_folder_that_was_renamed_is_found_again(desk, dovecot):
    with dovecot.login() as client:
        client.create("Posted")
    dovecot.put([mail(1)], "Posted")
    desk.run(sent="Posted")
    with dovecot.login() as client:
        client.delete("Posted")
    dovecot.put([mail(2), mail(3, sender=USER, to=JANA)])
    assert desk.run(NOW + 60).mails == 2, "INBOX is read all the same"
    dovecot.put([mail(4, sender=USER, to=JANA)], "Gesendet")
    assert desk.run(NOW + 120).failed == ()
    assert desk.cursors()["Gesendet"].role == "sent"
    assert desk.cursors()["Posted"].role == "gone"


class Silent(Gmail):
    """It has so many folders that its list does not come."""

    lists = False

    def _capability(self, _):
        return b"* CAPABILITY IMAP4rev1\r\n"

    def _list(self, words):
        if self.lists:
            return super()._list(words)
        self._over.wait(30)
        return b""

    def _shown(self, words):
        return self.sent if b"Gesendet" in words else self.mails


@pytest.fixture
def silent(authority, mailbox, db, home, monkeypatch):
    """A server that never lists, and a desk that waits half a second for each answer."""
    server = Silent({}, tls=authority.certificate("silent").server_context())
    server.sent = {}
    monkeypatch.setattr(socket, "LONGEST", 0.5)
    monkeypatch.setattr(fetch_order, "MAILS_A_BATCH", 2)
    yield server, Desk(db, home, replace(mailbox, port=server.port))
    server.close()


def test_of_a_server_that_lists_no_folders_the_inbox_is_read(silent):
    server, desk = silent
    server.mails = {number: (mail(number), IN) for number in range(1, 6)}
    (error,) = desk.run().failed
    assert error.what == "Sent could not be found: localhost does not answer."
    assert "`sent`" in error.todo
    assert len(desk.subjects()) == 5
    server.mails[6] = (mail(6), IN)
    desk.run(NOW + 60)
    assert len(desk.subjects()) == 6
    named = desk.run(NOW + 120, sent="[Gmail]/Gesendet")
    assert named.failed == ()


def test_the_newest_mails_come_first_then_sent_then_what_is_older(silent):
    server, desk = silent
    server.lists = True
    server.mails = {number: (mail(number), IN) for number in range(1, 6)}
    server.sent = {1: (mail(9, sender=USER, to=JANA, answers=1), SENT)}
    assert desk.run().failed == ()
    asked = b"".join(server.lines)
    order = [said.decode() for said in re.findall(rb"LIST|Gesendet|INBOX|FETCH [\d:]+", asked)]
    assert order[:6] == ["INBOX", "FETCH 4:5", "LIST", "Gesendet", "FETCH 1", "Gesendet"]
    assert order[6:] == ["INBOX", "FETCH 2:3", "FETCH 1", "INBOX"]


NONE = frozenset()


@pytest.mark.parametrize(
    ("folders", "sent", "archive"),
    [
        ([(NONE, "/", "INBOX")], None, None),
        ([(frozenset({"\\sent"}), "/", "Ausgang"), (NONE, "/", "Sent")], "Ausgang", None),
        ([(NONE, ".", "INBOX.Sent"), (NONE, ".", "INBOX.Archives")], "INBOX.Sent", "INBOX.Archives"),
        ([(frozenset({"\\noselect"}), "/", "Archive"), (NONE, "", "Archiv")], None, "Archiv"),
        ([(NONE, "/", "Gesendete Objekte"), (NONE, "/", "Sent")], "Sent", None),
    ],
)
def test_sent_and_archive_are_known_by_mark_then_by_name(folders, sent, archive):
    assert find_sent(folders) == sent
    assert find_archive(folders) == archive


# numbered anew


def test_a_folder_renumbered_with_other_mails_brings_those_and_keeps_the_old(desk, dovecot, box):
    dovecot.put([mail(1), mail(2)], box)
    desk.run(inbox=box)
    with dovecot.login() as client:
        client.delete(box)
        client.create(box)
    dovecot.put([mail(7), mail(2), mail(8)], box)  # UIDs 1 and 2 are used again
    desk.run(inbox=box)
    assert desk.subjects() == ["Question 1", "Question 2", "Question 7", "Question 8"]
    standing = desk.ask(
        "SELECT p.uid, m.subject FROM place p JOIN message m ON m.id = p.message_id ORDER BY 1"
    )
    assert [tuple(row) for row in standing] == [(1, "Question 7"), (2, "Question 2"), (3, "Question 8")]


def test_a_renumbered_folder_changes_no_ticket_and_writes_no_event(desk, dovecot, box):
    dovecot.put([mail(1), mail(2, answers=1)], box)
    desk.run(inbox=box)
    everything = "SELECT * FROM ticket"
    before = [tuple(row) for row in desk.ask(everything)], desk.ask("SELECT count(*) FROM events")[0][0]
    dovecot.renew(box)
    desk.run(NOW + 60, inbox=box)
    assert (
        [tuple(row) for row in desk.ask(everything)],
        desk.ask("SELECT count(*) FROM events")[0][0],
    ) == before


def test_a_folder_renumbered_in_every_session_is_reported_after_three_and_brings_nothing_twice(
    desk, dovecot, box
):
    dovecot.put([mail(1), mail(2)], box)
    desk.run(inbox=box)
    for session in (1, 2, 3):
        dovecot.renew(box)
        assert desk.run(NOW + session, inbox=box).failed == ()
        told = desk.sources().get("shop (Support)")
        assert (told is not None) == (session == 3)
    assert "anew in every session" in told.words
    assert told.failing_since == NOW + 3
    assert desk.sources()["shop"].complete_to == NOW + 3
    assert desk.subjects() == ["Question 1", "Question 2"]
    desk.run(NOW + 4, inbox=box)
    assert "shop (Support)" not in desk.sources()


def test_a_folder_renumbered_now_and_then_is_not_reported(desk, dovecot, box):
    """Three times in all, never three times in a row."""
    dovecot.put([mail(1)], box)
    for now in range(NOW, NOW + 6, 2):
        desk.run(now, inbox=box)
        dovecot.renew(box)
        desk.run(now + 1, inbox=box)
        assert "shop (Support)" not in desk.sources()
        desk.run(now + 1, inbox=box)


def test_an_old_mail_that_comes_late_is_work_not_history(desk, dovecot):
    """What a first sync brings is taken for solved when it is old; what comes later was not seen by anybody."""
    dovecot.put([mail(1)], at=NOW - 40 * 86400)
    desk.run()
    dovecot.put([mail(2, sender="tom@diaz.example")], at=NOW - 40 * 86400)
    desk.run(NOW + 60)
    status = dict(
        tuple(row)
        for row in desk.ask("SELECT m.subject, t.status FROM message m JOIN ticket t ON t.id = m.ticket_id")
    )
    assert status == {"Question 1": "solved", "Question 2": "open"}


def test_a_server_without_uidvalidity_is_read_again_each_time(gmail):
    server, desk = gmail
    server.uidvalidity = 0
    server.mails = {1: (mail(1), IN), 2: (mail(2), IN)}
    for session in range(4):
        desk.run(NOW + session)
    assert desk.subjects() == ["Question 1", "Question 2"]
    assert "shop (" + ALL + ")" in desk.sources()
    server.mails = {1: (mail(3), IN), 2: (mail(1), IN)}
    desk.run(NOW + 5)
    assert desk.subjects() == ["Question 1", "Question 2", "Question 3"]


# other clients at work


class Meanwhile:
    """Does something once, when the pass reports for the first time: between two batches."""

    def __init__(self, do):
        self.do = do

    def append(self, progress):
        do, self.do = self.do, lambda: None
        if progress.done:
            do()
        else:
            self.do = do


@pytest.mark.parametrize("uid", [1, 5, 9])
def test_a_mail_expunged_while_it_is_being_read_is_gone_and_stops_nothing(desk, dovecot, monkeypatch, uid):
    monkeypatch.setattr("deskterm.sync.imap.fetch_order.MAILS_A_BATCH", 3)
    dovecot.put([mail(n) for n in range(1, 10)])
    desk.seen = Meanwhile(lambda: expunge(dovecot, uid))
    assert desk.run().failed == ()
    desk.run()
    here = {f"Question {n}" for n in range(1, 10)}
    assert set(desk.subjects()) >= here - {f"Question {uid}"}
    standing = desk.ask("SELECT uid FROM place WHERE NOT gone ORDER BY uid")
    assert [row[0] for row in standing] == [n for n in range(1, 10) if n != uid]


def test_a_mail_moved_while_the_rest_is_read_is_kept_here_and_gone_there(desk, dovecot, monkeypatch):
    monkeypatch.setattr("deskterm.sync.imap.fetch_order.MAILS_A_BATCH", 3)
    dovecot.put([mail(n) for n in range(1, 10)])

    def moved():
        with dovecot.login() as client:
            client.select("INBOX")
            client.uid("MOVE", "9", "Archive")

    desk.seen = Meanwhile(moved)
    desk.run()
    desk.run()
    assert len(desk.subjects()) == 9
    assert [row[0] for row in desk.ask("SELECT uid FROM place WHERE gone")] == [9]
    (row,) = desk.ask("SELECT id, ticket_id FROM message WHERE subject = 'Question 9'")
    with desk.db.read() as tx:
        assert mailboxes.gone_of(tx, row["ticket_id"]) == {row["id"]}


def gone(desk):
    return desk.ask("SELECT count(*) FROM place WHERE gone")[0][0]


def test_a_folder_that_is_empty_for_a_moment_has_not_lost_its_mails(gmail):
    """As a server shows it while it mends its index. When all is back nothing is read again."""
    server, desk = gmail
    stood = {uid: (mail(uid), IN) for uid in range(1, 121)}
    server.mails = stood
    desk.run()
    server.mails = {}
    for now in (NOW + 60, NOW + 599):
        assert desk.run(now).failed == ()
    assert gone(desk) == 0
    server.mails = stood
    server.lines.clear()
    desk.run(NOW + 700)
    assert not any(b"BODY" in line for line in server.lines)
    server.mails = {}
    desk.run(NOW + 800)
    assert gone(desk) == 0, "this is a first look again"


def test_a_folder_that_stays_empty_has_lost_its_mails(gmail):
    server, desk = gmail
    server.mails = {uid: (mail(uid), IN) for uid in range(1, 121)}
    desk.run()
    server.mails = {}
    desk.run(NOW + 60)
    desk.run(NOW + 661)
    assert gone(desk) == 120
    assert len(desk.subjects()) == 120


def test_a_few_mails_or_half_of_them_may_go_at_once(gmail):
    server, desk = gmail
    server.mails = {uid: (mail(uid), IN) for uid in range(1, 121)}
    desk.run()
    server.mails = {uid: (mail(uid), IN) for uid in range(61, 121)}
    desk.run(NOW + 60)
    assert gone(desk) == 60


# Gmail


def test_gmail_is_read_from_all_mail_and_what_was_archived_and_sent_with_it(gmail):
    server, desk = gmail
    server.mails = {
        1: (mail(1), KEPT),
        2: (mail(2, sender="help@alias.example", to=JANA, answers=1), SENT),
        3: (mail(3), IN),
        4: (mail(4, sender=USER), DRAFT),
        5: (mail(5), rb'"\\Trash"'),
        6: (mail(6), rb"{6}" + b'\r\nab("c]'),
    }  # fmt: skip
    assert desk.run().failed == ()
    assert desk.subjects() == ["Question 1", "Question 2", "Question 3", "Question 6"]
    assert list(desk.cursors()) == [ALL]
    (row,) = desk.ask("SELECT direction FROM message WHERE subject = 'Question 2'")
    assert row[0] == "out"
    assert server.written() == []


def test_drafts_are_not_fetched_again_with_every_pass(gmail):
    server, desk = gmail
    server.mails = {1: (mail(1), IN), 2: (mail(2, sender=USER), DRAFT)}
    desk.run()
    server.lines.clear()
    desk.run(NOW + 60)
    assert not any(b"UID" in line for line in server.lines)


def test_drafts_alone_bring_nothing_new(gmail):
    server, desk = gmail
    server.mails = {1: (mail(1), IN)}
    desk.run()
    server.mails[2] = (mail(2, sender=USER), DRAFT)
    assert desk.run(NOW + 60).mails == 0
    server.mails[3] = (mail(3), IN)
    assert desk.run(NOW + 120).mails == 1


@pytest.mark.parametrize("named", [("INBOX",), ("INBOX", "Support")])
def test_folders_that_the_owner_names_go_before_all_mail(gmail, named):
    server, desk = gmail
    server.mails = {1: (mail(1), IN)}
    assert desk.run(folders=named).failed == ()
    assert set(desk.cursors()) == {*named, "[Gmail]/Gesendet"}


def test_where_all_mail_is_hidden_the_inbox_and_sent_are_read(gmail):
    server, desk = gmail
    server.hides_all = True
    assert desk.run().failed == ()
    assert set(desk.cursors()) == {"INBOX", "[Gmail]/Gesendet"}

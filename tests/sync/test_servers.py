"""Servers as they are: few extensions, prefixes, folder names in other scripts; and replies written elsewhere."""

from dataclasses import replace

import pytest
from imapclient.imap_utf7 import encode

from counterparts.dovecot import USER
from counterparts.gmail import Gmail
from sync.passing import JANA, NOW, Desk, mail

IN = rb'"\\Inbox"'
NAME = "Büro & Co/日本語"


@pytest.fixture
def desk(db, home, mailbox):
    return Desk(db, home, mailbox)


class Plain(Gmail):
    """IMAP4rev1 and nothing more; its folders stand below INBOX, as Courier and old Cyrus have them."""

    def _capability(self, _):
        return b"* CAPABILITY IMAP4rev1\r\n"

    def _list(self, _):
        return b'* LIST (\\HasChildren) "." "INBOX"\r\n* LIST () "." "INBOX.Drafts"\r\n* LIST () "." "INBOX.Sent"\r\n'

    def _shown(self, words):
        return {} if b"INBOX.Sent" in words else self.mails


@pytest.fixture
def plain(authority, mailbox, db, home):
    server = Plain({}, tls=authority.certificate("plain").server_context())
    yield server, Desk(db, home, replace(mailbox, port=server.port))
    server.close()


def test_a_server_with_no_extension_is_read_and_sent_mail_is_seen(plain):
    server, desk = plain
    server.mails = {1: (mail(1), IN), 2: (mail(2), IN), 3: (mail(3), IN)}
    assert desk.run().failed == ()
    assert {name: one.role for name, one in desk.cursors().items()} == {
        "INBOX": "inbox",
        "INBOX.Sent": "sent",
    }
    del server.mails[2]
    server.mails[4] = (mail(4), IN)
    server.lines.clear()
    desk.run(NOW + 60)
    assert desk.subjects() == [f"Question {number}" for number in (1, 2, 3, 4)]
    assert [row[0] for row in desk.ask("SELECT uid FROM place WHERE gone")] == [2]
    assert sum(b"BODY.PEEK[]" in line for line in server.lines) == 1, "the new mail alone"
    server.lines.clear()
    desk.run(NOW + 120)
    assert not any(b"UID" in line for line in server.lines)
    assert server.written() == []


def test_a_server_with_no_extension_is_asked_for_nothing_it_lacks(plain):
    server, desk = plain
    server.mails = {1: (mail(1), IN)}
    desk.run()
    for word in (b"CONDSTORE", b"QRESYNC", b"IDLE", b"X-GM", b"ENABLE", b"CHANGEDSINCE", b" ID ("):
        assert not any(word in line for line in server.lines)


def put_in(dovecot, name, mails):
    there = '"' + encode(name).decode() + '"'
    with dovecot.login() as client:
        client.create(there)
    dovecot.put(mails, there)


def test_folders_with_names_in_other_scripts_are_read(desk, dovecot):
    put_in(dovecot, NAME, [mail(1)])
    assert desk.run(folders=("INBOX", NAME)).failed == ()
    assert desk.subjects() == ["Question 1"]
    assert desk.cursors()[NAME].role == "inbox"


def test_sent_is_found_by_its_name_in_another_script_and_filed_into(desk, dovecot):
    put_in(dovecot, NAME, [mail(1, sender=USER, to=JANA)])
    desk.run(sent=NAME)
    (row,) = desk.ask("SELECT direction, outside FROM message")
    assert tuple(row) == ("out", 1)


# sent by other means


def elsewhere(number, answers="", subject="Re: Question 1", sender=USER):
    """A reply as webmail or a phone writes it."""
    head = f"From: {sender}\r\nTo: {JANA}\r\nSubject: {subject}\r\nMessage-ID: <web{number}@mail.example>\r\n"
    head += f"In-Reply-To: {answers}\r\nReferences: {answers}\r\n" if answers else ""
    return f"{head}Date: Thu, 9 Oct 2025 08:58:20 +0000\r\n\r\nIt left today.\r\n".encode()


@pytest.mark.parametrize("answers", ["<1@x.example>", ""])
def test_a_reply_written_elsewhere_answers_its_ticket_with_and_without_references(desk, dovecot, answers):
    dovecot.put([mail(1)], at=NOW - 3600)
    desk.run()
    (ticket,) = desk.ask("SELECT id, status FROM ticket")
    assert ticket["status"] == "open"
    dovecot.put([elsewhere(1, answers)], "Gesendet")
    desk.run(NOW + 60)
    (now,) = desk.ask("SELECT id, status, unanswered_since FROM ticket")
    assert (now["id"], now["status"], now["unanswered_since"]) == (ticket["id"], "waiting", None)
    replies = desk.ask("SELECT count(*) FROM message WHERE direction = 'out' AND outside AND machine = ''")
    assert replies[0][0] == 1


def test_a_mail_to_the_same_customer_about_something_else_answers_nothing(desk, dovecot):
    dovecot.put([mail(1)], at=NOW - 3600)
    desk.run()
    dovecot.put([elsewhere(1, subject="Our new glaze")], "Gesendet")
    desk.run(NOW + 60)
    tickets = desk.ask("SELECT status FROM ticket ORDER BY id")
    assert [row[0] for row in tickets] == ["open", "waiting"]


def test_a_reply_from_an_address_that_is_not_in_the_settings_is_ours_by_its_folder(desk, dovecot):
    dovecot.put([mail(1)], at=NOW - 3600)
    desk.run()
    dovecot.put([elsewhere(1, "<1@x.example>", sender="anna@alias.example")], "Gesendet")
    desk.run(NOW + 60)
    (now,) = desk.ask("SELECT status FROM ticket")
    assert now[0] == "waiting"


def test_a_sent_folder_that_was_given_another_name_is_not_read_as_new(desk, dovecot):
    """Its mails are known; what is sent after that is seen in the folder that has its place."""
    with dovecot.login() as client:
        client.create("Outgoing")
    dovecot.put([mail(1)], at=NOW - 3600)
    dovecot.put([elsewhere(1, "<1@x.example>")], "Outgoing")
    desk.run(sent="Outgoing")
    with dovecot.login() as client:
        client.rename("Outgoing", "Away")
    desk.run(NOW + 60, sent="Away")
    desk.run(NOW + 120, sent="Away")
    assert desk.ask("SELECT count(*) FROM message")[0][0] == 2
    dovecot.put([elsewhere(2, "<1@x.example>")], "Away")
    desk.run(NOW + 180, sent="Away")
    assert desk.ask("SELECT count(*) FROM message")[0][0] == 3

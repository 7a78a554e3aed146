"""A mail too large to fetch: its beginning here, the rest when the owner asks."""

import base64
import os
from dataclasses import replace
from pathlib import Path
from threading import Event

import pytest

from counterparts.dovecot import USER
from deskterm.config.secret.secrets import Secrets
from deskterm.config.settings_file import Mailbox, Settings
from deskterm.errors import NotFound, NotNow
from deskterm.mail.parse import content
from deskterm.storage.mail import messages, originals
from deskterm.storage.search import find
from deskterm.sync import full_mail
from deskterm.sync.locks import account_lock
from storage.making import query_of
from sync.passing import JANA, NOW, Desk, mail

FILE = os.urandom(9000)


def large():
    """A mail whose text comes first and whose attachment is cut by what a pass takes of it."""
    head = (
        f"From: {JANA}\r\nTo: {USER}\r\nSubject: Photos\r\nMessage-ID: <photos@x.example>\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/mixed; boundary="b"\r\n\r\n--b\r\n\r\nThe glaze is cracked.\r\n--b\r\n'
        'Content-Type: image/jpeg; name="crack.jpg"\r\nContent-Transfer-Encoding: base64\r\n\r\n'
    )
    return head.encode() + base64.encodebytes(FILE).replace(b"\n", b"\r\n") + b"--b--\r\n"


@pytest.fixture
def small(monkeypatch):
    """What counts as large is made small."""
    for name in ("batches", "imap.fetch_order", "files.maildir"):
        monkeypatch.setattr(f"deskterm.sync.{name}.LARGEST", 2000)
    for name in ("imap.connection", "files.maildir"):
        monkeypatch.setattr(f"deskterm.sync.{name}.BEGINNING", 800)
    monkeypatch.setattr("deskterm.sync.imap.fetch_order.BYTES_A_BATCH", 1500)
    monkeypatch.setattr("deskterm.sync.imap.fetch_order.SMALL", 100)
    monkeypatch.setattr(full_mail, "_PIECE", 1000)


@pytest.fixture
def desk(db, home, mailbox, dovecot, small):
    dovecot.put([large(), mail(2)])
    made = Desk(db, home, mailbox)
    assert made.run().failed == ()
    return made


def photos(desk):
    (row,) = desk.ask("SELECT id FROM message WHERE subject = 'Photos'")
    return row[0]


def fetch(desk, report=lambda progress: None, stop=None, **changed):
    settings = Settings(mailboxes=(replace(desk.mailbox, **changed),))
    with desk.db.read() as tx:
        ticket = messages.get(tx, photos(desk)).ticket_id
    (size,) = full_mail.RestOfMail(ticket, settings, desk.home, Secrets(desk.home)).fetch(
        desk.db, report, stop or Event()
    )
    return size


def test_the_beginning_is_here_with_its_text_and_says_that_there_is_more(desk):
    with desk.db.read() as tx:
        message = messages.get(tx, photos(desk))
        assert originals.partial(tx, message.ticket_id) == (message.id,)
        assert originals.missing(tx, message.id) == len(large()) - 800
    assert message.text.startswith("The glaze is cracked.")
    assert "stays on the server" in message.text


def test_a_cut_attachment_is_never_given_out_as_a_whole_one(desk):
    with desk.db.read() as tx, pytest.raises(NotNow, match="still on the server"):
        originals.whole(tx, photos(desk))


def test_the_rest_is_fetched_in_pieces_and_leaves_no_mark_on_the_server(desk, dovecot):
    before = dovecot.flags()
    dovecot.forget_commands()
    assert fetch(desk) == len(large())
    with desk.db.read() as tx:
        message = messages.get(tx, photos(desk))
        assert originals.whole(tx, message.id) == large()
        assert [(one.name, one.size) for one in message.attachments] == [("crack.jpg", len(FILE))]
        assert content(originals.whole(tx, message.id), message.attachments[0].part) == FILE
        assert [hit.message_id for hit in find.find(tx, query_of("glaze"), 0, 5)] == [message.id]
        assert find.find(tx, query_of("stays"), 0, 5) == []
    assert "stays on the server" not in message.text
    assert dovecot.flags() == before
    assert {line.split()[0] for line in dovecot.commands()} == {"EXAMINE", "UID", "LOGOUT"}


def test_a_fetched_mail_is_recognised_when_the_server_renumbers_it(desk, dovecot):
    fetch(desk)
    with desk.db.write() as tx:
        tx.execute("UPDATE mailbox SET uidvalidity = 1")
    desk.run(NOW + 60)
    assert desk.subjects() == ["Photos", "Question 2"]
    with desk.db.read() as tx:
        assert originals.whole(tx, photos(desk)) == large()


def test_a_whole_mail_has_no_rest(desk):
    fetch(desk)
    with pytest.raises(NotFound, match="are here whole"):
        fetch(desk)


def test_it_reports_its_progress_and_ends_when_asked_to(desk):
    """Stopped after the first piece: the beginning is as it was."""
    told, stop = [], Event()

    def report(progress):
        told.append(progress)
        stop.set()

    with pytest.raises(NotNow, match="Stopped"):
        fetch(desk, report, stop)
    assert len(told) == 1
    with desk.db.read() as tx:
        assert originals.missing(tx, photos(desk)) == len(large()) - 800
    assert fetch(desk, told.append) == len(large())
    assert told[-1].total == 1
    assert len(told) > 9


def test_while_a_sync_reads_the_mailbox_it_waits_for_its_turn(desk):
    """A server sees two connections of ours at most: a watch's, and this or a pass's."""
    with account_lock(desk.home.locks, "shop in"), pytest.raises(NotNow, match="being read just now"):
        fetch(desk)
    assert fetch(desk) == len(large())


def test_in_a_process_of_its_own_it_does_the_same(desk):
    """There a mail is large as it is: the pieces are whole, and so is the mail."""
    settings = Settings(mailboxes=(desk.mailbox,))
    with desk.db.read() as tx:
        ticket = messages.get(tx, photos(desk)).ticket_id
    told = []
    job = full_mail.RestOfMail(ticket, settings, desk.home, Secrets(desk.home))
    assert job.fetch_in_child(told.append, Event()) == [len(large())]
    assert told
    with pytest.raises(NotFound, match="are here whole"):
        job.fetch_in_child(told.append, Event())


def test_a_mail_that_has_gone_says_so_and_keeps_its_beginning(desk, dovecot):
    with dovecot.login() as client:
        client.select("INBOX")
        client.uid("STORE", "1", "+FLAGS", r"(\Deleted)")
        client.expunge()
    with pytest.raises(NotFound, match="no longer where it came from"):
        fetch(desk)
    desk.run(NOW + 60)
    with pytest.raises(NotFound, match="no longer where it came from"):
        fetch(desk)
    assert len(desk.originals()) == 2


def test_a_folder_renumbered_since_the_last_sync_asks_for_a_sync(desk):
    with desk.db.write() as tx:
        tx.execute("UPDATE mailbox SET uidvalidity = 1")
    with pytest.raises(NotNow, match="numbered INBOX anew"):
        fetch(desk)


def test_a_mail_that_is_far_too_large_is_left_to_other_programs(desk, monkeypatch):
    monkeypatch.setattr(full_mail, "MOST", 5000)
    with pytest.raises(NotNow, match="takes in no more"):
        fetch(desk)


def test_a_large_mail_in_a_maildir_is_read_from_its_file(db, home, tmp_path, small):
    for part in ("new", "cur", "tmp"):
        (tmp_path / "mail" / part).mkdir(parents=True)
    Path(tmp_path / "mail" / "cur" / "1.x:2,").write_bytes(large())
    desk = Desk(db, home, Mailbox(name="shop", kind="maildir", path=str(tmp_path / "mail")))
    desk.run()
    assert fetch(desk) == len(large())

"""The watch of an IMAP mailbox: it wakes for new mail and comes back after a lost connection."""

from dataclasses import replace
from threading import Event, Thread

import pytest

from counterparts.gmail import Gmail
from counterparts.scripted import Scripted
from deskterm.config.secret.secrets import Secrets
from deskterm.sync import watch as module
from deskterm.sync.watch import watch

MAIL = b"From: jana@mertens.example\r\nSubject: x\r\n\r\nHello\r\n"


@pytest.fixture
def started(home):
    """Starts a watch; gives the event it sets on news. Stopped and joined at the end."""
    stop, threads = Event(), []

    def start(mailbox):
        told = Event()
        threads.append(Thread(target=watch, args=(mailbox, Secrets(home), told.set, stop)))
        threads[-1].start()
        return told

    yield start
    stop.set()
    for thread in threads:
        thread.join(20)
        assert not thread.is_alive()


def until(told, put):
    """Puts mail there until the watch, which may still be logging in, notices it."""
    for _ in range(100):
        put()
        if told.wait(0.2):
            return True
    return False


def test_new_mail_is_noticed_by_idle(started, mailbox, dovecot):
    assert until(started(mailbox), lambda: dovecot.put([MAIL]))
    assert "IDLE" in dovecot.commands()


def test_without_idle_it_asks_from_time_to_time(started, mailbox, dovecot, monkeypatch):
    monkeypatch.setattr(module, "POLL", 0.05)
    monkeypatch.setattr("deskterm.sync.imap.connection.Connection.idle", None)
    monkeypatch.setattr(module, "_IDLE", b"NO SUCH THING")
    assert until(started(mailbox), lambda: dovecot.put([MAIL]))
    assert "IDLE" not in dovecot.commands()


def test_a_lost_connection_is_reported(started, mailbox, authority, monkeypatch):
    monkeypatch.setattr(module, "_FIRST_WAIT", 0.01)
    server = Scripted((rb"EXAMINE", None), tls=authority.certificate("cut").server_context())
    try:
        assert started(replace(mailbox, port=server.port)).wait(10)
    finally:
        server.close()


def test_new_mail_in_a_further_folder_is_noticed_too(started, mailbox, dovecot, monkeypatch):
    monkeypatch.setattr(module, "POLL", 1.0)
    with dovecot.login() as client:
        client.create("Support")
    told = started(replace(mailbox, folders=("INBOX", "Support")))
    assert until(told, lambda: dovecot.put([MAIL], "Support"))
    assert "IDLE" in dovecot.commands()


def test_gmail_is_watched_where_it_is_read(started, mailbox, authority):
    server = Gmail({}, tls=authority.certificate("watched").server_context())
    try:
        started(replace(mailbox, port=server.port))
        assert server.idled()
        opened = [line for line in server.lines if b"EXAMINE" in line]
        assert b"[Gmail]/Alle Nachrichten" in opened[0]
    finally:
        server.close()


def test_idle_is_begun_again_before_a_server_would_end_it(started, mailbox, authority, monkeypatch):
    """RFC 2177: a server may log out who idles for thirty minutes."""
    assert module.LOOK < 29 * 60
    monkeypatch.setattr(module, "LOOK", 1.0)
    server = Gmail({}, tls=authority.certificate("rearmed").server_context())
    try:
        told = started(replace(mailbox, port=server.port))
        assert server.idled(times=3)
        assert sum(b"LOGIN" in line for line in server.lines) == 1, "on one connection"
        assert not told.is_set()
    finally:
        server.close()


def test_a_server_whose_idle_never_speaks_is_asked_from_time_to_time(started, mailbox, dovecot, monkeypatch):
    """It takes IDLE and says nothing: the folder is looked at all the same, and in the end IDLE is left alone."""
    monkeypatch.setattr(module, "LOOK", 0.05)
    monkeypatch.setattr(module, "POLL", 0.05)
    monkeypatch.setattr("deskterm.sync.imap.connection.Connection.idle", lambda *_: idled.append(1) and False)
    idled: list[int] = []
    told = started(mailbox)
    for _ in range(3):
        assert until(told, lambda: dovecot.put([MAIL]))
        told.clear()
    before = len(idled)
    assert until(told, lambda: dovecot.put([MAIL]))
    assert len(idled) == before

"""Row 20: machines that slept, connections that died silently, networks that are back, and how long a watch waits."""

import os
import signal
from dataclasses import replace
from threading import Event, Thread

import pytest

from cli.conftest import laid, shell  # noqa: F401 - fixtures
from counterparts.chaos import Chaos
from counterparts.scripted import Scripted
from deskterm.config.secret.secrets import Secrets
from deskterm.sync import watch
from deskterm.sync.imap import login
from faults.test_slow import far  # noqa: F401 - a fixture
from sync.passing import mail

CAPABLE = (rb"CAPABILITY", b"* CAPABILITY IMAP4rev1 IDLE\r\n%T OK done\r\n")
OPEN = (rb"EXAMINE", b"* 0 EXISTS\r\n* OK [UIDVALIDITY 1] x\r\n* OK [UIDNEXT 1] x\r\n%T OK done\r\n")


@pytest.fixture
def scripted(authority, mailbox):
    """Starts a scripted server; gives it and the mailbox on it."""
    servers = []

    def start(*replies):
        servers.append(Scripted(*replies, tls=authority.certificate("asleep").server_context()))
        return servers[-1], replace(mailbox, port=servers[-1].port)

    yield start
    for server in servers:
        server.close()


def test_a_silently_dead_idle_is_noticed_when_it_is_begun_again(scripted, home, monkeypatch):
    """No FIN, no RST, no answer to DONE: as behind a router that forgot the line."""
    monkeypatch.setattr(watch, "LOOK", 1.0)
    monkeypatch.setattr(watch, "_FIRST_WAIT", 0.01)
    monkeypatch.setattr(login, "TIMEOUT", 0.3)
    server, mailbox = scripted(CAPABLE, OPEN, (rb"IDLE", b"+ idling\r\n"), (rb"^DONE", b""))
    told, stop = Event(), Event()
    thread = Thread(target=watch.watch, args=(mailbox, Secrets(home), told.set, stop))
    thread.start()
    try:
        assert told.wait(20)
        while sum(b"LOGIN" in line for line in server.lines) < 2:
            assert not stop.wait(0.01)
    finally:
        stop.set()
        thread.join(20)
    assert not thread.is_alive()


class Waits(Event):
    """A stop event that records the waits, does not wait, and is set after a number of them."""

    def __init__(self, times):
        super().__init__()
        self.asked, self.times = [], times

    def wait(self, timeout=None):
        self.asked.append(timeout)
        if len(self.asked) > self.times:
            self.set()
        return self.is_set()


def test_a_server_that_asks_to_wait_is_left_alone_by_the_watch_for_five_minutes(scripted, home):
    _, mailbox = scripted(CAPABLE, (rb"LOGIN", b"%T NO [LIMIT] Too many connections\r\n"))
    stop = Waits(3)
    watch.watch(mailbox, Secrets(home), lambda: None, stop)
    assert all(300 <= seconds <= 375 for seconds in stop.asked[1:])


def test_a_network_that_is_away_is_tried_soon_and_then_every_half_minute(mailbox, home, unused_tcp_port):
    stop = Waits(8)
    watch.watch(replace(mailbox, port=unused_tcp_port), Secrets(home), lambda: None, stop)
    waited = stop.asked[1:]
    assert 5 <= waited[0] <= 6.25
    assert all(24 <= seconds <= 30 for seconds in waited[4:])
    assert len(set(waited[4:])) > 1, "each time a little different"


@pytest.mark.parametrize("reset", [False, True])
def test_a_desk_stopped_while_its_connections_died_misses_no_mail(far, dovecot, smtp_listener, reset):  # noqa: F811
    """As close to a suspended machine as a test gets: the process stops, its connections end, mail comes, it continues."""
    imap, sending = Chaos(dovecot.tls_port, reset=reset), Chaos(smtp_listener.port)
    try:
        with far(imap, sending) as terminal:
            terminal.until("Mail Delivery System")
            terminal.reads_until(lambda: "IDLE" in dovecot.commands())
            os.kill(terminal.pid, signal.SIGSTOP)
            begun = imap.begun
            imap.cut_all()
            words = "I need it by Friday."  # a named date stands on top
            dovecot.put([mail(7, sender="Ida Quill <ida@quill.example>", body=words)])
            os.kill(terminal.pid, signal.SIGCONT)
            terminal.until("Ida Quill")
            assert imap.begun > begun
            assert len(smtp_listener.accepted) == 1
    finally:
        imap.close()
        sending.close()

"""Row 2: lines that stall, trickle or answer late. Each wait has an end, and none of them is the screen's."""

import os
import sys
from pathlib import Path

import pytest

from cli.conftest import laid, shell  # noqa: F401 - fixtures
from counterparts.chaos import Chaos
from counterparts.dovecot import PASSWORD, USER
from counterparts.scripted import Scripted
from counterparts.terminal import Terminal
from deskterm.config.paths import Home
from deskterm.config.settings_file import Mailbox
from deskterm.domain.outbox_states import OutboxState
from deskterm.errors import Offline
from deskterm.storage.schema.migrate import open_database
from deskterm.sync.line import socket
from deskterm.sync.smtp import send
from sync.passing import NOW, mail
from sync.smtp.test_outbox import JANA, TOM, Post

SOURCE = Path(__file__).parents[2] / "src"
SMTP = (
    (rb"EHLO", b"250-mail.example\r\n250 AUTH PLAIN\r\n"),
    (rb"^AUTH", b"235 in\r\n"),
    (rb"^(MAIL|RCPT)", b"250 OK\r\n"),
    (rb"^DATA", b"354 go\r\n"),
    (rb"^\.\r\n", b"250 taken\r\n"),
    (rb"^(QUIT|RSET)", b"250 bye\r\n"),
    (rb"", b""),
)


@pytest.fixture
def slow(authority):
    """A scripted SMTP server that thinks about each answer for `pause` seconds."""
    servers = []

    def start(pause, *replies):
        tls = authority.certificate("slow").server_context()
        servers.append(Scripted(*replies, *SMTP, greeting=b"220 ready\r\n", tls=tls, pause=pause))
        return {"smtp_port": servers[-1].port, "smtp_security": "tls"}, servers[-1]

    yield start
    for server in servers:
        server.close()


@pytest.fixture
def post(db, home, mailbox):
    return Post(db, home, mailbox)


def commands(server):
    return [line.split()[0].split(b":")[0] for line in server.lines]


# IMAP


def test_an_answer_that_drips_has_no_more_than_a_minute():
    assert socket.PATIENCE < socket.LONGEST <= 60


def test_a_dripping_server_is_given_up_and_the_next_pass_has_it_all(desk, dovecot, monkeypatch):
    """Each byte comes well within the time a byte may take."""
    dovecot.put([mail(number) for number in range(5)])
    monkeypatch.setattr(socket, "PATIENCE", 0.1)
    monkeypatch.setattr(socket, "LONGEST", 0.4)
    monkeypatch.setattr(socket, "SLOWEST", 100_000)
    chaos = Chaos(dovecot.tls_port, trickle=(20, 0.005))
    try:
        (error,) = desk.run(port=chaos.port).failed
    finally:
        chaos.close()
    monkeypatch.undo()
    assert isinstance(error, Offline)
    assert desk.source().failing_since == NOW
    assert desk.run(NOW + 60).failed == ()
    assert desk.originals() == sorted(dovecot.mails())


def test_bytes_that_come_ever_later_are_not_waited_for_beyond_the_whole(desk, dovecot, monkeypatch):
    """The wait for a byte shrinks as an answer drips: the last one cannot stretch it."""
    monkeypatch.setattr(socket, "LONGEST", 0.5)
    monkeypatch.setattr(socket, "SLOWEST", 10**9)
    chaos = Chaos(dovecot.tls_port, late=0.7)
    try:
        (error,) = desk.run(port=chaos.port).failed
    finally:
        chaos.close()
    assert isinstance(error, Offline)


def test_a_server_that_is_merely_far_away_is_read(desk, dovecot):
    dovecot.put([mail(1)])
    chaos = Chaos(dovecot.tls_port, late=0.05)
    try:
        assert desk.run(port=chaos.port).mails == 1
    finally:
        chaos.close()


# SMTP


def test_a_session_that_opens_too_slowly_is_offline_and_nothing_was_sent(post, slow, monkeypatch):
    """No single answer takes too long, all of them together do."""
    monkeypatch.setattr(send, "TIMEOUT", 0.5)
    row = post.queue()
    where, server = slow(0.35)
    (error,) = post.deliver(**where).failed
    assert isinstance(error, Offline)
    assert b"MAIL" not in commands(server)
    assert (post.row(row).state, post.row(row).attempts) == (OutboxState.QUEUED, 0)
    assert post.failing()[0].words == "localhost does not answer."


def once_open(monkeypatch, timeout):
    """From when the session is open: a busy machine may take longer for that."""
    open_session = send._open

    async def opened(*given):
        await open_session(*given)
        monkeypatch.setattr(send, "TIMEOUT", timeout)

    monkeypatch.setattr(send, "_open", opened)


def test_an_envelope_that_is_taken_too_slowly_is_put_off_and_the_mail_never_left(post, slow, monkeypatch):
    row = post.queue(JANA, TOM, "ole@quay.example")
    where, server = slow(0.3)
    monkeypatch.setattr(send, "EACH", 0.01)
    once_open(monkeypatch, 0.7)
    post.deliver(**where)
    assert post.row(row).state is OutboxState.QUEUED
    assert b"DATA" not in commands(server)
    assert "lost before it was sent" in post.row(row).answered


@pytest.mark.parametrize(("size", "state"), [(10, OutboxState.UNCERTAIN), (20_000, OutboxState.SENT)])
def test_a_large_mail_has_the_time_that_a_slow_connection_takes_for_it(post, slow, monkeypatch, size, state):
    """The answer comes after 0.6 s: too late for a small mail, in time for one that takes long to leave."""
    row = post.queue()
    with post.db.write() as tx:
        tx.execute("UPDATE outbox SET raw = CAST(raw || ? AS BLOB)", (b"On its way.\r\n" * size,))
    where, server = slow(0.0)
    answer = server._answer

    def late(command):
        server.pause = 0.6 if command == b".\r\n" else 0.0
        return answer(command)

    monkeypatch.setattr(server, "_answer", late)
    once_open(monkeypatch, 0.3)
    monkeypatch.setattr(send, "SLOWEST", 100_000)
    post.deliver(**where)
    assert post.row(row).state is state


# the screen


CONFIG = """
[[mailbox]]
name = "far"
kind = "imap"
address = "{user}"
host = "localhost"
port = {imap}
secret = "command"
password_command = "printf '{password}'"
ca_file = "{ca_file}"
smtp_host = "localhost"
smtp_port = {smtp}
smtp_security = "starttls"
sent = "Gesendet"
"""


@pytest.fixture
def far(shell, dovecot, smtp_listener):  # noqa: F811
    """Opens the sample's desk with a second account over two proxies; in its outbox a reply is due."""

    def opened(imap, sending):
        with (shell.home / "config.toml").open("a") as config:
            config.write(
                CONFIG.format(
                    user=USER, password=PASSWORD, ca_file=dovecot.ca_file, imap=imap.port, smtp=sending.port
                )
            )
        queue(shell.home)
        env = {**os.environ, "PYTHONPATH": str(SOURCE), "TERM": "xterm-256color", "LC_ALL": "C.UTF-8"}
        return Terminal([sys.executable, "-m", "deskterm", "--home", str(shell.home)], env=env)

    return opened


def queue(home):
    """A reply of the second account, due at once."""
    db = open_database(Home(home).database)
    post = Post(db, Home(home), Mailbox())
    post.queue(account="far")
    db.close()


LINES = 2  # to the mailbox: one watches, one reads
FAULTS = {
    "a stall": {"cut_after": 900, "stall": True},
    "silence from the start": {"cut_after": 1, "stall": True},
    "100 bytes a second": {"trickle": (10, 0.1)},
    "three seconds each way": {"late": 3.0},
}


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
def test_keys_are_answered_while_servers_keep_us_waiting(far, dovecot, smtp_listener, fault):
    """The order of events: connections open, keys painted, the same still open; they are dropped, then reported."""
    imap, sending = Chaos(dovecot.tls_port, **fault), Chaos(smtp_listener.port, **fault)
    try:
        with far(imap, sending) as terminal:
            terminal.until("Mail Delivery System")
            terminal.reads_until(lambda: imap.open == LINES and sending.open)
            begun = sending.begun
            terminal.press("r", "Saved automatically")
            terminal.press("Dear Jana, it is found", "found")
            assert (sending.begun, sending.open) == (begun, 1)
            assert imap.open == LINES
            imap.cut_all()  # it listens on: the next pass is kept waiting, and what this one met stays told
            sending.cut_all()
            sending.close()
            terminal.until("cannot be sent yet")
            assert smtp_listener.accepted == []
    finally:
        imap.close()
        sending.close()

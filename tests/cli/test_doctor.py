"""`deskterm doctor --servers` against a real Dovecot and a listening SMTP server."""

import sqlite3

import pytest

from cli.conftest import Shell
from counterparts.dovecot import PASSWORD, USER

MAIL = b"From: Jana <jana@mertens.example>\r\nTo: shop@kiln.example\r\nSubject: Number %d\r\n\r\nHi!\r\n"


@pytest.fixture
def synced(tmp_path, capsys, monkeypatch, dovecot, smtp_listener):
    """A home that has read three mails."""
    monkeypatch.delenv("DESKTERM_HOME", raising=False)
    dovecot.put([MAIL % number for number in range(3)])
    home = tmp_path / "home"
    home.mkdir()
    (tmp_path / "password").write_text(PASSWORD)
    (home / "config.toml").write_text(
        f'[[mailbox]]\nname = "shop"\naddress = "{USER}"\nhost = "localhost"\nport = {dovecot.tls_port}\n'
        f'ca_file = "{dovecot.ca_file}"\nsecret = "command"\npassword_command = "cat {tmp_path}/password"\n'
        f'smtp_host = "localhost"\nsmtp_port = {smtp_listener.port}\nsmtp_security = "starttls"\n'
    )
    shell = Shell(home, capsys)
    shell("sync")
    assert shell.status == 0, shell.err
    return shell


def rows(shell, sql):
    """Run a statement on the closed database; nothing is checked."""
    with sqlite3.connect(shell.home / "desk.db") as database:
        found = database.execute(sql).fetchall()
    database.close()
    return found


def test_logins_are_tried_and_every_mail_is_here(synced):
    said = synced("doctor", "--servers")
    assert "localhost takes the login.\n" in said
    assert "shop, INBOX: every one of the 3 mails there was read." in said
    assert "localhost takes the login for sending.\n" in said


def test_a_mail_that_is_not_here_is_told_and_fetched(synced):
    """One row points at a UID that is not there, and the count is right: no sync would look again."""
    rows(synced, "UPDATE place SET uid = 999 WHERE uid = (SELECT max(uid) FROM place)")
    synced("sync")
    said = synced("doctor", "--servers")
    assert (synced.status, "INBOX: 1 mail of the server is not here; unnoticed went 1" in said) == (1, True)
    assert "Mails that lacked here were fetched: 1." in synced("doctor", "--servers", "--repair")
    assert "every one of the 3 mails" in synced("doctor", "--servers")
    assert rows(synced, "SELECT count(*) FROM message") == [(3,)]


def test_a_refused_login_is_a_finding(synced, tmp_path):
    (tmp_path / "password").write_text("another")
    said = synced("doctor", "--servers")
    assert synced.status == 1
    assert said.count("refuses the name or the password") == 2

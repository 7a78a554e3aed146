"""`deskterm doctor --servers`, and a desk whose password stopped working, against a real Dovecot and SMTP server."""

import os
import sqlite3
import sys
from pathlib import Path

import pytest

from cli.conftest import Shell
from counterparts.dovecot import PASSWORD, USER
from counterparts.terminal import Terminal

SOURCE = Path(__file__).parents[2] / "src"
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
    assert "localhost accepts the login.\n" in said
    assert "shop, INBOX: every one of the 3 mails there was read." in said
    assert "localhost accepts the login for sending.\n" in said


def test_a_missing_mail_is_reported_and_fetched(synced):
    """One row points at a UID that does not exist, and the count is right: no sync would look again."""
    rows(synced, "UPDATE place SET uid = 999 WHERE uid = (SELECT max(uid) FROM place)")
    synced("sync")
    said = synced("doctor", "--servers")
    assert (synced.status, "INBOX: 1 mail of the server is missing here; 1 disappeared" in said) == (1, True)
    assert "Missing mails fetched: 1." in synced("doctor", "--servers", "--repair")
    assert "every one of the 3 mails" in synced("doctor", "--servers")
    assert rows(synced, "SELECT count(*) FROM message") == [(3,)]


def test_a_refused_login_is_a_finding(synced, tmp_path):
    (tmp_path / "password").write_text("another")
    said = synced("doctor", "--servers")
    assert synced.status == 1
    assert said.count("refuses the name or the password") == 2


def test_one_secret_that_is_refused_twice_is_reported_once(synced, tmp_path):
    """A reply waits in the outbox: reading and sending fail by the same password."""
    synced("reply", "T1001", "--text", "Hello", "--send", "--yes", "--amber")
    rows(synced, "UPDATE outbox SET send_at = 0")
    (tmp_path / "password").write_text("no longer")
    synced("sync")
    assert synced.err.count("refuses the name or the password") == 1
    assert rows(synced, "SELECT count(*) FROM source WHERE failing_since IS NOT NULL") == [(2,)]
    told = synced.json("status")["sources"]
    assert [one["name"] for one in told if one["failing_since"]] == ["shop"]
    (tmp_path / "password").write_text(PASSWORD)
    os.utime(synced.home / "config.toml", (2**32, 2**32))  # the settings are newer: it is asked at once
    assert (synced("sync"), synced.status) == ("1 reply sent\n", 0)


def test_a_sync_that_failed_does_not_say_that_nothing_is_new(synced, tmp_path):
    """Nor does the next one, which does not ask the server: the settings are older."""
    os.utime(synced.home / "config.toml", (1, 1))
    (tmp_path / "password").write_text("no longer")
    assert synced("sync") == ""
    assert (synced.status, "refuses the name or the password" in synced.err) == (1, True)
    assert synced("sync", "-q") == ""
    assert (synced.status, "shop failed lately" in synced.err) == (1, True)
    assert synced.json("sync")["left"] == ["shop"]


def test_a_quiet_sync_says_nothing_if_nothing_is_new(synced):
    assert (synced("sync", "-q"), synced.err, synced.status) == ("", "", 0)


def test_a_timers_pass_names_what_needs_the_owner_once_and_notifies_the_desktop(
    synced, tmp_path, monkeypatch
):
    """The same needs that `status` and `doctor` report; again when they change, or a day later."""
    show = tmp_path / "bin" / "notify-send"
    show.parent.mkdir()
    show.write_text(f'#!/bin/sh\nprintf "%s\\n" "$3" >> "{tmp_path}/shown"\n')
    show.chmod(0o755)
    monkeypatch.setenv("PATH", f"{show.parent}:{os.environ['PATH']}")
    timed = ("sync", "-q", "--by-timer")
    assert (synced(*timed), synced.err, synced.status) == ("", "", 0)
    synced("reply", "T1001", "--text", "Hello", "--send", "--yes", "--amber")
    rows(synced, "UPDATE outbox SET state = 'refused'")
    told = []
    for _ in range(3):
        synced(*timed)
        told.append(synced.err)
        assert synced.status == 1
    (need,) = synced.json("status")["outbox"]["needs"]
    assert (need["what"] in told[0], told[1:]) == (True, ["", ""])
    (tmp_path / "password").write_text("no longer")
    synced(*timed)
    assert "refuses the name or the password" in synced.err
    rows(synced, "UPDATE note SET value = replace(value, '[1', '[-1') WHERE key = 'told by the timer'")
    synced(*timed)
    assert need["what"] in synced.err, "a day has passed"
    shown = (tmp_path / "shown").read_text().splitlines()
    also = f"{need['what']} shop fails; `deskterm status` says why."
    assert shown == [need["what"], also, also]


def test_a_refused_login_turns_the_open_desk_red_within_one_pass_and_is_not_called_nothing_new(
    synced, tmp_path
):
    (tmp_path / "password").write_text("no longer")
    env = {**os.environ, "PYTHONPATH": str(SOURCE), "TERM": "xterm-256color"}
    argv = [sys.executable, "-m", "deskterm", "--home", str(synced.home)]
    with Terminal(argv, env=env) as terminal:
        terminal.until("refuses the name or the password")
        terminal.press("R")
        terminal.press("!", "deskterm setup")
        assert b"nothing new" not in terminal.output

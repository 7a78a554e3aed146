"""A pass beside the screen: small in the thread, large in a process of its own."""

import os
import signal
from dataclasses import replace
from threading import Event

import pytest

from counterparts.dovecot import USER
from deskterm.config.secret.secrets import Secrets
from deskterm.config.settings_file import Settings, Shop
from deskterm.errors import LoginRefused, NotNow
from deskterm.intake.values import Context
from deskterm.sync import child
from deskterm.sync.one_pass import Pass

NOW = 1_760_000_000


def mail(number):
    return f"From: jana@mertens.example\r\nTo: {USER}\r\nSubject: {number}\r\nMessage-ID: <{number}@x.example>\r\n\r\nHi\r\n".encode()


@pytest.fixture
def what(home, mailbox):
    settings = Settings(shop=Shop(addresses=(USER,)), mailboxes=(mailbox,))
    return Pass(settings, home, Secrets(home), Context(own=settings.own_addresses, now=NOW), NOW)


def count(db):
    with db.read() as tx:
        return tx.execute("SELECT count(*) FROM message").fetchone()[0]


def test_a_first_sync_runs_in_a_child_and_reports_its_progress(what, db, dovecot):
    dovecot.put([mail(n) for n in range(5)])
    told = []
    result = child.run_beside(what, db, told.append, Event())
    assert (result.mails, result.failed) == (5, ())
    assert count(db) == 5
    assert told[-1].words == "sending"
    assert max(progress.done for progress in told) == 5


def test_a_small_pass_stays_in_the_thread(what, db, dovecot, monkeypatch):
    child.run_pass_in_child(what, lambda progress: None, Event())
    dovecot.put([mail(1)])
    monkeypatch.setattr(child, "run_pass_in_child", None)
    assert child.run_beside(what, db, lambda progress: None, Event()).mails == 1


def test_a_pass_that_turns_out_large_continues_in_a_child(what, db, dovecot, monkeypatch):
    child.run_pass_in_child(what, lambda progress: None, Event())
    monkeypatch.setattr(child, "SMALL", 2)
    monkeypatch.setattr("deskterm.sync.imap.fetch_order.MAILS_A_BATCH", 2)
    dovecot.put([mail(n) for n in range(7)])
    assert child.run_beside(what, db, lambda progress: None, Event()).mails == 7
    assert count(db) == 7


def test_a_childs_failure_comes_back_in_words(what, db):
    wrong = replace(what.settings.mailboxes[0], password_command="echo wrong")
    result = child.run_pass_in_child(
        replace(what, settings=replace(what.settings, mailboxes=(wrong,))), lambda progress: None, Event()
    )
    (error,) = result.failed
    assert isinstance(error, LoginRefused)
    assert error.todo


def test_a_child_stops_when_asked_to(what, db, dovecot):
    dovecot.put([mail(1)])
    stop = Event()
    stop.set()
    assert child.run_pass_in_child(what, lambda progress: None, stop).mails <= 1


def test_a_killed_child_is_reported_and_the_next_pass_continues(what, db, dovecot):
    dovecot.put([mail(n) for n in range(5)])
    with pytest.raises(NotNow, match="ended from outside"):
        child.run_pass_in_child(what, lambda progress: kill_children(), Event())
    assert child.run_beside(what, db, lambda progress: None, Event()).failed == ()
    assert count(db) == 5


def kill_children():
    """Kills this process's own sync child, the hard way."""
    import multiprocessing

    for one in multiprocessing.active_children():
        os.kill(one.pid, signal.SIGKILL)

"""A pass over a real IMAP server: everything once, nothing changed there, and resumable anywhere."""

from dataclasses import replace
from threading import Event

import pytest

from counterparts.chaos import Chaos
from counterparts.dovecot import PASSWORD, USER
from deskterm.cli.run_pass import in_words
from deskterm.config.secret.secrets import Secrets
from deskterm.config.settings_file import Settings
from deskterm.domain.sources import SourceKind
from deskterm.errors import LoginRefused, Offline
from deskterm.intake.values import Context
from deskterm.storage import sources
from deskterm.sync.locks import account_lock
from deskterm.sync.one_pass import Pass, run_pass
from sync.passing import JANA, NOW, Desk, mail


@pytest.fixture
def desk(db, home, mailbox):
    return Desk(db, home, mailbox)


def test_a_first_pass_brings_inbox_and_sent(desk, dovecot):
    dovecot.put([mail(1), mail(2)])
    dovecot.put([mail(3, sender=USER, to=JANA, answers=1)], "Gesendet")
    result = desk.run()
    assert (result.mails, result.failed, result.more) == (3, (), False)
    assert desk.subjects() == ["Question 1", "Question 2", "Question 3"]
    assert desk.originals() == sorted(dovecot.mails() + dovecot.mails("Gesendet"))
    assert desk.ask("SELECT count(*) FROM ticket WHERE joined_into IS NULL")[0][0] == 2
    assert [row[0] for row in desk.ask("SELECT direction FROM message WHERE subject = 'Question 3'")] == [
        "out"
    ]
    state = desk.source()
    assert (state.complete_to, state.failing_since) == (NOW, None)


def test_the_server_is_left_exactly_as_it_was(desk, dovecot):
    dovecot.put([mail(1)])
    dovecot.put([mail(2)], flags=r"(\Flagged)")
    before = (dovecot.mails(), dovecot.flags())
    desk.run()
    desk.run()
    assert (dovecot.mails(), dovecot.flags()) == before


def test_a_second_pass_with_nothing_new_fetches_and_lists_nothing(desk, dovecot):
    dovecot.put([mail(n) for n in range(5)])
    desk.run()
    dovecot.forget_commands()
    assert desk.run(NOW + 60).mails == 0
    asked = [line.split()[0] for line in dovecot.commands()]
    assert asked == ["EXAMINE", "EXAMINE", "LOGOUT"]
    assert desk.source().complete_to == NOW + 60


def test_only_new_mail_is_fetched(desk, dovecot):
    dovecot.put([mail(1), mail(2)])
    desk.run()
    dovecot.put([mail(3)])
    dovecot.forget_commands()
    assert desk.run().mails == 1
    assert "BODY.PEEK[]" in str([line for line in dovecot.commands() if line.startswith("UID FETCH 3 ")])
    assert desk.subjects() == ["Question 1", "Question 2", "Question 3"]


def test_a_first_pass_reads_the_newest_first_and_goes_on_where_it_stopped(desk, dovecot, monkeypatch):
    monkeypatch.setattr("deskterm.sync.imap.fetch_order.MAILS_A_BATCH", 2)
    dovecot.put([mail(n) for n in range(1, 8)])
    first = desk.run(most=2)
    assert (first.mails, first.more) == (2, True)
    assert desk.subjects() == ["Question 6", "Question 7"]
    dovecot.put([mail(8)])
    desk.run(most=2)
    desk.run()
    assert desk.subjects() == [f"Question {n}" for n in range(1, 9)]
    assert desk.cursors()["INBOX"].lowest_uid == 1
    assert len(dovecot.mails()) == 8


def test_a_stop_ends_between_two_batches(desk, dovecot, monkeypatch):
    monkeypatch.setattr("deskterm.sync.imap.fetch_order.MAILS_A_BATCH", 1)
    dovecot.put([mail(n) for n in range(4)])
    stop = Event()
    desk.seen = Stopper(stop, after="reading INBOX of shop")
    result = desk.run(stop=stop)
    assert result.stopped
    assert len(desk.subjects()) == 1
    desk.seen = []
    desk.run()
    assert len(desk.subjects()) == 4


class Stopper:
    def __init__(self, stop, after):
        self.stop, self.after = stop, after

    def append(self, progress):
        if progress.words == self.after:
            self.stop.set()


def test_another_uidvalidity_brings_nothing_twice(desk, dovecot):
    with dovecot.login() as client:
        client.create("Shop")
    dovecot.put([mail(1), mail(2)], "Shop")
    desk.run(inbox="Shop")
    tickets = desk.ask("SELECT id, status, last_at FROM ticket")
    events = desk.ask("SELECT count(*) FROM events")[0][0]
    dovecot.renew("Shop")
    dovecot.put([mail(3)], "Shop")
    desk.run(inbox="Shop")
    assert desk.subjects() == ["Question 1", "Question 2", "Question 3"]
    assert [tuple(row) for row in desk.ask("SELECT id, status, last_at FROM ticket")[:2]] == [
        tuple(r) for r in tickets
    ]
    assert desk.ask("SELECT count(*) FROM place")[0][0] == 3
    assert desk.ask("SELECT count(*) FROM events")[0][0] >= events


def test_a_mail_deleted_elsewhere_is_kept_here_and_marked_gone(desk, dovecot):
    dovecot.put([mail(1), mail(2), mail(3)])
    desk.run()
    with dovecot.login() as client:
        client.select("INBOX")
        client.uid("STORE", "2", "+FLAGS", r"(\Deleted)")
        client.expunge()
    assert desk.run().mails == 0
    assert desk.subjects() == ["Question 1", "Question 2", "Question 3"]
    assert [row[0] for row in desk.ask("SELECT uid FROM place WHERE gone")] == [2]
    dovecot.forget_commands()
    desk.run()
    assert not any(line.startswith("UID") for line in dovecot.commands())


def test_the_same_mail_twice_on_the_server_is_one_message(desk, dovecot):
    dovecot.put([mail(1), mail(1)])
    desk.run()
    assert desk.subjects() == ["Question 1"]
    dovecot.forget_commands()
    desk.run()
    assert not any(line.startswith("UID") for line in dovecot.commands())


def test_a_large_mail_says_that_its_rest_is_on_the_server(desk, dovecot, monkeypatch):
    monkeypatch.setattr("deskterm.sync.imap.fetch_order.BYTES_A_BATCH", 1000)
    monkeypatch.setattr("deskterm.sync.imap.fetch_order.SMALL", 100)
    for name in ("batches", "imap.fetch_order"):
        monkeypatch.setattr(f"deskterm.sync.{name}.LARGEST", 2000)
    monkeypatch.setattr("deskterm.sync.imap.connection.BEGINNING", 500)
    dovecot.put([mail(1, body="x" * 5000), mail(2)])
    desk.run()
    (row,) = desk.ask("SELECT text, size FROM message WHERE subject = 'Question 1'")
    assert "The rest of it stays on the server" in row["text"]
    assert row["size"] > 5000


@pytest.mark.parametrize("reset", [False, True])
@pytest.mark.parametrize("cut_after", [500, 3000, 6000, 9000, 14000])
def test_a_connection_cut_anywhere_loses_and_doubles_nothing(desk, dovecot, monkeypatch, cut_after, reset):
    """A pass through a proxy that cuts, again and again, then one without: the desk equals a clean run's."""
    monkeypatch.setattr("deskterm.sync.imap.fetch_order.MAILS_A_BATCH", 3)
    dovecot.put([mail(n, body="y" * 300) for n in range(1, 13)])
    dovecot.put([mail(20, sender=USER, to=JANA, answers=4)], "Gesendet")
    chaos = Chaos(dovecot.tls_port, cut_after, reset=reset)
    try:
        for _ in range(3):
            (error,) = desk.run(port=chaos.port).failed or (None,)
            assert error is None or isinstance(error, Offline)
        assert chaos.cuts or cut_after == 14000
    finally:
        chaos.close()
    assert desk.run().failed == ()
    assert desk.originals() == sorted(dovecot.mails() + dovecot.mails("Gesendet"))


def test_a_wrong_password_turns_the_source_red_and_back(desk, dovecot):
    dovecot.put([mail(1)])
    (error,) = desk.run(password_command="echo wrong").failed
    assert isinstance(error, LoginRefused)
    state = desk.source()
    assert state.failing_since == NOW
    assert state.todo
    (again,) = desk.run(NOW + 60, password_command="echo wrong").failed
    assert isinstance(again, LoginRefused)
    assert desk.source().failing_since == NOW
    desk.run(NOW + 120)
    assert desk.source().failing_since is None
    assert PASSWORD not in str(error)


def test_a_mailbox_being_read_by_another_process_is_left_to_it(desk, dovecot, home):
    dovecot.put([mail(1)])
    with account_lock(home.locks, "shop in"):
        left = desk.run()
    assert (left.mails, left.busy) == (0, ("shop",))
    assert in_words(left) == "shop is already being read"
    done = desk.run()
    assert (done.mails, done.busy) == (1, ())


def test_two_accounts_are_read_and_one_failing_does_not_stop_the_other(db, home, mailbox, dovecot):
    dovecot.put([mail(1)])
    settings = Settings(mailboxes=(replace(mailbox, name="broken", password_command="false"), mailbox))
    what = Pass(settings, home, Secrets(home), Context(own=frozenset(), now=NOW), NOW)
    result = run_pass(what, db, lambda progress: None, Event())
    assert result.mails == 1
    assert len(result.failed) == 1
    with db.read() as tx:
        assert [bool(one.failing_since) for one in sources.states(tx, SourceKind.MAIL)] == [True, False]

"""A Maildir as a mailbox: every mail once, and not one of the owner's files touched."""

import mailbox as standard
import os
from dataclasses import replace
from pathlib import Path
from threading import Event, Thread

import pytest

from deskterm.config.secret.secrets import Secrets
from deskterm.config.settings_file import Mailbox, Settings, Shop
from deskterm.domain.sources import SourceKind
from deskterm.errors import MailGaps, ServerRefused
from deskterm.intake.values import Context
from deskterm.storage import sources
from deskterm.storage.mail.folders import Cursor
from deskterm.sync.files import maildir
from deskterm.sync.one_pass import Pass, run_pass
from deskterm.sync.watch import watch

NOW = 1_760_000_000
SHOP, JANA = "shop@kiln.example", "jana@mertens.example"


def mail(number, sender=JANA, to=SHOP, answers=0):
    head = f"From: {sender}\nTo: {to}\nSubject: Question {number}\nMessage-ID: <{number}@x.example>\n"
    head += f"In-Reply-To: <{answers}@x.example>\n" if answers else ""
    return f"{head}Date: Thu, 9 Oct 2025 10:00:00 +0000\n\nHello {number}\n".encode()


class Desk:
    """A desk over one Maildir, as the tests drive it."""

    def __init__(self, db, home, root):
        self.db, self.home, self.root = db, home, root
        self.mailbox = Mailbox(name="local", kind="maildir", path=str(root), delivery="maildir")
        for part in ("tmp", "new", "cur"):
            (root / part).mkdir(parents=True)

    def put(self, number, at=NOW - 1000, part="new", folder="", flags="", **kinds):
        place = self.root / folder / part / f"{at}.{number}.host{flags}"
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(mail(number, **kinds))
        os.utime(place, (at, at))
        return place

    def run(self, most=0, now=NOW):
        settings = Settings(shop=Shop(addresses=(SHOP,)), mailboxes=(self.mailbox,))
        context = Context(own=settings.own_addresses, now=now)
        what = Pass(settings, self.home, Secrets(self.home), context, now, most)
        return run_pass(what, self.db, lambda progress: None, Event())

    def ask(self, sql):
        with self.db.read() as tx:
            return [tuple(row) for row in tx.execute(sql)]

    def files(self):
        return sorted((str(path), path.stat().st_mtime_ns) for path in self.root.rglob("*") if path.is_file())


@pytest.fixture
def desk(db, home, tmp_path):
    return Desk(db, home, tmp_path / "mail")


def test_inbox_and_sent_are_read_and_no_file_is_touched(desk):
    desk.put(1)
    desk.put(2, part="cur", flags=":2,S")
    desk.put(3, part="cur", folder=".Sent", flags=":2,S", sender=SHOP, to=JANA, answers=1)
    before = desk.files()
    assert desk.run().mails == 3
    assert desk.files() == before
    assert desk.ask("SELECT direction, at FROM message ORDER BY subject")[0] == ("in", NOW - 1000)
    assert desk.ask("SELECT count(*) FROM ticket WHERE joined_into IS NULL") == [(2,)]
    assert desk.run().mails == 0


def test_a_mail_another_program_reads_or_flags_is_the_same_mail(desk):
    place = desk.put(1)
    desk.run()
    place.rename(desk.root / "cur" / f"{place.name}:2,RS")
    assert desk.run().mails == 0
    assert desk.ask("SELECT count(*) FROM message") == [(1,)]
    assert desk.ask("SELECT gone FROM place") == [(0,)]


def test_only_new_mail_is_read_and_deleted_mail_is_marked_gone(desk):
    place = desk.put(1)
    desk.run()
    place.unlink()
    desk.put(2)
    assert desk.run().mails == 1
    assert desk.ask("SELECT name, gone FROM place ORDER BY name") == [
        (f"{NOW - 1000}.1.host", 1),
        (f"{NOW - 1000}.2.host", 0),
    ]
    assert desk.ask("SELECT count(*) FROM message") == [(2,)]


def test_a_first_pass_reads_the_newest_first_and_goes_on_where_it_stopped(desk, monkeypatch):
    monkeypatch.setattr(maildir, "MAILS_A_BATCH", 2)
    for number in range(1, 8):
        desk.put(number, at=NOW - 10_000 + number)
    assert desk.run(most=2).more
    assert desk.ask("SELECT subject FROM message ORDER BY subject") == [("Question 6",), ("Question 7",)]
    desk.run()
    assert desk.ask("SELECT count(*) FROM message") == [(7,)]


def test_a_path_without_a_maildir_is_reported(desk, tmp_path):
    desk.mailbox = replace(desk.mailbox, path=str(tmp_path / "nothing"))
    (error,) = desk.run().failed
    assert isinstance(error, ServerRefused)
    assert "no Maildir" in error.what
    with desk.db.read() as tx:
        assert sources.states(tx, SourceKind.MAIL)[0].failing_since == NOW


def test_other_programs_read_a_delivered_mail_as_in_any_maildir(desk):
    maildir.deliver(desk.root / ".Sent", mail(9), "<9@x.example>", NOW)
    maildir.deliver(desk.root / ".Sent", mail(9), "<9@x.example>", NOW)
    (found,) = standard.Maildir(desk.root / ".Sent", create=False)
    assert found["Subject"] == "Question 9"
    assert found.get_flags() == "S"


def test_a_delivered_reply_comes_back_once_through_sent(desk):
    desk.put(1)
    desk.run()
    maildir.deliver(maildir.sent_folder(desk.root, ""), mail(9, SHOP, JANA, 1), "<9@x.example>", NOW)
    assert desk.run().mails == 1
    assert desk.ask("SELECT direction FROM message WHERE subject = 'Question 9'") == [("out",)]


def test_the_watch_of_a_maildir_notices_new_mail(desk, monkeypatch, home):
    """Mail is put there until the watch, which may still be starting, has noticed some."""
    monkeypatch.setattr("deskterm.sync.watch.MAILDIR", 0.01)
    stop, told = Event(), Event()
    thread = Thread(target=watch, args=(desk.mailbox, Secrets(home), told.set, stop))
    thread.start()
    for number in range(200):
        desk.put(number)
        if told.wait(0.05):
            break
    stop.set()
    thread.join(10)
    assert told.is_set()
    assert not thread.is_alive()


def test_a_file_that_vanishes_while_it_is_read_is_left_for_the_next_pass(desk):
    there = {"gone": Path(desk.root / "new" / "gone")}
    batches = list(maildir.batches(there, set(), Cursor(1, "local", "INBOX", "inbox")))
    assert [batch.mails for batch in batches] == [()]


def test_an_unreadable_file_is_reported_and_the_others_are_read(desk):
    desk.put(1)
    broken = desk.root / "new" / "2.M2.x"
    broken.symlink_to(broken)
    (desk.root / "cur" / "folder").mkdir()
    for at in (NOW, NOW + 60):
        assert [type(one) for one in desk.run(now=at).failed] == [MailGaps]
        assert len(desk.ask("SELECT id FROM message")) == 1
    broken.unlink()
    broken.write_bytes(mail(2))
    assert desk.run(now=NOW + 120).failed == ()
    assert len(desk.ask("SELECT id FROM message")) == 2


def test_a_pipe_among_the_mails_is_reported_and_does_not_stop_the_pass(desk):
    desk.put(1)
    os.mkfifo(desk.root / "cur" / "2.M2.x")
    assert [type(one) for one in desk.run().failed] == [MailGaps]
    assert len(desk.ask("SELECT id FROM message")) == 1

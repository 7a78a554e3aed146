"""A mail that the server lists and does not give out: reported, asked for again, and not counted as read before."""

import pytest

from deskterm.domain.sources import Failure, SourcePart
from deskterm.errors import MailGaps, ServerRefused
from deskterm.sync.imap.connection import Connection
from sync.passing import NOW, Desk, mail


@pytest.fixture
def desk(db, home, mailbox):
    return Desk(db, home, mailbox)


@pytest.fixture
def keeps_back(monkeypatch):
    """The UIDs whose bodies the server gives as nothing."""
    uids: set[int] = set()
    whole = Connection._fetch

    def fetch(self, asked, what, sign=b"BODY["):
        found = whole(self, asked, what, sign)
        return {uid: one for uid, one in found.items() if uid not in uids}

    monkeypatch.setattr(Connection, "_fetch", fetch)
    return uids


def told(desk):
    failing = [one for one in desk.sources().values() if one.failing_since is not None]
    return [(one.source.part, one.failure) for one in failing]


def test_a_mail_that_is_kept_back_is_reported_each_time_until_it_is_here(desk, dovecot, keeps_back):
    dovecot.put([mail(1), mail(2), mail(3)], at=NOW - 600)
    keeps_back.add(2)
    for at in (NOW, NOW + 60):
        result = desk.run(at)
        assert [type(one) for one in result.failed] == [MailGaps]
        assert told(desk) == [(SourcePart.LACKING, Failure.GAPS)]
        with desk.db.read() as tx:
            assert tx.execute("SELECT count(*) FROM message").fetchone()[0] == 2
    keeps_back.clear()
    assert desk.run(NOW + 120).failed == ()
    assert told(desk) == []
    with desk.db.read() as tx:
        assert tx.execute("SELECT count(*) FROM message").fetchone()[0] == 3


def test_the_rest_counts_as_read_and_its_tickets_are_settled(desk, dovecot, keeps_back):
    dovecot.put([mail(1), mail(2)], at=NOW - 600)
    keeps_back.add(1)
    desk.run(NOW)
    with desk.db.read() as tx:
        assert tx.execute("SELECT count(*) FROM ticket WHERE history != 0").fetchone()[0] == 0


def test_a_mail_kept_back_while_another_goes_is_reported_though_the_count_is_the_same(
    desk, dovecot, keeps_back
):
    dovecot.put([mail(1), mail(2)], at=NOW - 600)
    assert desk.run(NOW).failed == ()
    with dovecot.login() as client:
        client.select("INBOX")
        client.store("1", "+FLAGS", r"\Deleted")
        client.expunge()
    dovecot.put([mail(3)], at=NOW - 300)
    keeps_back.add(3)
    for at in (NOW + 60, NOW + 120):
        assert [type(one) for one in desk.run(at).failed] == [MailGaps]
    assert desk.subjects() == ["Question 1", "Question 2"]
    keeps_back.clear()
    assert desk.run(NOW + 180).failed == ()
    assert desk.subjects() == ["Question 1", "Question 2", "Question 3"]


@pytest.fixture
def refuses(monkeypatch):
    """The UIDs whose bodies the server refuses with NO, as it does with a broken mail."""
    uids: set[int] = set()
    whole = Connection._fetch

    def fetch(self, asked, what, sign=b"BODY["):
        if "BODY.PEEK[]" in what and uids.intersection(asked):
            raise ServerRefused("NO cannot be converted")
        return whole(self, asked, what, sign)

    monkeypatch.setattr(Connection, "_fetch", fetch)
    return uids


def test_a_refused_mail_shows_its_header_and_is_reported_and_asked_for_until_it_comes(desk, dovecot, refuses):
    dovecot.put([mail(1), mail(2), mail(3)], at=NOW - 600)
    refuses.add(2)
    for at in (NOW, NOW + 60):
        assert [type(one) for one in desk.run(at).failed] == [MailGaps]
        assert told(desk) == [(SourcePart.LACKING, Failure.GAPS)]
        assert desk.subjects() == ["Question 1", "Question 2", "Question 3"]
    refuses.clear()
    assert desk.run(NOW + 120).failed == ()
    assert told(desk) == []
    assert any(b"Where is my order? 2" in raw for raw in desk.originals())
    assert len(desk.ask("SELECT id FROM ticket")) == 3, "the mail joins its header"
    assert desk.run(NOW + 180).fresh == 0

"""Delivery: once, or its state is shown. Counted at the SMTP listener and on the server."""

from dataclasses import replace
from pathlib import Path
from threading import Event

import pytest

from counterparts.dovecot import USER
from counterparts.smtp_listener import CUT, CUT_AFTER, SmtpListener
from deskterm.config.secret.secrets import Secrets
from deskterm.config.settings_file import Settings
from deskterm.domain.messages import Address
from deskterm.domain.outbox_states import OutboxState
from deskterm.domain.review.replies import Draft
from deskterm.domain.sources import SourceKind
from deskterm.errors import LoginRefused, NotEncrypted, Offline
from deskterm.storage import customers, sources, tickets
from deskterm.storage.replies import outbox
from deskterm.storage.schema.database import Database
from deskterm.sync.locks import account_lock
from deskterm.sync.smtp.outbox import deliver

NOW = 1_760_000_000
JANA, TOM = "jana@mertens.example", "tom@mertens.example"


class Post:
    """One account with its outbox, as the tests drive it."""

    def __init__(self, db, home, mailbox):
        self.db, self.home, self.mailbox = db, home, mailbox
        with db.write() as tx:
            customer = customers.upsert(tx, Address("Jana", JANA), NOW)
            self.ticket = tickets.create(tx, customer_id=customer, subject="Where?", at=NOW)

    def queue(self, *people, number=1, account="shop"):
        people = people or (JANA,)
        raw = f"From: {USER}\r\nTo: {', '.join(people)}\r\nMessage-ID: <{number}@kiln.example>\r\n\r\nOn its way.\r\n"
        draft = Draft(
            self.ticket, "On its way.", "Re: Where?", USER, tuple(Address("", one) for one in people)
        )
        with self.db.write() as tx:
            return outbox.enqueue(
                tx, draft, account=account, sender=USER, message_id=f"<{number}@kiln.example>", raw=raw.encode(),
                recipients=people, action=1, send_at=NOW, at=NOW,
            )  # fmt: skip

    def deliver(self, now=NOW, **changed):
        settings = Settings(mailboxes=(replace(self.mailbox, **changed),))
        return deliver(settings, self.home, self.db, Secrets(self.home), now=now, stop=Event())

    def row(self, row_id):
        with self.db.read() as tx:
            return outbox.get(tx, row_id)

    def failing(self):
        with self.db.read() as tx:
            return [source for source in sources.states(tx, SourceKind.MAIL) if source.failing_since]


@pytest.fixture
def post(db, home, mailbox, smtp_listener):
    return Post(
        db,
        home,
        replace(mailbox, smtp_host="localhost", smtp_port=smtp_listener.port, smtp_security="starttls"),
    )


def test_a_reply_goes_out_once_and_its_copy_is_filed_once(post, smtp_listener, dovecot):
    row = post.queue(JANA, TOM)
    assert post.deliver().sent == 1
    assert post.deliver().sent == 0
    (accepted,) = smtp_listener.accepted
    assert (accepted.sender, accepted.recipients) == (USER, [JANA, TOM])
    assert accepted.raw.endswith(b"\r\nOn its way.\r\n")
    assert dovecot.mails("Gesendet") == [accepted.raw]
    sent = post.row(row)
    assert (sent.state, sent.copy, sent.sent_at) == (OutboxState.SENT, "filed", NOW)
    assert [one.outcome for one in sent.recipients] == ["accepted", "accepted"]
    assert [state for _, state, _ in sent.history] == ["queued", "sending", "sent"]


def test_several_replies_share_one_session(post, smtp_listener):
    for number in range(5):
        post.queue(number=number)
    assert post.deliver().sent == 5
    assert smtp_listener.sessions == 1


def test_a_reply_whose_time_has_not_come_waits(post, smtp_listener):
    row = post.queue()
    assert post.deliver(now=NOW - 1).sent == 0
    assert post.row(row).state is OutboxState.QUEUED
    assert smtp_listener.sessions == 0


def test_tls_from_the_start_works_too(post, authority):
    listener = SmtpListener(authority.certificate("smtps"), tls=True).start()
    try:
        post.queue()
        assert post.deliver(smtp_port=listener.port, smtp_security="tls").sent == 1
        assert len(listener.accepted) == 1
    finally:
        listener.stop()


def test_one_refused_recipient_is_named_and_the_other_gets_it_once(post, smtp_listener):
    smtp_listener.swap[TOM] = "550 no such user"
    row = post.queue(JANA, TOM)
    post.deliver()
    assert [one.recipients for one in smtp_listener.accepted] == [[JANA]]
    sent = post.row(row)
    assert sent.state is OutboxState.SENT
    assert {one.address: one.outcome for one in sent.recipients} == {JANA: "accepted", TOM: "refused"}
    assert TOM in sent.answered
    assert "no such user" in sent.answered


def test_a_refusal_of_all_keeps_the_servers_words(post, smtp_listener):
    smtp_listener.swap[JANA] = "550 5.1.1 no such user here"
    row = post.queue()
    post.deliver()
    post.deliver(now=NOW + 100_000)
    refused = post.row(row)
    assert refused.state is OutboxState.REFUSED
    assert "no such user here" in refused.answered
    assert smtp_listener.accepted == []


@pytest.mark.parametrize("where", ["MAIL", JANA, "DATA"])
def test_a_server_that_says_not_now_is_tried_later_and_later(post, smtp_listener, where):
    smtp_listener.swap[where] = "451 4.7.1 greylisted, try later"
    row = post.queue()
    post.deliver()
    waiting = post.row(row)
    assert waiting.state is OutboxState.QUEUED
    assert waiting.send_at >= NOW + 60
    assert "greylisted" in waiting.answered
    assert post.deliver(now=NOW + 30).sent == 0
    assert post.row(row).attempts == 1
    smtp_listener.swap.clear()
    assert post.deliver(now=waiting.send_at).sent == 1
    assert len(smtp_listener.accepted) == 1


def test_after_three_days_of_not_now_it_goes_back_to_the_owner(post, smtp_listener):
    smtp_listener.swap["MAIL"] = "451 later"
    row = post.queue()
    post.deliver(now=NOW + 9 * 86400)  # the first try, after a holiday
    assert post.row(row).state is OutboxState.QUEUED
    post.deliver(now=NOW + 12 * 86400)
    assert post.row(row).state is OutboxState.REFUSED


def test_a_connection_lost_before_the_mail_is_handed_over_is_tried_again(post, smtp_listener):
    smtp_listener.swap["MAIL"] = CUT
    row = post.queue()
    post.deliver()
    assert post.row(row).state is OutboxState.QUEUED
    smtp_listener.swap.clear()
    post.deliver(now=NOW + 1000)
    assert post.row(row).state is OutboxState.SENT
    assert len(smtp_listener.accepted) == 1


@pytest.mark.parametrize("cut", [CUT, CUT_AFTER])
def test_a_connection_lost_after_the_dot_leaves_it_uncertain_and_never_tried_again(post, smtp_listener, cut):
    smtp_listener.swap["DATA"] = cut
    row = post.queue()
    post.deliver()
    taken = len(smtp_listener.accepted)
    assert post.row(row).state is OutboxState.UNCERTAIN
    smtp_listener.swap.clear()
    post.deliver(now=NOW + 100_000)
    assert post.row(row).state is OutboxState.UNCERTAIN
    assert len(smtp_listener.accepted) == taken
    assert "lost" in post.row(row).answered


def test_an_uncertain_reply_is_settled_when_it_is_found_in_sent(post, smtp_listener, dovecot):
    smtp_listener.swap["DATA"] = CUT_AFTER
    row = post.queue()
    post.deliver()
    dovecot.put([smtp_listener.accepted[0].raw], "Gesendet")
    post.deliver(now=NOW + 60)
    assert post.row(row).state is OutboxState.SENT
    assert "Found in Sent" in post.row(row).answered
    assert len(smtp_listener.accepted) == 1
    assert len(dovecot.mails("Gesendet")) == 1


def test_a_process_that_died_while_the_mail_was_leaving_leaves_it_uncertain(post, smtp_listener):
    row = post.queue()
    with post.db.write() as tx:
        outbox.claim(tx, row, "another:1", NOW)
        outbox.hand(tx, row)
    post.deliver()
    assert post.row(row).state is OutboxState.UNCERTAIN
    assert smtp_listener.accepted == []


def test_a_process_that_died_before_the_mail_left_leaves_it_queued(post, smtp_listener):
    row = post.queue()
    with post.db.write() as tx:
        outbox.claim(tx, row, "another:1", NOW)
    post.deliver()
    assert post.row(row).state is OutboxState.SENT
    assert len(smtp_listener.accepted) == 1


def test_two_deliveries_at_once_send_one_mail(post, smtp_listener):
    """The second finds the account's lock held, whichever process holds it."""
    row = post.queue()
    with account_lock(post.home.locks, "shop out") as ours:
        assert ours
        assert post.deliver().sent == 0
    assert post.row(row).state is OutboxState.QUEUED
    assert post.deliver().sent == 1


def test_a_reply_called_back_during_delivery_is_not_sent(post, smtp_listener, monkeypatch):
    """The desk takes it back after delivery saw it and before delivery claims it."""
    row = post.queue()
    with post.db.read() as tx:
        seen = outbox.due_rows(tx, NOW)
    with post.db.write() as tx:
        outbox.mark(tx, row, OutboxState.DISCARDED, "", NOW)
    monkeypatch.setattr(outbox, "due_rows", lambda tx, now, account=None: seen)
    assert post.deliver().sent == 0
    assert smtp_listener.accepted == []


def test_a_refused_login_leaves_the_outbox_waiting_and_says_so(post, smtp_listener):
    smtp_listener.swap["AUTH"] = "535 5.7.8 bad credentials"
    row = post.queue()
    (error,) = post.deliver().failed
    assert isinstance(error, LoginRefused)
    assert post.row(row).state is OutboxState.QUEUED
    assert post.row(row).attempts == 0
    (source,) = post.failing()
    assert "bad credentials" in source.words
    assert source.todo
    smtp_listener.swap.clear()
    assert post.deliver(now=NOW + 60).sent == 1
    assert post.failing() == []


def test_without_encryption_nothing_is_sent(post, authority):
    listener = SmtpListener(authority.certificate("plain"), starttls=False).start()
    try:
        row = post.queue()
        (error,) = post.deliver(smtp_port=listener.port).failed
        assert isinstance(error, NotEncrypted)
        assert post.row(row).state is OutboxState.QUEUED
        assert listener.accepted == []
    finally:
        listener.stop()


def test_an_expired_certificate_is_reported(post, authority):
    listener = SmtpListener(authority.certificate("old", expired=True)).start()
    try:
        post.queue()
        (error,) = post.deliver(smtp_port=listener.port).failed
        assert isinstance(error, NotEncrypted)
        assert "has expired" in error.what
    finally:
        listener.stop()


def test_a_server_that_is_not_there_leaves_the_outbox_waiting(post, unused_tcp_port):
    row = post.queue()
    (error,) = post.deliver(smtp_port=unused_tcp_port).failed
    assert isinstance(error, Offline)
    assert post.row(row).state is OutboxState.QUEUED


def test_a_mailbox_without_a_server_to_send_with_says_so(post):
    row = post.queue()
    (error,) = post.deliver(smtp_host="").failed
    assert "`smtp_host`" in error.todo
    assert post.row(row).state is OutboxState.QUEUED


def test_a_copy_that_cannot_be_filed_is_tried_again_and_never_sends_again(post, smtp_listener, dovecot):
    row = post.queue()
    (error,) = post.deliver(sent="No such folder").failed
    assert "answered" in error.what
    assert (post.row(row).state, post.row(row).copy) == (OutboxState.SENT, "wanted")
    assert post.deliver().sent == 0
    assert post.row(row).copy == "filed"
    assert len(dovecot.mails("Gesendet")) == len(smtp_listener.accepted) == 1


def test_a_provider_that_files_the_copy_itself_gets_time_and_no_second_copy(post, smtp_listener, dovecot):
    row = post.queue()
    post.deliver(files_sent_itself=True)
    assert post.row(row).copy == "wanted"
    dovecot.put([smtp_listener.accepted[0].raw], "Gesendet")
    post.deliver(now=NOW + 300, files_sent_itself=True)
    assert post.row(row).copy == "theirs"
    assert len(dovecot.mails("Gesendet")) == 1


def test_a_provider_that_should_have_filed_it_and_did_not_is_helped(post, dovecot):
    row = post.queue()
    post.deliver(files_sent_itself=True)
    post.deliver(now=NOW + 300, files_sent_itself=True)
    assert post.row(row).copy == "filed"
    assert len(dovecot.mails("Gesendet")) == 1


def test_a_reply_of_an_account_that_is_gone_goes_back_to_the_owner(post):
    row = post.queue(account="closed")
    post.deliver()
    assert post.row(row).state is OutboxState.REFUSED
    assert '"closed"' in post.row(row).answered


def test_delivery_into_a_maildir_happens_once(db, home, mailbox, tmp_path):
    root = tmp_path / "mail"
    (root / "cur").mkdir(parents=True)
    post = Post(db, home, replace(mailbox, kind="maildir", path=str(root), delivery="maildir"))
    row = post.queue()
    assert post.deliver().sent == 1
    with Database(home.database).write() as tx:  # as after a crash between delivery and its being noted
        tx.execute("UPDATE outbox SET state = 'queued' WHERE id = ?", (row,))
    assert post.deliver().sent == 1
    (filed,) = Path(root / ".Sent" / "cur").iterdir()
    assert filed.name.endswith(":2,S")
    assert b"On its way." in filed.read_bytes()
    assert list(Path(root / ".Sent" / "tmp").iterdir()) == []
    assert post.row(row).copy == "filed"

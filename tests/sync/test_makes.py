"""Servers of other makes: Courier and Cyrus read and filed into, Postfix sent with; each with its own habits."""

from dataclasses import replace

import pytest

from counterparts.dovecot import PASSWORD, USER
from counterparts.makes.postfix import UNKNOWN
from deskterm.config.settings_file import Mailbox
from deskterm.domain.outbox_states import OutboxState
from deskterm.errors import LoginRefused, NotEncrypted, Offline, ServerRefused
from deskterm.sync import watch as watching
from sync.passing import JANA, NOW, Desk, mail
from sync.smtp.test_outbox import Post
from sync.test_watch import started, until

__all__ = ["started"]  # the fixture


@pytest.fixture(params=["courier", "cyrus"])
def server(request):
    return request.getfixturevalue(request.param)


@pytest.fixture
def account(authority):
    """A mailbox for which host and ports are still to be said."""
    return Mailbox(
        name="shop", address=USER, host="localhost", ca_file=str(authority.ca_file),
        smtp_host="localhost", smtp_security="starttls", secret="command", password_command=f"echo '{PASSWORD}'",
    )  # fmt: skip


@pytest.fixture
def desk(db, home, account, server):
    return Desk(db, home, replace(account, port=server.tls_port))


# Courier and Cyrus


def test_what_came_and_what_went_is_seen_and_nothing_is_marked(desk, server):
    server.put([mail(1), mail(2), mail(3)])
    assert desk.run().failed == ()
    server.delete(2)
    server.put([mail(4)])
    stood = server.mails()
    assert desk.run(NOW + 60).failed == ()
    assert desk.subjects() == [f"Question {number}" for number in (1, 2, 3, 4)]
    assert [row[0] for row in desk.ask("SELECT uid FROM place WHERE gone")] == [2]
    assert [raw for raw, _ in server.mails()] == [raw for raw, _ in stood]
    assert not any(b"\\Seen" in flags for _, flags in server.mails())


def test_a_reply_is_filed_in_sent_once_and_read_back_as_ours(desk, server, smtp_listener):
    """Courier refuses an APPEND to the folder that is open, and all that is in between is one connection's."""
    desk.run()
    post = Post(desk.db, desk.home, replace(desk.mailbox, smtp_port=smtp_listener.port))
    row = post.queue()
    assert post.deliver().failed == ()
    assert (post.row(row).state, post.row(row).copy) == (OutboxState.SENT, "filed")
    assert [(raw, b"\\Seen" in flags) for raw, flags in server.mails(server.sent)] == [
        (smtp_listener.accepted[0].raw, True)
    ]
    assert post.deliver(NOW + 60).sent == 0
    assert desk.run(NOW + 120).failed == ()
    assert len(server.mails(server.sent)) == 1


def test_a_folder_it_does_not_have_is_named_in_its_words_and_the_others_are_read(desk, server):
    server.put([mail(1)])
    (error,) = desk.run(folders=("INBOX", "INBOX.Nothing")).failed
    assert isinstance(error, ServerRefused)
    assert error.what.startswith("INBOX.Nothing: localhost answered: ")
    assert len(error.what) > len("INBOX.Nothing: localhost answered: ")
    assert desk.subjects() == ["Question 1"]


def test_a_wrong_password_is_reported_as_one(desk):
    (error,) = desk.run(password_command="echo wrong").failed
    assert isinstance(error, LoginRefused)


def test_new_mail_is_noticed_though_idle_does_not_report_it_for_a_minute(started, desk, server, monkeypatch):
    """So Courier does, as it comes: the folder is looked at all the same."""
    monkeypatch.setattr(watching, "LOOK", 1.0)
    assert until(started(desk.mailbox), lambda: server.put([mail(1)]))


# Postfix


@pytest.fixture
def post(db, home, account, postfix, dovecot, monkeypatch):  # noqa: PLR0917 - fixtures
    monkeypatch.setattr("deskterm.sync.smtp.send.TIMEOUT", 3.0)
    return Post(db, home, replace(account, port=dovecot.tls_port, smtp_port=postfix.port))


def test_a_reply_is_taken_and_delivered_once_as_it_was_written(post, postfix, dovecot):
    post.queue()
    assert post.deliver().sent == 1
    assert post.deliver(NOW + 60).sent == 0
    (taken,) = postfix.taken(1)
    assert taken.endswith(b"\n\nOn its way.\n")
    assert b"To: " + JANA.encode() in taken
    assert len(dovecot.mails("Gesendet")) == 1


def test_an_address_outside_ascii_goes_by_smtputf8(post, postfix):
    row = post.queue("jürgen@mertens.example")
    assert post.deliver().sent == 1
    assert post.row(row).state is OutboxState.SENT
    (taken,) = postfix.taken(1)
    assert "jürgen@mertens.example".encode() in taken


def test_an_unknown_recipient_is_named_and_the_other_gets_it(post, postfix):
    row = post.queue(JANA, UNKNOWN)
    post.deliver()
    assert post.row(row).refused_for_some
    assert "no such mailbox" in post.row(row).answered
    assert len(postfix.taken(1)) == 1


@pytest.mark.parametrize(
    ("changed", "error", "words"),
    [
        ({"password_command": "echo wrong"}, LoginRefused, "authentication failed"),
        ({"smtp_security": "tls"}, NotEncrypted, "smtp_security"),
        ({"smtp_port": "tls_port"}, Offline, 'set `smtp_security = "tls"`'),
    ],
)
def test_what_keeps_a_reply_from_going_is_reported_for_sending(post, postfix, changed, error, words):
    """Of mail that was read nothing is said: it is the outbox that is safe."""
    post.queue()
    failed = post.deliver(
        **{name: getattr(postfix, str(value), value) for name, value in changed.items()}
    ).failed
    (told,) = [one for one in failed if isinstance(one, error)]
    assert words in f"{told.what} {told.todo}"
    assert "read" not in told.safe

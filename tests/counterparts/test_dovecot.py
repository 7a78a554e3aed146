"""The counterpart itself: a Dovecot that starts empty, lists its commands, and notices who changes it."""

import imaplib
import ssl

import pytest

from counterparts.dovecot import PASSWORD, USER
from counterparts.untouched import Untouched

MAIL = b"Subject: hi\r\n\r\nyo\r\n"


@pytest.fixture
def other(dovecot):
    """A client other than the test's own, as deskterm is."""
    context = ssl.create_default_context(cafile=str(dovecot.ca_file))
    client = imaplib.IMAP4_SSL("localhost", dovecot.tls_port, ssl_context=context, timeout=20)
    client.login(USER, PASSWORD)
    yield client
    client.logout()


def test_it_keeps_what_is_put_there_and_logs_what_others_ask(dovecot, other):
    dovecot.put([MAIL] * 2)
    assert dovecot.mails() == [MAIL] * 2
    assert dovecot.commands() == []
    other.select(readonly=True)
    other.uid("FETCH", "1:*", "(BODY.PEEK[])")
    assert dovecot.commands() == ["EXAMINE INBOX", "UID FETCH 1:* (BODY.PEEK[])"]


def test_what_another_reads_it_may_read(dovecot, other):
    dovecot.put([MAIL])
    other.select(readonly=True)
    other.uid("FETCH", "1", "(BODY.PEEK[])")
    other.append("Gesendet", r"(\Seen)", "", MAIL)
    dovecot.flags()


WRITINGS = {
    "marked as read": lambda client: client.uid("FETCH", "1", "(BODY[])"),
    "deleted": lambda client: (client.uid("STORE", "1", "+FLAGS", r"(\Deleted)"), client.expunge()),
    "moved": lambda client: client.uid("MOVE", "1", "Archive"),
    "put there": lambda client: client.append("INBOX", "", "", MAIL),
    "put into Sent unread": lambda client: client.append("Gesendet", "", "", MAIL),
    "a folder": lambda client: client.create("Mine"),
}


@pytest.mark.parametrize("writing", WRITINGS.values(), ids=WRITINGS)
def test_what_another_writes_is_seen_on_the_server_and_on_the_wire(dovecot, other, writing):
    dovecot.put([MAIL])
    other.select()
    writing(other)
    other.noop()
    with pytest.raises(AssertionError, match="deskterm changed"):
        dovecot.flags()
    with pytest.raises(AssertionError, match="deskterm wrote"):
        dovecot.forget_commands()
    dovecot.untouched = Untouched()  # as wanted
    dovecot.untouched.may_write_to("INBOX")


def test_it_starts_empty_for_every_test(dovecot):
    assert dovecot.mails() == []


def test_a_folder_made_anew_has_another_uidvalidity(dovecot):
    with dovecot.login() as client:
        client.create("Shop")
    dovecot.put([b"Subject: hi\r\n\r\nyo\r\n"], "Shop")
    before = validity(dovecot)
    dovecot.renew("Shop")
    assert validity(dovecot) != before
    assert len(dovecot.mails("Shop")) == 1


def validity(dovecot):
    with dovecot.login() as client:
        client.select("Shop", readonly=True)
        return client.response("UIDVALIDITY")[1]

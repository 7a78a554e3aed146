"""The wire log: everything that was sent either way, except passwords, tokens and mails."""

import base64
import logging
from dataclasses import replace
from threading import Event

import pytest

from counterparts.dovecot import PASSWORD, USER
from deskterm.config.logs import start_wire_log
from deskterm.config.secret.secrets import Secrets
from deskterm.config.settings_file import Settings
from deskterm.domain.messages import Address
from deskterm.domain.review.replies import Draft
from deskterm.intake.values import Context
from deskterm.storage import customers, tickets
from deskterm.storage.replies import outbox
from deskterm.sync.line.log import WireLog
from deskterm.sync.one_pass import Pass, run_pass
from sync.passing import Desk

NOW = 1_760_000_000
JANA = "jana@mertens.example"
SECRET_TEXT = b"The parcel's code is 4711-hush"


@pytest.fixture
def log(home):
    """The file, while the log is on."""
    start_wire_log(home)
    yield home.log_file.with_name("wire.log")
    logger = logging.getLogger("deskterm.wire")
    logger.setLevel(logging.NOTSET)
    for handler in logger.handlers[:]:
        logger.removeHandler(handler)
        handler.close()


@pytest.fixture
def desk(db, home, mailbox):
    return Desk(db, home, mailbox)


def reply(db):
    with db.write() as tx:
        customer = customers.upsert(tx, Address("Jana", JANA), NOW)
        ticket = tickets.create(tx, customer_id=customer, subject="Where?", at=NOW)
        draft = Draft(ticket, "x", "Re: Where?", USER, (Address("", JANA),))
        raw = b"From: %b\r\nTo: %b\r\nMessage-ID: <r1@kiln.example>\r\n\r\n%b\r\n" % (
            USER.encode(),
            JANA.encode(),
            SECRET_TEXT,
        )
        outbox.enqueue(
            tx, draft, account="shop", sender=USER, message_id="<r1@kiln.example>", raw=raw, recipients=(JANA,),
            action=1, send_at=NOW, at=NOW,
        )  # fmt: skip


def test_a_pass_is_logged_whole_without_a_password_or_a_mail(log, db, home, mailbox, dovecot, smtp_listener):  # noqa: PLR0917
    dovecot.put([b"From: %b\r\nSubject: Hush\r\n\r\n%b\r\n" % (JANA.encode(), SECRET_TEXT)])
    reply(db)
    whole = replace(mailbox, smtp_host="localhost", smtp_port=smtp_listener.port, smtp_security="starttls")
    what = Pass(Settings(mailboxes=(whole,)), home, Secrets(home), Context(frozenset(), NOW), NOW)
    result = run_pass(what, db, lambda progress: None, Event())
    assert (result.mails, result.sent, result.failed) == (1, 1, ())
    text = log.read_text()
    for told in ("EXAMINE", "UID FETCH", "***", "APPEND", "<literal of", "MAIL FROM", "<mail of", "> QUIT"):
        assert told in text
    assert log.stat().st_mode & 0o077 == 0
    for secret in secrets():
        assert secret not in text
    assert SECRET_TEXT.decode() not in text


def test_what_is_sent_before_encryption_is_logged_too(log, desk, dovecot, smtp_listener):
    reply(desk.db)
    whole = replace(
        desk.mailbox, port=dovecot.port, security="starttls", smtp_host="localhost", smtp_port=smtp_listener.port,
        smtp_security="starttls",
    )  # fmt: skip
    what = Pass(Settings(mailboxes=(whole,)), desk.home, Secrets(desk.home), Context(frozenset(), NOW), NOW)
    assert run_pass(what, desk.db, lambda progress: None, Event()).failed == ()
    lines = [line.split(" localhost ", 1)[1] for line in log.read_text().splitlines()]
    greeted = [at for at, line in enumerate(lines) if line.startswith(("< * OK", "< 220 listener.example"))]
    encrypted = [at for at, line in enumerate(lines) if line.endswith(" STARTTLS")]
    assert len(greeted) >= len(encrypted) >= 2
    assert any(at < encrypted[-1] for at, line in enumerate(lines) if line.startswith("> EHLO"))
    assert all(greeted[0] < at for at in encrypted)


def secrets():
    """The password as it is, and as the logins write it."""
    plain = f"\0{USER}\0{PASSWORD}".encode()
    return (PASSWORD, base64.b64encode(PASSWORD.encode()).decode(), base64.b64encode(plain).decode())


@pytest.mark.parametrize("size", [1, 7, 4096])
def test_a_login_is_masked_however_the_bytes_come(caplog, size):
    caplog.set_level(logging.DEBUG, "deskterm.wire")
    said = b'a1 LOGIN "shop" "hush"\r\na2 AUTHENTICATE XOAUTH2 aHVzaA==\r\n'
    log = WireLog("mail.example")
    for at in range(0, len(said), size):
        log.log_sent(said[at : at + size])
    log.log_received(b"+ \r\n* CAPABILITY IMAP4rev1\r\n")
    log.log_sent(b"aHVzaA==\r\n")
    log.log_received(b"a2 OK\r\n")
    log.log_sent(b"a3 NOOP\r\n")
    text = caplog.text
    assert "hush" not in text
    assert "aHVzaA" not in text
    assert "a1 LOGIN ***" in text
    assert "a3 NOOP" in text


def test_a_mail_given_as_a_quoted_string_is_left_out(caplog):
    caplog.set_level(logging.DEBUG, "deskterm.wire")
    WireLog("mail.example").log_received(b'* 1 FETCH (UID 1 BODY[] "hush \\" hush" FLAGS ())\r\n')
    assert "hush" not in caplog.text
    assert "FLAGS" in caplog.text


def test_it_is_off_unless_switched_on(home, mailbox, dovecot):
    from deskterm.sync.imap.connection import Connection

    with Connection(mailbox, PASSWORD) as connection:
        connection.examine("INBOX")
    assert not home.log_file.with_name("wire.log").exists()

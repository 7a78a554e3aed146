"""Rows 9 to 12: what goes wrong while a reply is sent. Counted at the SMTP server and in Sent."""

import signal
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from counterparts.dovecot import USER
from counterparts.scripted import Scripted
from deskterm.desk.outbox import Outbox
from deskterm.domain.outbox_states import OutboxState
from deskterm.errors import NotNow, ServerRefused
from deskterm.screens.outbox import is_allowed
from deskterm.storage.replies import outbox
from sync.smtp.test_outbox import JANA, NOW, TOM, Post

LATER = NOW + 100_000
TESTS = Path(__file__).parents[1]


@pytest.fixture
def post(db, home, mailbox):
    return Post(db, home, mailbox)


# 9: killed

DIES = """
import os, signal, sys
sys.path[:0] = {places!r}
from pathlib import Path
from aiosmtplib.protocol import SMTPProtocol
from deskterm.config.settings_file import Mailbox
from deskterm.sync.smtp import outbox
from torture.scene import Known
from torture.dying import delivering, die
said, write, stage = [], SMTPProtocol.write, {stage!r}
def writing(self, data):
    body = bool(said) and said[-1] == b"DATA" and data[:4] != b"DATA"
    said.append(data.split(b" ")[0].strip())
    before = said[-1] == b"MAIL" and stage == "before MAIL"
    if before or body and stage == "after 354":
        die()
    write(self, data[: len(data) // 2] if body and stage == "in the middle" else data)
    if body and stage in ("in the middle", "after the dot") or said[-1] == b"DATA" and stage == "after DATA":
        die()
SMTPProtocol.write = writing
if stage == "after 250":
    outbox.record_outcome = lambda *_: die()
if stage == "before the copy":
    outbox.settle = lambda *_: die()
delivering(Path({root!r}), {mailbox!r}, Known(), {now}, statement=0, write=None)
"""


def killed(post, stage):
    code = DIES.format(
        places=[str(TESTS), str(TESTS.parent / "src")], stage=stage, root=str(post.home.root),
        mailbox=post.mailbox, now=NOW,
    )  # fmt: skip
    assert subprocess.run([sys.executable, "-c", code], check=False, timeout=60).returncode == -signal.SIGKILL


@pytest.mark.parametrize("stage", ["before MAIL", "after DATA", "before the copy"])
def test_killed_where_nothing_is_in_doubt_it_goes_out_once_by_itself(post, smtp_listener, dovecot, stage):
    row = post.queue(JANA, TOM)
    killed(post, stage)
    for now in (NOW, LATER):
        assert post.deliver(now=now).failed == ()
    assert post.row(row).state is OutboxState.SENT
    assert [one.recipients for one in smtp_listener.accepted] == [[JANA, TOM]]
    assert dovecot.mails("Gesendet") == [smtp_listener.accepted[0].raw]


@pytest.mark.parametrize(
    ("stage", "most"), [("after 354", 0), ("in the middle", 0), ("after the dot", 1), ("after 250", 1)]
)
def test_killed_where_it_may_have_gone_it_is_shown_so_and_never_sent_again(post, smtp_listener, stage, most):
    row = post.queue(JANA, TOM)
    killed(post, stage)
    for now in (NOW, LATER):
        post.deliver(now=now)
    assert post.row(row).state is OutboxState.UNCERTAIN
    assert "stopped while" in post.row(row).answered
    assert len(smtp_listener.accepted) <= most


def test_an_uncertain_reply_is_settled_by_the_sent_folder(post, smtp_listener, dovecot):
    row = post.queue()
    killed(post, "after 250")
    dovecot.put([smtp_listener.accepted[0].raw], "Gesendet")
    post.deliver(now=NOW + 60)
    assert post.row(row).state is OutboxState.SENT
    assert len(smtp_listener.accepted) == len(dovecot.mails("Gesendet")) == 1


def test_an_uncertain_reply_is_settled_by_a_copy_that_a_sync_brought(post, desk, smtp_listener, dovecot):
    """The copy need not be in the folder we file into: on Gmail it is in All Mail, in a Maildir beside it."""
    row = post.queue()
    killed(post, "after 250")
    raw = smtp_listener.accepted[0].raw
    dovecot.put([raw], "Archive")
    desk.run(sent="Archive")
    post.deliver(now=NOW + 60)
    assert post.row(row).state is OutboxState.SENT
    assert len(smtp_listener.accepted) == 1


def test_of_several_recipients_sent_says_nothing_about_the_one_in_doubt(post, smtp_listener, dovecot):
    """Jana has it and Sent has its copy; the line broke while Tom was to get it too."""
    smtp_listener.swap[TOM] = "550 5.1.1 mailbox moved"
    row = post.queue(JANA, TOM)
    post.deliver()
    assert len(dovecot.mails("Gesendet")) == 1
    smtp_listener.swap.clear()
    smtp_listener.swap["DATA"] = "cut"
    Outbox(SimpleNamespace(db=post.db)).retry(row, LATER)
    for now in (LATER, LATER + 60):
        post.deliver(now=now)
    assert post.row(row).state is OutboxState.UNCERTAIN


def test_the_owner_may_send_an_uncertain_reply_again_to_all(post, smtp_listener):
    """Nobody is known to have it: an answer to RCPT alone says nothing about the mail."""
    smtp_listener.swap["DATA"] = "cut"
    row = post.queue(JANA, TOM)
    post.deliver()
    smtp_listener.swap.clear()
    Outbox(SimpleNamespace(db=post.db)).retry(row, LATER)
    post.deliver(now=LATER)
    assert [one.recipients for one in smtp_listener.accepted] == [[JANA, TOM]]


# 10: the copy to Sent fails


def test_sent_is_not_the_open_folder_when_the_copy_is_put_there(post, smtp_listener, authority):
    """Courier refuses an APPEND to the folder that was opened by EXAMINE."""
    courier = Scripted(
        (rb"CAPABILITY", b"* CAPABILITY IMAP4rev1\r\n%T OK done\r\n"),
        (rb"LIST", b'* LIST (\\Sent) "/" Sent\r\n%T OK done\r\n'),
        (rb"EXAMINE", b"* 0 EXISTS\r\n* OK [UIDVALIDITY 1] x\r\n%T OK done\r\n"),
        (rb"SEARCH", b"* SEARCH\r\n%T OK done\r\n"),
        (rb"APPEND", b"%T NO quota\r\n"),
        tls=authority.certificate("courier").server_context(),
    )
    post.queue()
    try:
        post.deliver(port=courier.port)
    finally:
        courier.close()
    opened = [line for line in courier.lines if b"EXAMINE" in line or b"APPEND" in line]
    assert b"APPEND" in opened[-1]
    assert b"INBOX" in opened[-2]


def test_a_full_mailbox_leaves_the_reply_sent_and_the_copy_for_later(post, smtp_listener, dovecot, authority):
    full = Scripted(
        (rb"CAPABILITY", b"* CAPABILITY IMAP4rev1\r\n%T OK done\r\n"),
        (rb"LIST", b'* LIST (\\Sent) "/" Sent\r\n%T OK done\r\n'),
        (rb"EXAMINE", b"* 0 EXISTS\r\n* OK [UIDVALIDITY 1] x\r\n%T OK done\r\n"),
        (rb"SEARCH", b"* SEARCH\r\n%T OK done\r\n"),
        (rb"APPEND", b"%T NO [OVERQUOTA] Quota exceeded\r\n"),
        tls=authority.certificate("full").server_context(),
    )
    row = post.queue()
    try:
        done = post.deliver(port=full.port)
    finally:
        full.close()
    assert done.sent == 1
    (error,) = done.failed
    assert isinstance(error, ServerRefused)
    assert "is full" in error.what
    assert "Make room" in error.todo
    (source,) = post.failing()
    assert source.name == "shop (Sent)"
    assert (post.row(row).state, post.row(row).copy) == (OutboxState.SENT, "wanted")
    assert post.deliver(now=LATER).sent == 0
    assert post.failing() == []
    assert post.row(row).copy == "filed"
    assert len(smtp_listener.accepted) == len(dovecot.mails("Gesendet")) == 1


# 11: one of two recipients refused


def test_only_a_refused_recipient_is_tried_again(post, smtp_listener, dovecot):
    smtp_listener.swap[TOM] = "550 5.1.1 mailbox moved"
    row, box = post.queue(JANA, TOM), Outbox(SimpleNamespace(db=post.db))
    post.deliver()
    assert post.row(row).refused_for_some
    assert is_allowed(post.row(row), "retry")
    assert f"{TOM} was refused" in post.row(row).answered
    smtp_listener.swap.clear()
    box.retry(row, LATER)
    with pytest.raises(NotNow, match=JANA):
        box.bring_back(row, LATER)
    post.deliver(now=LATER)
    assert [one.recipients for one in smtp_listener.accepted] == [[JANA], [TOM]]
    sent = post.row(row)
    assert (sent.state, sent.sent_at, sent.refused_for_some) == (OutboxState.SENT, NOW, False)
    assert not is_allowed(sent, "retry")
    assert len(dovecot.mails("Gesendet")) == 1


@pytest.mark.parametrize("again", ["550 5.1.1 still moved", "451 4.2.1 not now"])
def test_refused_again_it_stays_sent_to_the_other(post, smtp_listener, again):
    smtp_listener.swap[TOM] = "550 5.1.1 mailbox moved"
    row, box = post.queue(JANA, TOM), Outbox(SimpleNamespace(db=post.db))
    post.deliver()
    box.retry(row, LATER)
    smtp_listener.swap[TOM] = again
    post.deliver(now=LATER)
    post.deliver(now=LATER + 4 * 86400)
    shown = post.row(row)
    assert (shown.state, shown.refused_for_some) == (OutboxState.SENT, True)
    assert again[4:] in shown.answered
    assert [one.recipients for one in smtp_listener.accepted] == [[JANA]]


def test_a_reply_that_is_given_up_stays_listed_as_sent_to_the_others(post, smtp_listener):
    smtp_listener.swap[TOM] = "550 5.1.1 mailbox moved"
    row, box = post.queue(JANA, TOM), Outbox(SimpleNamespace(db=post.db))
    post.deliver()
    box.retry(row, LATER)
    box.discard(row, LATER)
    assert post.row(row).state is OutboxState.SENT


def test_a_recipient_who_is_only_put_off_is_tried_again_alone(post, smtp_listener, dovecot):
    smtp_listener.swap[TOM] = "450 4.2.0 greylisted"
    row = post.queue(JANA, TOM)
    post.deliver()
    assert post.row(row).state is OutboxState.QUEUED
    assert post.row(row).sent_at == NOW
    smtp_listener.swap.clear()
    post.deliver(now=LATER)
    assert [one.recipients for one in smtp_listener.accepted] == [[JANA], [TOM]]
    assert post.row(row).state is OutboxState.SENT
    assert len(dovecot.mails("Gesendet")) == 1


# 12: what a server may say


@pytest.mark.parametrize("where", ["MAIL", JANA, "DATA"])
@pytest.mark.parametrize(
    ("reply", "state"),
    [
        ("421 4.7.0 closing, try later", OutboxState.QUEUED),
        ("452 4.2.2 over quota", OutboxState.QUEUED),
        ("550 5.7.1 looks like spam", OutboxState.REFUSED),
        ("554 5.0.0 no", OutboxState.REFUSED),
    ],
)
def test_backoff_on_4xx_alone_and_the_servers_words_on_both(post, smtp_listener, where, reply, state):
    smtp_listener.swap[where] = reply
    row = post.queue()
    post.deliver()
    assert post.row(row).state is state
    assert reply[4:] in post.row(row).answered
    assert post.deliver(now=NOW + 30).sent == 0
    assert smtp_listener.accepted == []
    smtp_listener.swap.clear()
    post.deliver(now=LATER)
    assert len(smtp_listener.accepted) == (state is OutboxState.QUEUED)


def test_a_refused_reply_is_the_draft_again_when_brought_back(post, smtp_listener):
    smtp_listener.swap["DATA"] = "554 no"
    row = post.queue()
    post.deliver()
    Outbox(SimpleNamespace(db=post.db)).bring_back(row, LATER)
    assert post.row(row).state is OutboxState.DISCARDED
    with post.db.read() as tx:
        assert tx.execute("SELECT count(*) FROM draft").fetchone()[0] == 1


def test_a_server_that_no_longer_takes_the_login_leaves_all_waiting_and_says_so(post, authority):
    listener = Scripted(
        (rb"EHLO", b"250-mail.example\r\n250 SIZE 1000000\r\n"),
        greeting=b"220 ready\r\n",
        tls=authority.certificate("noauth").server_context(),
    )
    row = post.queue()
    try:
        (error,) = post.deliver(smtp_port=listener.port, smtp_security="tls").failed
    finally:
        listener.close()
    assert "offers no login" in error.what
    assert (post.row(row).state, post.row(row).attempts) == (OutboxState.QUEUED, 0)
    assert post.failing()[0].name == "shop (sending)"


def test_a_positive_answer_of_another_kind_is_in_doubt_not_tried_again(post, authority):
    odd = Scripted(
        (rb"EHLO", b"250-mail.example\r\n250 AUTH PLAIN\r\n"),
        (rb"AUTH", b"235 in\r\n"),
        (rb"MAIL|RCPT", b"250 OK\r\n"),
        (rb"DATA", b"354 go\r\n"),
        (rb"^\.\r\n", b"299 taken, somehow\r\n"),
        (rb".", b""),
        greeting=b"220 ready\r\n",
        tls=authority.certificate("odd").server_context(),
    )
    row = post.queue()
    try:
        post.deliver(smtp_port=odd.port, smtp_security="tls")
    finally:
        odd.close()
    assert post.row(row).state is OutboxState.UNCERTAIN


# 15: two who send


def test_one_row_is_claimed_by_one_of_two_whoever_is_first(post):
    row = post.queue()
    with post.db.write() as tx:
        assert outbox.claim(tx, row, "one", NOW)
        with pytest.raises(NotNow):
            outbox.claim(tx, row, "two", NOW)
    assert USER

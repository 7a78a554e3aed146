"""Answers to hostile mail, over a real SMTP server: the header is what we wrote and nobody else is written to."""

import email.policy
import re
import time
from dataclasses import replace
from email.parser import BytesParser
from threading import Event

import pytest

import hostile_desk
from counterparts.dovecot import PASSWORD, USER
from deskterm.cli import run_pass
from deskterm.cli.composition import assemble
from deskterm.config import settings_file as settings
from deskterm.domain.review.replies import Level
from deskterm.domain.tickets import Listing
from hostile import HOSTILE, INJECTED, unsafe

TEXTS = {**HOSTILE, **{repr(text): text for text in INJECTED}}
OURS = {"From", "To", "Cc", "Subject", "Date", "Message-ID", "In-Reply-To", "References", "MIME-Version"}
OURS |= {"Content-Type", "Content-Transfer-Encoding"}
REFUSED = "550 5.1.1 \x1b]0;owned\x07 \x1b[2J [@click=app.quit()] no such user"


@pytest.fixture
def fit(tmp_path, authority, smtp_listener):
    """The hostile desk, synced; its replies go to the recording server at once."""
    home = hostile_desk.write_sample_store(tmp_path / "home", TEXTS, int(time.time()))
    chosen = settings.load(home)
    mailbox = replace(
        chosen.mailboxes[0], delivery="smtp", smtp_host="localhost", smtp_port=smtp_listener.port, smtp_security="starttls",
        ca_file=str(authority.ca_file), smtp_user=USER, secret="command", password_command=f"echo '{PASSWORD}'",
    )  # fmt: skip
    settings.save(home, replace(chosen, mailboxes=(mailbox,), undo_seconds=0))
    made = assemble(home)
    run_pass.one_pass(made, lambda _: None, Event())
    yield made
    made.db.close()


def answered(fit, text: str) -> int:
    """Answer every ticket of the inbox with a text; gives how many."""
    now, replies = int(time.time()), fit.desk.replies
    rows = fit.desk.inbox.page(Listing.INBOX, 0, 1000)
    for row in rows:
        replies.save(replace(replies.begin(row.ticket_id, now), body=f"Hello,\n{text}\n"), now)
        replies.send(row.ticket_id, replies.review(row.ticket_id, now), now, Level.AMBER)
    run_pass.one_pass(fit, lambda _: None, Event())
    return len(rows)


def test_no_name_subject_or_id_of_a_mail_adds_a_header_or_a_recipient(fit, smtp_listener):
    count = answered(fit, "".join(text for text in TEXTS.values() if "{" not in text))
    assert len(smtp_listener.accepted) == count > 2 * len(HOSTILE)
    for mail in smtp_listener.accepted:
        head, _, body = mail.raw.partition(b"\r\n\r\n")
        assert not re.search(rb"(?<!\r)\n|\r(?!\n)|[^\t\r\n -~]", mail.raw)
        assert max(map(len, mail.raw.split(b"\r\n"))) <= 998
        names = re.findall(r"^([^ \t:]+):", head.decode("ascii"), re.MULTILINE)
        assert set(names) <= OURS
        assert len(names) == len(set(names))
        assert b"Hello," in body
        told = BytesParser(policy=email.policy.compat32).parsebytes(mail.raw)
        assert "Bcc" not in told
        shown = set(re.findall(r"[\w.]+@[\w.]+", f"{told['To']} {told['Cc']}"))
        assert set(mail.recipients) <= shown
        assert all(re.fullmatch(r"(kim|friend|form)\d+@far\.example", one) for one in mail.recipients)


def test_what_a_server_says_is_kept_as_plain_text(fit, smtp_listener):
    for number in range(1, len(TEXTS) + 1):
        smtp_listener.swap |= {f"{who}{number}@far.example": REFUSED for who in ("kim", "friend", "form")}
    answered(fit, "Hello")
    rows = fit.desk.outbox.rows()
    assert rows
    words = [
        line for row in rows for line in (*map(str, row.history), *(one.words for one in row.recipients))
    ]
    assert any("no such user" in line for line in words)
    assert [unsafe(line) for line in words if unsafe(line)] == []

"""Real processes, killed the hard way or racing: nothing lost, nothing doubled, nothing sent twice."""

import signal
import subprocess
import sys
from dataclasses import replace

import pytest

from counterparts.chaos import Chaos
from counterparts.dovecot import USER
from deskterm.config.settings_file import Settings, Shop, save
from deskterm.domain.messages import Address
from deskterm.domain.outbox_states import OutboxState
from deskterm.domain.review.replies import Draft
from deskterm.storage import customers, tickets
from deskterm.storage.mail import messages
from deskterm.storage.replies import outbox

JANA = "jana@mertens.example"
PAST = 1_700_000_000


def mail(number):
    head = f"From: {JANA}\r\nTo: {USER}\r\nSubject: Question {number}\r\nMessage-ID: <{number}@x.example>\r\n"
    return f"{head}\r\n{'Where is it? ' * 100}\r\n".encode()


@pytest.fixture
def program(home, db, mailbox, smtp_listener):
    """Starts `deskterm sync` as a process of its own."""
    processes = []

    def start(**changed):
        whole = replace(
            mailbox, smtp_host="localhost", smtp_port=smtp_listener.port, smtp_security="starttls"
        )
        save(home, Settings(shop=Shop(addresses=(USER,)), mailboxes=(replace(whole, **changed),)))
        command = [sys.executable, "-m", "deskterm", "--home", str(home.root), "sync"]
        processes.append(subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL))
        return processes[-1]

    yield start
    for process in processes:
        process.kill()
        process.wait(20)


def queue(db):
    with db.write() as tx:
        customer = customers.upsert(tx, Address("Jana", JANA), PAST)
        ticket = tickets.create(tx, customer_id=customer, subject="Where?", at=PAST)
        draft = Draft(ticket, "On its way.", "Re: Where?", USER, (Address("", JANA),))
        raw = f"From: {USER}\r\nTo: {JANA}\r\nMessage-ID: <r1@kiln.example>\r\n\r\nOn its way.\r\n".encode()
        return outbox.enqueue(
            tx, draft, account="shop", sender=USER, message_id="<r1@kiln.example>", raw=raw, recipients=(JANA,),
            action=1, send_at=PAST, at=PAST,
        )  # fmt: skip


def state(db, row):
    with db.read() as tx:
        return outbox.get(tx, row).state


def originals(db):
    with db.read() as tx:
        ids = [row[0] for row in tx.execute("SELECT id FROM message WHERE direction = 'in'")]
        return sorted(messages.original(tx, one) for one in ids)


def test_killed_after_the_server_took_it_it_is_uncertain_and_never_sent_again(program, db, smtp_listener):
    row = queue(db)
    started = []
    smtp_listener.then = lambda: (started[0].kill(), started[0].wait(20))
    started.append(program())
    started[0].wait(60)
    assert state(db, row) is OutboxState.SENDING
    smtp_listener.then = None
    for _ in range(2):
        assert program().wait(60) == 1  # what may have been sent needs its owner
    assert state(db, row) is OutboxState.UNCERTAIN
    assert len(smtp_listener.accepted) == 1


def test_killed_before_the_copy_was_filed_sends_once_and_files_once(program, db, smtp_listener, dovecot):
    """The first process may send but not reach Sent: its IMAP port is closed."""
    row = queue(db)
    assert program(port=1).wait(60) == 1
    assert state(db, row) is OutboxState.SENT
    assert dovecot.mails("Gesendet") == []
    assert program().wait(60) == 0
    assert len(smtp_listener.accepted) == len(dovecot.mails("Gesendet")) == 1


def test_three_programs_at_once_send_one_mail(program, db, smtp_listener):
    row = queue(db)
    for process in [program() for _ in range(3)]:
        process.wait(60)
    assert state(db, row) is OutboxState.SENT
    assert len(smtp_listener.accepted) == 1


@pytest.mark.parametrize("bytes_read", [4_000, 9_000, 20_000, 33_000])
def test_a_sync_killed_anywhere_continues_and_ends_like_a_clean_one(program, db, dovecot, bytes_read):
    dovecot.put([mail(number) for number in range(20)])
    started = []
    chaos = Chaos(dovecot.tls_port, bytes_read, at_cut=lambda: (started[0].kill(), started[0].wait(20)))
    try:
        started.append(program(port=chaos.port))
        assert started[0].wait(60) == -signal.SIGKILL
    finally:
        chaos.close()
    with db.read() as tx:
        assert tx.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
    assert program().wait(60) == 0
    assert originals(db) == sorted(dovecot.mails())


def test_a_sync_asked_to_end_ends_and_keeps_what_it_read(program, db, dovecot):
    dovecot.put([mail(number) for number in range(3)])
    process = program()
    process.terminate()
    process.wait(60)
    assert program().wait(60) == 0
    assert originals(db) == sorted(dovecot.mails())

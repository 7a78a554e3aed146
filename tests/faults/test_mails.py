"""Rows 4, 7 and 16: mails that look alike or are dated from another age, and clocks that are wrong."""

from threading import Event

import pytest

from counterparts.dovecot import USER
from deskterm.config.secret.secrets import Secrets
from deskterm.config.settings_file import Settings
from deskterm.domain.messages import Address
from deskterm.domain.outbox_states import OutboxState
from deskterm.domain.review.replies import Draft
from deskterm.domain.tickets import Status
from deskterm.storage import customers, tickets
from deskterm.storage.replies import outbox
from deskterm.storage.ticket_work import waking
from deskterm.sync.smtp.outbox import deliver
from sync.passing import JANA, NOW, mail

TEN_YEARS = 10 * 365 * 86400


def put(
    dovecot,
    name,
    *,
    trace="",
    body="Where is it?",
    date="Thu, 9 Oct 2025 10:00:00 +0000",
    folder="INBOX",
    at=None,
):
    head = f"{trace}From: {JANA}\r\nTo: {USER}\r\nSubject: Question\r\nDate: {date}\r\n"
    raw = f"{head}{name}\r\n{body}\r\n".encode()
    dovecot.put([raw], folder, at=at)
    return raw


def count(desk):
    return desk.ask("SELECT count(*) FROM message")[0][0]


# 7: one mail or two


def test_the_same_mail_with_other_trace_headers_is_one(desk, dovecot):
    put(dovecot, "Message-ID: <a@x.example>\r\n")
    put(dovecot, "Message-ID: <a@x.example>\r\n", trace="Received: from b\r\nX-Spam: no\r\n")
    desk.run()
    assert count(desk) == 1
    assert desk.ask("SELECT count(*) FROM place")[0][0] == 2


def test_the_same_message_id_over_another_text_is_two(desk, dovecot):
    put(dovecot, "Message-ID: <a@x.example>\r\n")
    put(dovecot, "Message-ID: <a@x.example>\r\n", body="And another thing.")
    desk.run()
    assert count(desk) == 2


@pytest.mark.parametrize(
    "name",
    [
        "",
        "Message-ID:\r\n",
        f"Message-ID: <{'x' * 1000}@x.example>\r\n",
        "Message-ID: <a b c@x.example>\r\n",
        "Message-ID: <a\r\n b@x.example>\r\n",
        "Message-ID: no brackets\r\n",
        "Message-ID: <a@x.example> <b@x.example>\r\n",
        "Message-ID: <a\0b@x.example>\r\n",
    ],
)
def test_a_mail_is_kept_once_whatever_its_message_id(desk, dovecot, name):
    raw = put(dovecot, name).replace(b"\0", b"\x80")  # Dovecot puts 0x80 for NUL
    put(dovecot, name, body="Another mail of the same id.")
    desk.run()
    desk.run(NOW + 60)
    kept = desk.originals()
    assert len(kept) == 2
    assert raw in kept
    dovecot.put([raw], "Archive")
    assert count(desk) == 2


# 4: the same mails numbered anew fire nothing


def test_in_a_renumbered_folder_nothing_is_queued_and_notes_stay(desk, db, dovecot):
    with dovecot.login() as client:
        client.create("Support")
    dovecot.put([mail(1), mail(2)], "Support")
    desk.run(inbox="Support")
    (first, *_) = [row[0] for row in desk.ask("SELECT id FROM ticket ORDER BY id")]
    with db.write() as tx:
        tickets.change(tx, first, status=Status.HOLD)
    before = desk.ask("SELECT count(*) FROM events")[0][0]
    dovecot.renew("Support")
    desk.run(NOW + 60, inbox="Support")
    assert count(desk) == 2
    assert desk.ask("SELECT count(*) FROM events")[0][0] == before
    assert desk.ask(f"SELECT status FROM ticket WHERE id = {first}")[0][0] == Status.HOLD
    assert desk.ask("SELECT count(*) FROM outbox")[0][0] == 0


# 16: clocks and dates


@pytest.mark.parametrize(
    "date",
    ["Thu, 1 Jan 1970 00:00:00 +0000", "Tue, 19 Jan 2038 03:14:08 +0000", "Fri, 1 Jan 99999 00:00:00 +0000",
     "Thu, 9 Oct 2025 10:00:00 +9999", "31 Feb 2025", "yesterday"],
)  # fmt: skip
def test_a_mail_counts_from_its_arrival_whatever_it_is_dated(desk, dovecot, date):
    put(dovecot, "Message-ID: <first@x.example>\r\n", at=NOW - 3000)
    put(dovecot, "Message-ID: <odd@x.example>\r\n", date=date, body="I am odd.", at=NOW - 2000)
    put(dovecot, "Message-ID: <last@x.example>\r\n", body="I am last.", at=NOW - 1000)
    desk.run()
    order = [row[0] for row in desk.ask("SELECT message_id FROM message ORDER BY at, id")]
    assert order == ["<first@x.example>", "<odd@x.example>", "<last@x.example>"]
    assert desk.ask("SELECT max(unanswered_since) FROM ticket")[0][0] <= NOW


@pytest.mark.parametrize("off", [-TEN_YEARS, TEN_YEARS])
def test_a_pass_with_a_clock_ten_years_off_loses_nothing_and_sends_nothing(desk, dovecot, off):
    put(dovecot, "Message-ID: <a@x.example>\r\n", at=NOW - 1000)
    desk.run(NOW + off)
    put(dovecot, "Message-ID: <b@x.example>\r\n", body="Two", at=NOW - 500)
    desk.run(NOW)
    assert count(desk) == 2
    assert desk.source().complete_to >= NOW
    assert desk.ask("SELECT count(*) FROM outbox")[0][0] == 0


@pytest.mark.parametrize("off", [-TEN_YEARS, TEN_YEARS])
def test_a_reply_goes_out_once_however_the_clock_jumps(desk, db, dovecot, smtp_listener, off):
    with db.write() as tx:
        customer = customers.upsert(tx, Address("Jana", JANA), NOW)
        ticket = tickets.create(tx, customer_id=customer, subject="Where?", at=NOW)
        raw = f"From: {USER}\r\nTo: {JANA}\r\nMessage-ID: <r@kiln.example>\r\n\r\nHello.\r\n".encode()
        row = outbox.enqueue(
            tx, Draft(ticket, "Hello.", "Re", USER, (Address("", JANA),)), account="shop", sender=USER,
            message_id="<r@kiln.example>", raw=raw, recipients=(JANA,), action=1, send_at=NOW, at=NOW,
        )  # fmt: skip
    for now in (NOW + off, NOW, NOW + off, NOW + 60):
        settings = Settings(mailboxes=(desk.mailbox,))
        deliver(settings, desk.home, db, Secrets(desk.home), now=now, stop=Event())
    with db.read() as tx:
        assert outbox.get(tx, row).state is OutboxState.SENT
    assert len(smtp_listener.accepted) == len(dovecot.mails("Gesendet")) == 1


def test_a_snooze_set_under_a_wrong_clock_ends_when_the_clock_is_right_again(db):
    """It was to end tomorrow by the clock of then; that time has passed, so it is over."""
    with db.write() as tx:
        customer = customers.upsert(tx, Address("Jana", JANA), NOW)
        ticket = tickets.create(tx, customer_id=customer, subject="Where?", at=NOW)
        tickets.change(tx, ticket, snoozed_until=NOW - TEN_YEARS + 86400)
        waking.wake(tx, NOW)
        assert tickets.get(tx, ticket).snoozed_until is None

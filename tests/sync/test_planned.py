"""Planned replies on the wire: at their time, once, held back by an answer. Counted at the SMTP listener."""

from dataclasses import replace
from threading import Event

import pytest

from counterparts.dovecot import USER
from counterparts.smtp_listener import CUT_AFTER
from deskterm.config.secret.secrets import Secrets
from deskterm.config.settings_file import Settings
from deskterm.domain.messages import Cue
from deskterm.domain.outbox_states import OutboxState
from deskterm.domain.review.replies import Draft, Follows
from deskterm.domain.sources import Source, SourceKind
from deskterm.domain.tickets import Status
from deskterm.storage import events, sources, tickets
from deskterm.storage.replies import drafts, outbox
from deskterm.storage.upkeep import forget
from deskterm.sync import source_reports
from deskterm.sync.smtp.outbox import deliver
from sync.passing import JANA, NOW, Desk, mail

PLANNED = NOW + 3600
DAY = 86400


class Planned:
    """A ticket with a customer's mail, and a reply to it that goes in an hour."""

    def __init__(self, desk):
        self.desk, self.db = desk, desk.db
        with self.db.read() as tx:
            self.ticket, answers = tx.execute("SELECT ticket_id, id FROM message").fetchone()
        draft = Draft(self.ticket, "On its way.", "Re: Question 1", USER, (), answers=answers)
        raw = f"From: {USER}\r\nTo: {JANA}\r\nSubject: Re: Question 1\r\nMessage-ID: <ours@kiln.example>\r\n\r\nOn its way.\r\n"
        self.draft, self.raw = draft, raw.encode()

    def queue(self, *, unless_answered=True, at=PLANNED):
        with self.db.write() as tx:
            return outbox.enqueue(
                tx, self.draft, account="shop", sender=USER, message_id="<ours@kiln.example>", raw=self.raw,
                recipients=(JANA,), action=events.new_action(tx), send_at=at, at=NOW, unless_answered=unless_answered,
                planned=Follows(Status.SOLVED, unless_changed=Status.OPEN),
            )  # fmt: skip

    def row(self, row):
        with self.db.read() as tx:
            return outbox.get(tx, row)

    def standing(self):
        with self.db.read() as tx:
            return tickets.get(tx, self.ticket)

    def deliver(self, now, *, patient=True):
        """No more than what the open desk does when something is due."""
        settings = Settings(mailboxes=(self.desk.mailbox,))
        home = self.desk.home
        return deliver(settings, home, self.db, Secrets(home), now=now, stop=Event(), patient=patient)


@pytest.fixture
def desk(db, home, mailbox, smtp_listener):
    sending = {"smtp_host": "localhost", "smtp_port": smtp_listener.port, "smtp_security": "starttls"}
    return Desk(db, home, replace(mailbox, **sending))


@pytest.fixture
def planned(desk, dovecot):
    dovecot.put([mail(1)], at=NOW - 600)
    desk.run()
    return Planned(desk)


def test_it_goes_at_its_time_and_its_ticket_follows_then(planned, smtp_listener):
    row = planned.queue()
    planned.desk.run(PLANNED - 1)
    assert (smtp_listener.accepted, planned.standing().status) == ([], Status.OPEN)
    assert planned.desk.run(PLANNED).sent == 1
    assert len(smtp_listener.accepted) == 1
    assert planned.row(row).sent_at == PLANNED
    assert planned.standing().status is Status.SOLVED
    assert planned.desk.run(PLANNED + 60).sent == 0


def test_an_answer_takes_it_back_in_the_pass_that_brings_the_answer(planned, smtp_listener, dovecot):
    row = planned.queue()
    dovecot.put([mail(2, answers=1)], at=NOW + 60)
    result = planned.desk.run(NOW + 120)
    assert result.held_back == 1
    assert planned.row(row).answered == "brought back as a draft: the customer wrote before it went"
    with planned.db.read() as tx:
        assert drafts.get(tx, planned.ticket).body == "On its way."
    assert planned.standing().cues == (Cue.HELD_BACK,)
    assert planned.desk.run(PLANNED).sent == 0
    assert smtp_listener.accepted == []


def test_what_is_untrue_when_it_is_due_is_not_sent(planned, smtp_listener):
    planned.draft = replace(planned.draft, body="It goes out today.")
    row = planned.queue(unless_answered=False)
    assert planned.deliver(PLANNED + 23 * 3600).sent == 0
    assert planned.row(row).answered == "brought back as a draft: “today” is no longer so"
    assert (smtp_listener.accepted, planned.standing().cues) == ([], (Cue.HELD_BACK,))


def test_a_draft_begun_since_is_kept_below_it_with_its_files(planned, dovecot):
    planned.queue()
    with planned.db.write() as tx:
        drafts.save(tx, replace(planned.draft, body="And the bill.", attachments=("/bill.pdf",)), NOW + 5)
    dovecot.put([mail(2, answers=1)], at=NOW + 60)
    planned.desk.run(NOW + 120)
    with planned.db.read() as tx:
        back = drafts.get(tx, planned.ticket)
    assert (back.body, back.attachments) == ("On its way.\n\nAnd the bill.", ("/bill.pdf",))


def test_an_answer_that_the_same_pass_brings_is_in_time(planned, smtp_listener, dovecot):
    planned.queue()
    dovecot.put([mail(2, answers=1)], at=PLANNED - 60)
    assert planned.desk.run(PLANNED).sent == 0
    assert smtp_listener.accepted == []


def test_what_falls_due_in_the_middle_of_a_pass_waits_for_one_that_has_read_the_mail(
    planned, smtp_listener, dovecot
):
    """The mailbox was read before it was due; who answered since then is heard before it goes."""
    row = planned.queue()

    class TimePasses(list):
        def append(self, progress):
            if progress.words == "sending":
                dovecot.put([mail(2, answers=1)], at=PLANNED + 1)

    planned.desk.seen = TimePasses()
    assert planned.desk.run(PLANNED - 1).sent == 0
    planned.desk.seen = []
    assert planned.deliver(PLANNED + 2).unread == 1, "the desk wakes when it is due"
    assert planned.desk.run(PLANNED + 3).held_back == 1
    assert (smtp_listener.accepted, planned.row(row).state) == ([], OutboxState.DISCARDED)


def test_an_automatic_answer_counts_as_none(planned, smtp_listener, dovecot):
    planned.queue()
    away = mail(2, answers=1).replace(b"To: ", b"Auto-Submitted: auto-replied\r\nTo: ", 1)
    dovecot.put([away], at=NOW + 60)
    assert planned.desk.run(PLANNED).sent == 1


def test_an_answer_of_ours_written_elsewhere_takes_it_back_too(planned, dovecot):
    row = planned.queue()
    dovecot.put([mail(2, sender=USER, to=JANA, answers=1)], "Gesendet", at=NOW + 60)
    assert planned.desk.run(PLANNED).sent == 0
    assert "written elsewhere" in planned.row(row).answered


def test_older_mail_that_comes_late_is_no_answer(planned, dovecot):
    planned.queue()
    dovecot.put([mail(2, answers=1)], at=NOW - 30 * DAY)
    assert planned.desk.run(PLANNED).sent == 1


def test_what_goes_in_any_case_goes_and_leaves_the_new_mail_open(planned, smtp_listener, dovecot):
    row = planned.queue(unless_answered=False)
    dovecot.put([mail(2, answers=1)], at=NOW + 60)
    planned.desk.run(NOW + 120)
    assert "it goes all the same" in planned.row(row).history[-1][2]
    assert planned.desk.run(PLANNED).sent == 1
    assert len(smtp_listener.accepted) == 1
    assert planned.standing().status is Status.OPEN, "the customer's new mail is not dealt with"


def test_before_the_mail_is_read_nobody_knows_whether_there_is_an_answer(planned, smtp_listener, dovecot):
    """The desk wakes after its time: it reads first, and only then sends."""
    row = planned.queue()
    dovecot.put([mail(2, answers=1)], at=NOW + 60)
    delivered = planned.deliver(PLANNED + 5)
    assert (delivered.sent, delivered.unread) == (0, 1)
    assert planned.row(row).state is OutboxState.QUEUED
    planned.desk.run(PLANNED + 10)
    assert planned.deliver(PLANNED + 15).unread == 0
    assert smtp_listener.accepted == []


@pytest.mark.parametrize("days", [-20, 20])
def test_a_pass_under_a_wrong_clock_does_not_count_as_reading_the_mail(planned, smtp_listener, days):
    """A pass under a wrong clock claims a wrong time; only a pass by the right one counts."""
    planned.desk.run(NOW + days * DAY)
    row = planned.queue()
    planned.deliver(PLANNED)
    assert (smtp_listener.accepted, planned.row(row).state) == ([], OutboxState.QUEUED)
    planned.desk.run(PLANNED)
    assert len(smtp_listener.accepted) == 1


def test_a_pass_by_the_right_clock_corrects_how_far_the_mail_is_complete(planned):
    planned.desk.run(NOW + 20 * DAY)
    planned.desk.run(NOW)
    assert planned.desk.source().complete_to == NOW


@pytest.mark.parametrize(("read_to", "now", "goes"), [
    (PLANNED - 1, PLANNED, False),  # read a moment before: the customer may have answered since
    (PLANNED, PLANNED, True),
    (PLANNED, PLANNED + 600, True),
    (PLANNED, PLANNED + 601, False),  # the machine slept: what came meanwhile is not known
])  # fmt: skip
def test_unless_answered_the_mail_must_have_been_read_after_the_planned_time_and_lately(
    planned, smtp_listener, read_to, now, goes
):
    planned.queue()
    source_reports.report_complete(planned.db, Source("shop"), read_to, read_to)
    delivered = planned.deliver(now)
    assert (delivered.sent, delivered.unread) == ((1, 0) if goes else (0, 1))
    assert len(smtp_listener.accepted) == goes


def test_what_goes_in_any_case_need_not_wait_for_the_mail(planned):
    planned.queue(unless_answered=False)
    assert planned.deliver(PLANNED + 5).sent == 1


def test_a_machine_that_slept_sends_late_and_says_so(planned):
    row = planned.queue()
    assert planned.desk.run(PLANNED + 2 * 3600).sent == 1
    assert (PLANNED + 2 * 3600, "sending", "2h after its time") in planned.row(row).history


@pytest.mark.parametrize("now", [PLANNED + 2 * DAY, PLANNED + 3650 * DAY])
def test_long_after_its_time_it_is_a_draft_again_even_if_the_clock_jumped(planned, smtp_listener, now):
    row = planned.queue()
    assert planned.desk.run(now).held_back == 1
    assert planned.row(row).state_words == "a draft again"
    assert planned.standing().cues == (Cue.HELD_BACK,)
    assert smtp_listener.accepted == []


@pytest.mark.parametrize("changed", [{"view": "trash"}, {"status": "spam"}])
def test_a_customer_whose_ticket_was_put_out_of_the_way_gets_nothing(planned, smtp_listener, changed):
    row = planned.queue(unless_answered=False)
    with planned.db.write() as tx:
        tickets.change(tx, planned.ticket, **changed)
    planned.desk.run(PLANNED)
    assert planned.row(row).answered.endswith("its ticket was put out of the way")
    assert smtp_listener.accepted == []


def test_an_answer_that_came_while_the_machine_slept_after_a_failed_try_is_in_time(
    planned, smtp_listener, dovecot
):
    """The mail was read when its time came; the server put the reply off, and the lid was shut."""
    row = planned.queue()
    smtp_listener.swap["DATA"] = "451 4.3.0 not now"
    planned.desk.run(PLANNED)
    smtp_listener.swap.clear()
    dovecot.put([mail(2, answers=1)], at=PLANNED + 3600)
    delivered = planned.deliver(PLANNED + 8 * 3600)
    assert (delivered.sent, delivered.unread) == (0, 1)
    planned.desk.run(PLANNED + 8 * 3600 + 10)
    assert planned.row(row).state_words == "a draft again"
    assert smtp_listener.accepted == []


def test_days_after_a_failed_try_it_is_a_draft_again(planned, smtp_listener):
    row = planned.queue(unless_answered=False)
    smtp_listener.swap["DATA"] = "451 4.3.0 not now"
    planned.desk.run(PLANNED)
    smtp_listener.swap.clear()
    assert planned.desk.run(PLANNED + 5 * DAY).held_back == 1
    assert planned.row(row).state_words == "a draft again"
    assert smtp_listener.accepted == []


def test_days_after_a_process_was_killed_before_sending_it_is_a_draft_again(planned, smtp_listener):
    row = planned.queue(unless_answered=False)
    with planned.db.write() as tx:
        outbox.claim(tx, row, "a process that died", PLANNED)
    assert planned.desk.run(PLANNED + 5 * DAY).held_back == 1
    assert planned.row(row).state_words == "a draft again"
    assert smtp_listener.accepted == []


def test_it_goes_though_the_mail_it_answers_was_forgotten(planned, dovecot):
    """Ben wrote into Jana's ticket, the reply answers him, and then he is forgotten."""
    ben = "ben@odum.example"
    dovecot.put([mail(2, to=f"{USER}, {ben}")], at=NOW - 300)
    dovecot.put([mail(3, sender=ben, answers=2)], at=NOW - 200)
    planned.desk.run()
    dovecot.put([mail(5)], at=NOW - 100)
    planned.desk.run()
    with planned.db.read() as tx:
        found = tx.execute("SELECT ticket_id, id FROM message WHERE subject = 'Question 3'").fetchone()
    planned.draft = replace(planned.draft, ticket_id=found[0], answers=found[1])
    row = planned.queue()
    with planned.db.write() as tx:
        forget.erase(tx, forget.find(tx, ben))
    dovecot.put([mail(4, answers=2)], at=NOW + 60)
    assert planned.desk.run(NOW + 70).failed == ()
    assert planned.row(row).state_words == "a draft again"


def test_what_some_have_had_is_not_taken_back(planned, smtp_listener, dovecot):
    """One of two is put off, and the customer writes before the second try: that one still gets it."""
    kai = "kai@mertens.example"
    row = planned.queue()
    with planned.db.write() as tx:
        tx.execute("INSERT INTO recipient VALUES (?, ?, '', '')", (row, kai))
    smtp_listener.swap[kai] = "451 4.7.1 later"
    planned.desk.run(PLANNED)
    smtp_listener.swap.clear()
    dovecot.put([mail(2, answers=1)], at=PLANNED + 10)
    planned.desk.run(PLANNED + 600)
    assert [one.recipients for one in smtp_listener.accepted] == [[JANA], [kai]]


def test_a_clock_that_was_set_back_lets_it_wait(planned, smtp_listener):
    row = planned.queue()
    planned.desk.run(NOW - 3650 * DAY)
    assert planned.row(row).state_words == "planned"
    assert smtp_listener.accepted == []


def test_a_reply_queued_by_a_clock_that_was_ahead_does_not_wait_for_years(planned, smtp_listener):
    """Not a planned one: it was sent with `y`, and the clock was put right afterwards."""
    row = planned.queue(at=NOW + 3650 * DAY)
    with planned.db.write() as tx:
        tx.execute("UPDATE outbox SET planned_at = NULL, unless_answered = 0")
    assert planned.deliver(NOW + 60).sent == 1
    assert planned.row(row).state is OutboxState.SENT


def test_after_a_broken_connection_it_is_tried_again_and_still_goes_once(planned, smtp_listener):
    smtp_listener.swap["DATA"] = "451 4.3.0 not now"
    row = planned.queue()
    planned.desk.run(PLANNED)
    waits = planned.row(row)
    assert (waits.state_words, waits.planned_at, waits.put_off) == ("queued", PLANNED, True)
    smtp_listener.swap.clear()
    planned.deliver(waits.send_at)
    assert len(smtp_listener.accepted) == 1
    assert planned.standing().status is Status.SOLVED


# what may have been sent


@pytest.fixture
def in_doubt(planned, smtp_listener):
    """A reply whose connection broke after the final dot, without a copy in Sent."""
    row = planned.queue(at=NOW, unless_answered=False)
    smtp_listener.swap["DATA"] = CUT_AFTER
    planned.deliver(NOW + 5)
    smtp_listener.swap.clear()
    assert planned.row(row).state is OutboxState.UNCERTAIN
    return row


def naming_ours(number, head=b""):
    ours = b"In-Reply-To: <ours@kiln.example>\r\nReferences: <ours@kiln.example>\r\n"
    return mail(number).replace(b"Date:", ours + head + b"Date:", 1)


def test_an_answer_that_names_it_shows_that_it_went_out_when_it_did(planned, in_doubt, dovecot):
    dovecot.put([naming_ours(3)], at=NOW + 7200)
    planned.desk.run(NOW + 7300)
    row = planned.row(in_doubt)
    assert (row.state, row.answered) == (OutboxState.SENT, "An answer to it has come: it went out.")
    with planned.db.read() as tx:
        (at,) = tx.execute("SELECT at FROM message WHERE direction = 'out'").fetchone()
    assert at == NOW + 5, "it counts from when it went"


def test_a_mail_that_names_another_one_settles_nothing(planned, in_doubt, dovecot):
    dovecot.put([mail(3, answers=1)], at=NOW + 7200)
    planned.desk.run(NOW + 7300)
    assert planned.row(in_doubt).state is OutboxState.UNCERTAIN


def test_a_bounce_of_it_shows_that_it_went_out(planned, in_doubt, dovecot, smtp_listener):
    bounce = (
        f"From: MAILER-DAEMON@kiln.example\r\nTo: {USER}\r\nSubject: Undelivered Mail\r\n"
        "Message-ID: <b1@kiln.example>\r\nAuto-Submitted: auto-replied\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="x"\r\n\r\n'
        "--x\r\nContent-Type: text/plain\r\n\r\nNo such user.\r\n"
        "--x\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; kiln.example\r\n\r\n"
        f"Final-Recipient: rfc822; {JANA}\r\nAction: failed\r\nStatus: 5.1.1\r\n\r\n"
        "--x\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: <ours@kiln.example>\r\n\r\n--x--\r\n"
    )
    dovecot.put([bounce.encode()], at=NOW + 7200)
    planned.desk.run(NOW + 7300)
    row = planned.row(in_doubt)
    assert (row.state, row.answered) == (OutboxState.SENT, "A report about it has come: it went out.")
    assert len(smtp_listener.accepted) == 1


# R


def test_what_a_broken_connection_put_off_goes_at_once_when_the_owner_asks(planned, smtp_listener):
    planned.queue(at=NOW, unless_answered=False)
    smtp_listener.swap["MAIL"] = "cut"
    planned.deliver(NOW + 5)
    smtp_listener.swap.clear()
    assert planned.deliver(NOW + 10).sent == 0
    assert planned.deliver(NOW + 10, patient=False).sent == 1


def test_what_the_server_put_off_keeps_its_time_when_the_owner_asks_for_all(planned, smtp_listener):
    row = planned.queue(at=NOW, unless_answered=False)
    smtp_listener.swap["MAIL"] = "451 4.7.1 greylisted"
    planned.deliver(NOW + 5)
    smtp_listener.swap.clear()
    assert planned.deliver(NOW + 10, patient=False).sent == 0
    assert planned.row(row).put_off
    with planned.db.read() as tx:
        assert [one for one in sources.states(tx, SourceKind.MAIL) if one.failing_since] == []

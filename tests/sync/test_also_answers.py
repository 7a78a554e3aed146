"""One reply to several tickets on the wire: counted at the SMTP listener, answered and returned over IMAP."""

from dataclasses import replace

import pytest

from counterparts.dovecot import USER
from deskterm.config.settings_file import Settings, Shop
from deskterm.desk import Desk as Face
from deskterm.desk.reply.sending import When
from deskterm.domain.formats import Formats
from deskterm.domain.messages import Address
from deskterm.domain.playbook import Playbook
from deskterm.domain.review.replies import Level
from deskterm.domain.tickets import Status
from deskterm.intake.due import CAME_BACK
from deskterm.intake.refused_replies import REFUSED
from deskterm.storage.replies import drafts, outbox
from sync.passing import JANA, NOW, Desk, mail

DAY = 86400


class Nothing:
    """A playbook without a macro."""

    def current(self):
        return Playbook({}, {})


class Two:
    """Two open tickets of Jana's, and a reply written on the second that answers the first too."""

    def __init__(self, desk, face):
        self.desk, self.face = desk, face
        self.first, self.second = (row[0] for row in desk.ask("SELECT id FROM ticket ORDER BY subject"))

    def reply(self, when=None, at=NOW, after=Status.WAITING, copy=""):
        replies = self.face.replies
        draft = replies.begin(self.second, at)
        bcc = (Address("", copy),) if copy else ()
        replies.save(replace(draft, body="Both go out together.", after=after, bcc=bcc), at)
        replies.answer_also(self.second, (self.first,), at)
        replies.send(self.second, replies.review(self.second, at), at, Level.AMBER, when or When())

    def statuses(self):
        return [row[0] for row in self.desk.ask("SELECT status FROM ticket ORDER BY subject")]

    def reasons(self):
        return [row[0] for row in self.desk.ask("SELECT due FROM ticket ORDER BY subject")]

    def unanswered(self):
        return [
            row[0] is not None
            for row in self.desk.ask("SELECT unanswered_since FROM ticket ORDER BY subject")
        ]

    def sent_id(self):
        return self.desk.ask("SELECT message_id FROM outbox")[0][0]


@pytest.fixture
def two(db, home, mailbox, smtp_listener, dovecot):
    sending = {"smtp_host": "localhost", "smtp_port": smtp_listener.port, "smtp_security": "starttls"}
    mailbox = replace(mailbox, **sending)
    desk = Desk(db, home, mailbox)
    dovecot.put([mail(1), mail(2)], at=NOW - 600)
    desk.run()
    settings = Settings(shop=Shop("Kiln", (USER,)), mailboxes=(mailbox,))
    return Two(desk, Face(db, settings, home, Nothing(), Formats("en_GB", "UTC")))


def naming(message_id, number=3):
    return mail(number).replace(b"Date:", f"In-Reply-To: {message_id}\r\nDate:".encode(), 1)


def bounce_of(message_id):
    return (
        f"From: MAILER-DAEMON@kiln.example\r\nTo: {USER}\r\nSubject: Undelivered Mail\r\n"
        "Message-ID: <b1@kiln.example>\r\nAuto-Submitted: auto-replied\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="x"\r\n\r\n'
        "--x\r\nContent-Type: text/plain\r\n\r\nNo such user.\r\n"
        "--x\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; kiln.example\r\n\r\n"
        f"Final-Recipient: rfc822; {JANA}\r\nAction: failed\r\nStatus: 5.1.1\r\n\r\n"
        f"--x\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: {message_id}\r\n\r\n--x--\r\n"
    ).encode()


def test_one_mail_goes_out_and_both_are_answered(two, smtp_listener, dovecot):
    two.reply()
    assert two.unanswered() == [True, True]
    two.desk.run(NOW + 20)
    (accepted,) = smtp_listener.accepted
    assert accepted.recipients == [JANA]
    assert b"In-Reply-To: <2@x.example>" in accepted.raw
    assert b"<1@x.example>" not in accepted.raw
    assert len(dovecot.mails("Gesendet")) == 1
    assert (two.statuses(), two.unanswered()) == (["waiting", "waiting"], [False, False])
    two.desk.run(NOW + 60)  # finds the copy in Sent
    assert len(two.desk.ask("SELECT 1 FROM message WHERE direction = 'out'")) == 2


def test_an_answer_to_it_joins_the_ticket_it_was_written_on(two, dovecot):
    two.reply()
    two.desk.run(NOW + 20)
    dovecot.put([naming(two.sent_id())], at=NOW + 3600)
    two.desk.run(NOW + 3700)
    assert two.statuses() == ["waiting", "open"]
    assert two.desk.ask("SELECT count(*) FROM ticket")[0][0] == 2


def test_a_bounce_calls_both_back(two, dovecot):
    two.reply()
    two.desk.run(NOW + 20)
    dovecot.put([bounce_of(two.sent_id())], at=NOW + 3600)
    two.desk.run(NOW + 3700)
    assert two.statuses() == ["open", "open"]
    assert [row[0] for row in two.desk.ask("SELECT due FROM ticket ORDER BY subject")] == [
        CAME_BACK,
        CAME_BACK,
    ]


def test_a_bounce_leaves_alone_what_was_answered_again(two, dovecot):
    two.reply()
    two.desk.run(NOW + 20)
    dovecot.put([naming("<1@x.example>").replace(f"From: {JANA}\r\nTo: {USER}".encode(), f"From: {USER}\r\nTo: {JANA}".encode())], at=NOW + 1800, folder="Gesendet")  # fmt: skip
    two.desk.run(NOW + 1900)
    dovecot.put([bounce_of(two.sent_id())], at=NOW + 3600)
    two.desk.run(NOW + 3700)
    assert two.statuses() == ["waiting", "open"]


def test_refused_neither_is_answered(two, smtp_listener):
    smtp_listener.swap[JANA] = "550 5.1.1 no such user here"
    two.reply()
    two.desk.run(NOW + 20)
    assert smtp_listener.accepted == []
    assert two.unanswered() == [True, True]
    assert {row.outbox for row in two.face.inbox.rows((two.first, two.second))} == {"refused"}
    assert two.statuses() == ["open", "open"]
    assert two.reasons() == [REFUSED, REFUSED]
    assert not two.desk.ask("SELECT 1 FROM events WHERE what = 'reply'")


def test_refused_and_sent_after_all_both_are_answered(two, smtp_listener):
    smtp_listener.swap[JANA] = "550 5.1.1 no such user here"
    two.reply()
    two.desk.run(NOW + 20)
    del smtp_listener.swap[JANA]
    (refused,) = two.face.outbox.rows()
    two.face.outbox.retry(refused.id, NOW + 60)
    two.desk.run(NOW + 90)
    assert len(smtp_listener.accepted) == 1
    assert (two.statuses(), two.unanswered()) == (["waiting", "waiting"], [False, False])
    assert two.reasons() == ["", ""]


def test_refused_and_taken_back_it_is_a_draft_and_both_stay_open(two, smtp_listener):
    smtp_listener.swap[JANA] = "550 5.1.1 no such user here"
    two.reply()
    two.desk.run(NOW + 20)
    two.face.undo.undo(NOW + 60)
    assert two.statuses() == ["open", "open"]
    with two.desk.db.read() as tx:
        assert drafts.get(tx, two.second).also == (two.first,)


@pytest.mark.parametrize("after", [Status.SOLVED, Status.HOLD])
def test_refused_what_it_was_to_solve_or_hold_is_unanswered_again(two, smtp_listener, after):
    smtp_listener.swap[JANA] = "550 5.1.1 no such user here"
    two.reply(after=after)
    assert two.statuses() == [after, after]
    two.desk.run(NOW + 20)
    assert (two.statuses(), two.unanswered()) == (["open", "open"], [True, True])


def test_refused_a_ticket_answered_since_is_left_alone(two, smtp_listener, dovecot):
    smtp_listener.swap[JANA] = "451 4.7.1 greylisted, try later"
    two.reply()
    two.desk.run(NOW + 20)
    ours = naming("<1@x.example>").replace(
        f"From: {JANA}\r\nTo: {USER}".encode(), f"From: {USER}\r\nTo: {JANA}".encode()
    )
    dovecot.put([ours], at=NOW + 1800, folder="Gesendet")
    smtp_listener.swap[JANA] = "550 5.1.1 no such user here"
    two.desk.run(NOW + 3700)
    assert two.statuses() == ["waiting", "open"]


def test_refused_for_the_customer_alone_both_are_called_back_though_a_copy_went(two, smtp_listener):
    smtp_listener.swap[JANA] = "550 5.1.1 no such user here"
    two.reply(copy="books@kiln.example")
    two.desk.run(NOW + 20)
    assert [one.recipients for one in smtp_listener.accepted] == [["books@kiln.example"]]
    assert (two.statuses(), two.reasons()) == (["open", "open"], [REFUSED, REFUSED])


def test_refused_for_the_copy_alone_both_are_answered(two, smtp_listener):
    smtp_listener.swap["books@kiln.example"] = "550 5.1.1 no such user here"
    two.reply(copy="books@kiln.example")
    two.desk.run(NOW + 20)
    assert (two.statuses(), two.reasons()) == (["waiting", "waiting"], ["", ""])


@pytest.mark.parametrize("answered", [1, 2])
def test_planned_unless_answered_it_looks_at_both_tickets(two, smtp_listener, dovecot, answered):
    two.reply(When(NOW + DAY, unless_answered=True))
    dovecot.put([mail(3, answers=answered)], at=NOW + 3600)
    assert two.desk.run(NOW + 3700).held_back == 1
    assert two.desk.run(NOW + DAY + 1).sent == 0
    assert smtp_listener.accepted == []
    assert two.statuses() == ["open", "open"]
    assert two.desk.ask("SELECT count(*) FROM ticket WHERE snoozed_until IS NOT NULL")[0][0] == 0
    with two.desk.db.read() as tx:
        assert drafts.get(tx, two.second).also == (two.first,)


def test_planned_in_any_case_a_ticket_they_wrote_on_stays_open(two, smtp_listener, dovecot):
    two.reply(When(NOW + DAY))
    dovecot.put([mail(3, answers=1)], at=NOW + 3600)
    two.desk.run(NOW + 3700)
    assert two.desk.run(NOW + DAY + 1).sent == 1
    assert two.statuses()[0] == "open"
    with two.desk.db.read() as tx:
        assert outbox.rows(tx)[0].state == "sent"
    assert Status(two.statuses()[1]) is Status.OPEN

"""What rules send, on real servers: loops end at the cap, machines get nothing, and MAIL FROM is empty."""

from dataclasses import dataclass, field, replace
from email import message_from_bytes
from email.utils import parseaddr
from threading import Event

import pytest

from counterparts.dovecot import USER
from desk.conftest import Fixed
from deskterm.config.secret.secrets import Secrets
from deskterm.config.settings_file import Settings, Shop
from deskterm.desk import Desk as Shop_
from deskterm.domain.formats import Formats
from deskterm.domain.playbook import Macro, Playbook
from deskterm.intake.values import Context
from deskterm.sync.one_pass import Pass, run_pass
from sync.passing import NOW

RULES = """
sending = true
most_per_address = 2

[[rule]]
name = "answer"
when = "broken"
send = "thanks"
on = true

[[rule]]
name = "it came"
when = "is:first"
acknowledge = "acknowledgement"
on = true
"""
PLAYBOOK = Playbook(
    macros={
        "thanks": Macro("thanks", "Thanks", "Hello,\n\nthank you for your mail, I look at it."),
        "acknowledgement": Macro("acknowledgement", "It came", "Hello,\n\nyour mail has come."),
    }
)
CUSTOMER, ROBOT, POLITE, LIST, GONE = (
    f"{one}@away.example" for one in ("jana", "sly", "polite", "list", "gone")
)


def mail(number, who, *, head="", subject="", body="It came broken."):
    subject = subject or f"Mug {number}"
    lines = (
        f"From: {who}\r\nTo: {USER}\r\nSubject: {subject}\r\nMessage-ID: <in{number}@away.example>\r\n{head}"
    )
    return f"{lines}Date: Thu, 9 Oct 2025 10:00:00 +0000\r\n\r\n{body}\r\n".encode()


@dataclass
class Wire:
    """A desk with rules, its mailbox, and those who answer by themselves what it sends."""

    db: object
    home: object
    settings: Settings
    dovecot: object
    listener: object
    now: int = NOW
    number: int = 0
    answered: int = 0
    desk: Shop_ = field(init=False)

    def __post_init__(self):
        self.home.rules_file.write_text(RULES, "utf-8")
        self.desk = Shop_(self.db, self.settings, self.home, Fixed(PLAYBOOK), Formats("en_GB", "UTC"))

    def put(self, who, **more):
        self.number += 1
        self.dovecot.put([mail(self.number, who, **more)], at=self.now)

    def turn(self):
        """Read, write what rules asked for, send it."""
        rules = self.desk.automation.rules.read(self.now).rules
        for _ in range(2):
            context = Context(own=self.settings.own_addresses, now=self.now, playbook=PLAYBOOK, rules=rules)
            what = Pass(self.settings, self.home, Secrets(self.home), context, self.now)
            assert not run_pass(what, self.db, lambda _: None, Event()).failed
            self.desk.automation.letters.carry_out(self.now)
            self.now += 60

    def answer_by_themselves(self):
        """What others' programs make of our letters."""
        new, self.answered = self.listener.accepted[self.answered :], len(self.listener.accepted)
        for one in new:
            ours = message_from_bytes(one.raw)["Message-ID"]
            (who,) = one.recipients
            if who == ROBOT:  # says nothing of being one, and begins a new matter each time
                self.put(who, body="Your broken mail is important to us.")
            elif who == POLITE:
                head = f"Auto-Submitted: auto-replied\r\nIn-Reply-To: {ours}\r\n"
                self.put(who, head=head, subject="Automatic reply", body="I am away, it is broken.")
            elif who == GONE:
                head = f"Return-Path: <>\r\nIn-Reply-To: {ours}\r\nAuto-Submitted: auto-replied\r\n"
                self.put("mailer-daemon@away.example", head=head, subject="Undelivered Mail", body="broken")
            self.dovecot.put([one.raw], at=self.now)  # and each of them comes back to ourselves

    def sent_to(self, who):
        return sum(who in one.recipients for one in self.listener.accepted)


@pytest.fixture
def wire(db, home, mailbox, smtp_listener, dovecot):
    box = replace(
        mailbox, smtp_host="localhost", smtp_port=smtp_listener.port, smtp_security="starttls", address=USER
    )
    shop = Shop("Kiln", (USER,), "Kind regards\nAnna")
    made = Wire(db, home, Settings(shop=shop, mailboxes=(box,), undo_seconds=0), dovecot, smtp_listener)
    made.put(CUSTOMER, body="An old mail, broken.")
    made.turn()  # the first sync
    return made


def test_no_loop_goes_beyond_the_cap_and_no_machine_is_answered(wire):
    assert wire.listener.accepted == []  # nothing goes out in a first sync
    wire.put(ROBOT)
    wire.put(POLITE)
    wire.put(GONE)
    wire.put(LIST, head="List-Id: <mugs.away.example>\r\nPrecedence: list\r\n")
    wire.put(f"owner-{LIST}", head="List-Post: <mailto:list@away.example>\r\nAuto-Submitted: no\r\n")
    for _ in range(4):
        wire.turn()
        wire.answer_by_themselves()
    sent = {who: wire.sent_to(who) for who in (ROBOT, POLITE, GONE, LIST, f"owner-{LIST}", USER)}
    assert sent == {ROBOT: 2, POLITE: 1, GONE: 1, LIST: 0, f"owner-{LIST}": 0, USER: 0}
    assert len(wire.listener.accepted) == 4
    for one in wire.listener.accepted:
        told = message_from_bytes(one.raw)
        assert (one.sender, told["Auto-Submitted"]) == ("<>", "auto-replied")
        assert parseaddr(told["From"])[1] == USER


def test_a_server_that_requires_a_sender_gets_one(wire):
    wire.listener.swap["<>"] = "550 5.7.1 a sender, please"
    wire.put(CUSTOMER)
    wire.turn()
    assert [one.sender for one in wire.listener.accepted] == [USER]

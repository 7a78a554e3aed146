"""Where the faults happen: the real servers, a database ready to be copied, and what to compare it with."""

import os
import random
import shutil
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Event

from counterparts.certificates import Authority
from counterparts.dovecot import PASSWORD, USER, Dovecot, program
from counterparts.smtp_listener import SmtpListener
from deskterm.config.paths import Home
from deskterm.config.settings_file import Mailbox, Settings, Shop, save
from deskterm.domain.messages import Address
from deskterm.domain.outbox_states import OutboxState
from deskterm.domain.review.replies import Draft, Follows
from deskterm.domain.tickets import Status
from deskterm.intake.values import Context
from deskterm.storage import customers, tickets
from deskterm.storage.mail import messages
from deskterm.storage.replies import outbox
from deskterm.storage.schema.migrate import migrate, open_database
from deskterm.sync.imap import fetch_order
from deskterm.sync.one_pass import Pass, run_pass
from deskterm.sync.smtp.outbox import deliver
from intake.world import picture

NOW = 1_760_000_000
LATER = NOW + 80_000  # behind every wait, and within the day in which a planned reply still goes
_PLANNED = 0.3  # of the replies
JANA, TOM = "jana@mertens.example", "tom@diaz.example"
TEXT = "On its way.\r\n"
_FAST = Path("/dev/shm")
fetch_order.MAILS_A_BATCH = 7  # many transactions in a small mailbox; dying processes import this too


class Known:
    """The password, without a process started for it."""

    def password(self, mailbox):
        return PASSWORD

    def forget(self, mailbox):
        pass


@dataclass
class Found:
    """What a run came to: mails or replies lost and doubled, replies left to the owner, whether the fault hit."""

    lost: int = 0
    doubled: int = 0
    uncertain: int = 0
    hit: bool = True
    words: str = ""


class Scene:
    """The servers and templates of one torture. `close` takes all of it away."""

    def __init__(self, rng: random.Random):
        self.rng = rng
        base = _FAST if os.access(_FAST, os.W_OK) else None
        self.folder = Path(tempfile.mkdtemp(prefix="torture-", dir=base))
        authority = Authority(self.folder)
        self.ca_file = authority.ca_file
        self.smtp = SmtpListener(authority.certificate("smtp")).start()
        self.dovecot = Dovecot(authority.certificate("dovecot"), self.ca_file).start() if program() else None
        self._runs = 0
        self._empty = self.folder / "empty"
        migrate(Home(self._empty).database)
        if self.dovecot:
            self._fill()

    def close(self):
        self.smtp.stop()
        if self.dovecot:
            self.dovecot.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def home(self, template=None) -> Home:
        """A fresh copy of a template's home."""
        self._runs += 1
        folder = self.folder / f"run{self._runs}"
        shutil.copytree(template or self._empty, folder)
        folder.chmod(0o700)
        return Home(folder)

    def gone(self, home: Home):
        shutil.rmtree(home.root)

    # sending

    def sender(self, home: Home, **changed) -> Mailbox:
        """An account that reads and files in a Maildir and sends to the listener: no wire but SMTP's."""
        box = Mailbox(
            name="shop", kind="maildir", path=str(home.root / "mail"), address=USER, ca_file=str(self.ca_file),
            smtp_host="localhost", smtp_port=self.smtp.port, smtp_security="starttls",
        )  # fmt: skip
        return replace(box, **changed)

    def queue(self, db, count: int, size: int = 100) -> dict[int, tuple[str, bytes]]:
        """That many replies, of one or two recipients, some of them planned; row -> (Message-ID, bytes)."""
        queued = {}
        with db.write() as tx:
            customer = customers.upsert(tx, Address("Jana", JANA), NOW)
            ticket = tickets.create(tx, customer_id=customer, subject="Where?", at=NOW)
            for number in range(count):
                name = f"<{self._runs}.{number}.{self.rng.getrandbits(40):x}@kiln.example>"
                people = (JANA, TOM)[: 1 + number % 2]
                draft = Draft(ticket, "x", "Re: Where?", USER, tuple(Address("", one) for one in people))
                raw = f"From: {USER}\r\nTo: {', '.join(people)}\r\nMessage-ID: {name}\r\n\r\n{TEXT * size}"
                row = outbox.enqueue(
                    tx, draft, account="shop", sender=USER, message_id=name, raw=raw.encode(),
                    recipients=people, action=1, send_at=NOW, at=NOW,
                    planned=Follows(Status.SOLVED) if self.rng.random() < _PLANNED else None,
                )  # fmt: skip
                queued[row] = (name, raw.encode())
        return queued

    def deliver(self, home, db, mailbox, now=NOW):
        return deliver(Settings(mailboxes=(mailbox,)), home, db, Known(), now=now, stop=Event())

    def counted(self, db, queued) -> Found:
        """Each reply against what the listener took: once if it is shown as sent, else never, or uncertain."""
        found = Found()
        taken = [one.raw for one in self.smtp.accepted]
        with db.read() as tx:
            for row, (name, raw) in queued.items():
                now = outbox.get(tx, row)
                state = now.state
                times = sum(name.encode() in one for one in taken)
                whole = raw in taken
                found.uncertain += state is OutboxState.UNCERTAIN
                found.doubled += times > 1
                sent_and_there = state is OutboxState.SENT and times >= 1 and whole
                unsure = state is OutboxState.UNCERTAIN and (not times or whole)
                if not (sent_and_there or unsure):
                    found.lost += 1
                    found.words += f" {name} is {state} ({now.answered}), taken {times} times;"
        return found

    # reading

    def _fill(self):
        """A mailbox of forty mails, a template that has read the first half, and what a clean run gives."""
        mails = [self._mail(number) for number in range(40)]
        sent = [self._mail(100 + number, USER, JANA, answers=number * 3) for number in range(6)]
        self.dovecot.put(mails[:20])
        self.dovecot.put(sent[:3], "Gesendet")
        self.half = self.home()
        self.read(self.half)
        self.dovecot.put(mails[20:])
        self.dovecot.put(sent[3:], "Gesendet")
        self.clean = {}
        for template in (None, self.half.root):
            home = self.home(template)
            self.read(home)
            self.clean[template] = self.standing(home)
            self.gone(home)

    def _mail(self, number, sender=JANA, to=USER, answers=None):
        who = sender if sender == USER else f"c{number % 7}@mertens.example"
        to = f"c{answers % 7}@mertens.example" if answers is not None else to
        parent = f"In-Reply-To: <m{answers}@x.example>\r\n" if answers is not None else ""
        text = "".join(self.rng.choice("abcdefgh \n") for _ in range(self.rng.randrange(20, 2000))).replace(
            "\n", "\r\n"
        )
        return (
            f"From: {who}\r\nTo: {to}\r\nSubject: Question {number}\r\nMessage-ID: <m{number}@x.example>\r\n{parent}"
            f"Date: Thu, 09 Oct 2025 08:{number % 60:02}:00 +0000\r\n\r\n{text}\r\n"
        ).encode()

    def reader(self, **changed) -> Mailbox:
        """The account on Dovecot."""
        box = Mailbox(
            name="shop", address=USER, host="localhost", port=self.dovecot.tls_port, ca_file=str(self.ca_file),
            secret="command", password_command=f"echo '{PASSWORD}'", sent="Gesendet",
            smtp_host="localhost", smtp_port=self.smtp.port, smtp_security="starttls",
        )  # fmt: skip
        return replace(box, **changed)

    def plan(self, home, mailbox, now=NOW) -> Pass:
        context = Context(own=frozenset({USER}), now=now)
        return Pass(Settings(mailboxes=(mailbox,)), home, Known(), context, now)

    def read(self, home, mailbox=None):
        db = open_database(home.database)
        try:
            return run_pass(self.plan(home, mailbox or self.reader()), db, lambda progress: None, Event())
        finally:
            db.close()

    def standing(self, home):
        """All tickets with their mails, every original, and what SQLite says of the file."""
        db = open_database(home.database)
        try:
            with db.read() as tx:
                ids = [
                    row[0]
                    for row in tx.execute("SELECT id FROM message WHERE message_id LIKE '%@x.example>'")
                ]
                checks = [tuple(row) for row in tx.execute("PRAGMA integrity_check")]
                checks += [tuple(row) for row in tx.execute("PRAGMA foreign_key_check")]
                return sorted(messages.original(tx, one) for one in ids), picture(tx), checks
        finally:
            db.close()

    def compared(self, home, template) -> Found:
        """What a desk holds against what a clean run holds."""
        mails, shown, checks = self.standing(home)
        clean, clean_shown, sound = self.clean[template]
        lost = sum(one not in mails for one in clean)
        doubled = sum(mails.count(one) > 1 for one in set(mails)) + sum(one not in clean for one in mails)
        words = "" if checks == sound else f" integrity: {checks}"
        if not lost and not doubled and shown != clean_shown:
            lost, words = 1, f"{words} tickets differ: {_difference(shown, clean_shown)}"
        return Found(lost + (checks != sound), doubled, words=words)

    def settings_file(self, home, mailbox):
        save(home, Settings(shop=Shop(addresses=(USER,)), mailboxes=(mailbox,), work_from="all"))


def _difference(shown, clean):
    """The first ticket that is not as in a clean run, in a line."""
    for mails in sorted(shown.keys() | clean.keys(), key=sorted):
        if shown.get(mails) != clean.get(mails):
            return f"{sorted(mails)} is {shown.get(mails)}, clean {clean.get(mails)}"
    return ""

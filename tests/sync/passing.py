"""A desk over one mailbox, as the tests of sync drive it, and the mails they put there."""

from dataclasses import replace
from threading import Event

from counterparts.dovecot import USER
from deskterm.config.secret.secrets import Secrets
from deskterm.config.settings_file import Settings, Shop
from deskterm.domain.sources import SourceKind
from deskterm.intake.values import Context
from deskterm.storage import sources
from deskterm.storage.mail import folders, messages
from deskterm.sync.one_pass import Pass, run_pass

NOW = 1_760_000_000
JANA = "jana@mertens.example"


def mail(number, *, sender=JANA, to=USER, answers=0, body="Where is my order?"):
    head = f"From: {sender}\r\nTo: {to}\r\nSubject: Question {number}\r\nMessage-ID: <{number}@x.example>\r\n"
    head += f"In-Reply-To: <{answers}@x.example>\r\n" if answers else ""
    return f"{head}Date: Thu, 9 Oct 2025 10:00:00 +0000\r\n\r\n{body} {number}\r\n".encode()


class Desk:
    """A desk over one mailbox, as the tests drive it."""

    def __init__(self, db, home, mailbox):
        self.db, self.home, self.mailbox = db, home, mailbox
        self.seen = []

    def run(self, now=NOW, most=0, stop=None, **changed):
        settings = Settings(shop=Shop(addresses=(USER,)), mailboxes=(replace(self.mailbox, **changed),))
        context = Context(own=settings.own_addresses, now=now)
        what = Pass(settings, self.home, Secrets(self.home), context, now, most)
        return run_pass(what, self.db, self.seen.append, stop or Event())

    def subjects(self):
        return sorted(row[0] for row in self.ask("SELECT subject FROM message"))

    def originals(self):
        with self.db.read() as tx:
            return sorted(messages.original(tx, row[0]) for row in tx.execute("SELECT id FROM message"))

    def ask(self, sql):
        with self.db.read() as tx:
            return tx.execute(sql).fetchall()

    def source(self):
        with self.db.read() as tx:
            (state,) = sources.states(tx, SourceKind.MAIL)
        return state

    def sources(self):
        with self.db.read() as tx:
            return {one.name: one for one in sources.states(tx, SourceKind.MAIL)}

    def cursors(self):
        with self.db.read() as tx:
            return {one.name: one for one in folders.cursors(tx, "shop")}

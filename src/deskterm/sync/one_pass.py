"""One pass: orders in, every mailbox in, the outbox out. Resumable at any point, and harmless to repeat.

What a source did or failed at is written down for the status line; one source's
failure does not stop the others.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass, replace
from threading import Event

from deskterm.config.paths import Home
from deskterm.config.secrets import Secrets
from deskterm.config.settings import Mailbox, Settings
from deskterm.domain.views import Progress
from deskterm.errors import DesktermError, LoginRefused
from deskterm.intake.values import Context
from deskterm.storage.database import Database
from deskterm.sync import outbox, sources
from deskterm.sync.locks import held
from deskterm.sync.mail_in import MailIn
from deskterm.sync.orders_in import read_orders
from deskterm.sync.read_imap import read_imap
from deskterm.sync.read_maildir import read_maildir

_log = logging.getLogger(__name__)
Report = Callable[[Progress], None]


@dataclass(frozen=True, slots=True)
class PassResult:
    """What a pass did. `more` says that it stopped at its limit and mail is left to read."""

    mails: int = 0
    orders: int = 0
    sent: int = 0
    failed: tuple[DesktermError, ...] = ()
    more: bool = False
    stopped: bool = False


@dataclass(frozen=True, slots=True)
class Pass:
    """All a pass needs to know. It pickles but for `stop` and `report`.

    `now` is UTC seconds; `most` is the number of mails after which it stops (0: all of them).
    """

    settings: Settings
    home: Home
    secrets: Secrets
    context: Context
    now: int
    most: int = 0


def run_pass(what: Pass, db: Database, report: Report, stop: Event) -> PassResult:
    """Do one pass. Raises nothing a source failed with: that stands in the result and in the database."""
    result = PassResult()
    for step in (_orders, _mail, _outbox):
        if stop.is_set():
            return replace(result, stopped=True)
        result = step(what, db, report, stop, result)
    return replace(result, stopped=stop.is_set())


def _orders(what: Pass, db: Database, report: Report, stop: Event, so_far: PassResult) -> PassResult:
    for store in what.settings.stores:
        if stop.is_set():
            break
        report(Progress(f"reading the orders of {store.name}"))
        try:
            arrived = read_orders(store, what.settings.shop.zone, db, what.now)
            so_far = replace(so_far, orders=so_far.orders + arrived)
        except DesktermError as error:
            sources.failed(db, store.name, "orders", error, what.now)
            so_far = replace(so_far, failed=(*so_far.failed, error))
    return so_far


def _mail(what: Pass, db: Database, report: Report, stop: Event, so_far: PassResult) -> PassResult:
    for mailbox in what.settings.mailboxes:
        if what.most and so_far.mails >= what.most:
            return replace(so_far, more=True)
        mail_in = MailIn(db, what.context, report, stop, most=what.most and what.most - so_far.mails)
        with held(what.home.locks, f"{mailbox.name} in") as ours:
            if not ours or stop.is_set():
                continue
            try:
                _one_mailbox(mailbox, what, mail_in)
            except DesktermError as error:
                _log.warning("%s: %s", mailbox.name, error.what)
                sources.failed(db, mailbox.name, "mail", error, what.now)
                so_far = replace(so_far, failed=(*so_far.failed, error))
        so_far = replace(so_far, mails=so_far.mails + mail_in.count, more=so_far.more or mail_in.full)
    return so_far


def _one_mailbox(mailbox: Mailbox, what: Pass, mail_in: MailIn) -> None:
    if mailbox.kind == "maildir":
        done = read_maildir(mailbox, mail_in, what.now)
    else:
        try:
            done = read_imap(mailbox, what.secrets.password(mailbox), mail_in, what.now)
        except LoginRefused:
            what.secrets.forget(mailbox)
            raise
    if done:
        mail_in.infer_history(what.now)
        sources.worked(mail_in.db, mailbox.name, "mail", what.now, what.now)


def _outbox(what: Pass, db: Database, report: Report, stop: Event, so_far: PassResult) -> PassResult:
    report(Progress("sending"))
    done = outbox.deliver(what.settings, what.home, db, what.secrets, now=what.now, stop=stop)
    return replace(so_far, sent=done.sent, failed=(*so_far.failed, *done.failed))

"""One pass: actions on orders out, orders in, every mailbox in, the outbox out.

Resumable at any point, and harmless to repeat.

What a source did or failed at is written down for the status line; one source's
failure does not stop the others.
"""

import logging
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import field, replace
from threading import Event
from zoneinfo import ZoneInfo

from deskterm.config.paths import Home
from deskterm.config.secret.secrets import Secrets
from deskterm.config.settings_file import Mailbox, Settings, Store
from deskterm.domain.desk_state import ProgressReporter, Report
from deskterm.domain.sources import Failure, Source, SourceKind, SourcePart
from deskterm.domain.text import line
from deskterm.errors import DesktermError, LoginRefused, MailGaps
from deskterm.intake import learning
from deskterm.intake.values import Context
from deskterm.storage.mail import folders
from deskterm.storage.replies import outbox_counts
from deskterm.storage.schema.database import Database
from deskterm.storage.sources import failure
from deskterm.sync import source_reports
from deskterm.sync.files.read_maildir import read_maildir
from deskterm.sync.imap.filing import file_solved
from deskterm.sync.imap.read_account import read_imap
from deskterm.sync.imap.sent_copy import no_sent
from deskterm.sync.locks import account_lock
from deskterm.sync.mail_in import MailIn
from deskterm.sync.reader import Reader
from deskterm.sync.smtp import outbox
from deskterm.sync.store_steps import carry_out_and_read
from deskterm.sync.stores.access import store_access
from deskterm.sync.stores.read_products import read_products
from deskterm.sync.stores.read_shipments import read_shipments
from deskterm.value_class import dataclass

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class PassResult:
    """What a pass did. `mails` were read, of which `fresh` were not here before: copies of own replies are.

    `more` says that it stopped at its limit and mail is left to read; `busy` are the mailboxes that
    another process reads, or that the rest of a mail is fetched from; `left` are those that failed lately
    and were not asked.
    """

    mails: int = 0
    fresh: int = 0
    orders: int = 0
    sent: int = 0
    held_back: int = 0  # planned replies that are drafts again
    failed: tuple[DesktermError, ...] = ()
    more: bool = False
    stopped: bool = False
    busy: tuple[str, ...] = ()
    left: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Pass:
    """All a pass needs to know. It pickles but for `stop` and `report`.

    `now` is UTC seconds; `most` is the number of mails after which it stops (0: all of them).
    `patient` leaves servers alone that asked to wait or refused the password lately: for
    passes that nobody waits for. `beside_desk`: a desk is open whose changes are not to wait for long.
    """

    settings: Settings
    home: Home
    secrets: Secrets
    context: Context
    now: int
    most: int = 0
    patient: bool = False
    beside_desk: bool = False


def run_pass(
    what: Pass, db: Database, report: Report, stop: Event, *, reader: Reader | None = None
) -> PassResult:
    """Do one pass. Raises nothing a source failed with: that is in the result and in the database.

    With a `reader` mails are parsed in its process while this one fetches and writes.
    """
    return _RunningPass(what, db, report, stop, reader, ProgressReporter(report, time.time)).run()


@dataclass(slots=True)
class _RunningPass:
    """A pass while it runs."""

    what: Pass
    db: Database
    report: Report
    stop: Event
    reader: Reader | None
    reporter: ProgressReporter
    result: PassResult = field(default_factory=PassResult)

    def run(self) -> PassResult:
        for step in (self.orders, self.mail, self.outbox, self.learn):
            if not self.stop.is_set():
                step()
        return replace(self.result, stopped=self.stop.is_set())

    def orders(self) -> None:
        for store in self.what.settings.stores:
            if self.stop.is_set():
                return
            source = Source(store.name, SourceKind.ORDERS)
            if self.may_ask(source):
                with account_lock(self.what.home.locks, f"{store.name} orders") as ours:
                    self.store(store, source, ours=ours)

    def store(self, store: Store, source: Source, *, ours: bool) -> None:
        if not ours:
            self.result = replace(self.result, busy=(*self.result.busy, store.name))
            return
        self.reporter.begin(f"reading the orders of {store.name}")
        with self.report_failures(source):
            access = store_access(store, self.what.settings, self.what.secrets, self.what.now)
            try:
                taken, failed = carry_out_and_read(access, self.db, self.report, self.stop)
            except LoginRefused:
                self.what.secrets.drop(store.key_secret)
                raise
            known = self.result
            self.result = replace(known, orders=known.orders + taken, failed=(*known.failed, *failed[1:]))
            with self.report_failures(replace(source, part=SourcePart.PRODUCTS)):
                read_products(access, self.db, self.report, self.stop)
            if failed:
                raise failed[0]
        for part, is_read in (
            (SourcePart.PRODUCTS, store.is_live or store.products),
            (SourcePart.TRACKING, store.shipments),
        ):
            if not is_read:  # a file that was taken out of the settings fails no more
                source_reports.forget_failure(self.db, replace(source, part=part))
        if store.shipments:
            with self.report_failures(replace(source, part=SourcePart.TRACKING)):
                zone = ZoneInfo(self.what.settings.shop.zone)
                parcels = read_shipments(store, zone, self.db, self.what.now)
                self.result = replace(self.result, orders=self.result.orders + parcels)

    def may_ask(self, source: Source) -> bool:
        """Whether a source may be asked now; one that asked us to wait is noted as left out."""
        what = self.what
        allowed = not what.patient or source_reports.may_ask(self.db, source, what.home, what.now)
        if not allowed:
            self.result = replace(self.result, left=(*self.result.left, source.account))
        return allowed

    def mail(self) -> None:
        for mailbox in self.what.settings.mailboxes:
            if self.stop.is_set() or self.full():
                return
            if not self.may_ask(Source(mailbox.name)):
                continue
            with account_lock(self.what.home.locks, f"{mailbox.name} in") as ours:
                if ours:
                    self.mailbox(mailbox)
                else:
                    self.result = replace(self.result, busy=(*self.result.busy, mailbox.name))

    def full(self) -> bool:
        """Whether the pass has reached its limit; then mail is left to read."""
        if self.what.most and self.result.mails >= self.what.most:
            self.result = replace(self.result, more=True)
        return self.result.more

    def mailbox(self, mailbox: Mailbox) -> None:
        most = self.what.most and self.what.most - self.result.mails
        many = self.reader is not None and not self.what.beside_desk
        context, reader = self.what.context, self.reader
        mail_in = MailIn(self.db, context, self.report, self.stop, most=most, reader=reader, many=many)
        self.reporter.begin(f"looking for mail of {mailbox.name}")
        with self.report_failures(Source(mailbox.name)):
            if self.read_mailbox(mailbox, mail_in):
                mail_in.infer_history(self.what.now)
                source_reports.report_complete(self.db, Source(mailbox.name), self.what.now, self.what.now)
                self.report_missing(mailbox, mail_in.lacking)
                self.sent_is_known(mailbox)
                self.file_solved(mailbox)
        self.result = replace(
            self.result,
            mails=self.result.mails + mail_in.count,
            fresh=self.result.fresh + mail_in.fresh,
            more=self.result.more or mail_in.full,
        )

    def report_missing(self, mailbox: Mailbox, lacking: dict[str, int]) -> None:
        """Say so where the server lists mails and does not give them out; each pass asks for them again."""
        source = Source(mailbox.name, part=SourcePart.LACKING)
        if not lacking:
            source_reports.forget_failure(self.db, source)
            return
        many = sum(lacking.values())
        mails = "a mail" if many == 1 else f"{many} mails"
        host = mailbox.host or mailbox.name
        error = MailGaps(
            f"{host} lists {mails} in {line(', '.join(lacking))} without giving out what is in it.",
            safe="All other mail is read.",
            todo="Each pass asks again. If it stays so, look into that folder in another mail program.",
        )
        source_reports.report_failed(self.db, source, error, self.what.now)
        self.result = replace(self.result, failed=(*self.result.failed, error))

    def read_mailbox(self, mailbox: Mailbox, mail_in: MailIn) -> bool:
        if mailbox.kind == "maildir":
            return read_maildir(mailbox, mail_in, self.what.now)
        secret = self.what.secrets.password(mailbox)
        try:
            return read_imap(mailbox, secret, mail_in, self.what.now)
        except LoginRefused:
            self.what.secrets.forget(mailbox)
            if not mailbox.oauth:
                raise
        secret = self.what.secrets.password(mailbox)  # a token may be void before its time
        return read_imap(mailbox, secret, mail_in, self.what.now)

    def file_solved(self, mailbox: Mailbox) -> None:
        """Mark the mails of solved tickets as read or archive them, if the owner wants that."""
        filing = Source(mailbox.name, part=SourcePart.FILING)
        with self.report_failures(filing):
            file_solved(mailbox, self.db, self.what.secrets, self.what.now)
            source_reports.forget_failure(self.db, filing)

    def sent_is_known(self, mailbox: Mailbox) -> None:
        """Report if no folder for sent mail was found: answers written elsewhere are missing then."""
        copies = Source(mailbox.name, part=SourcePart.COPIES)
        with self.db.read() as tx:
            known = {one.role for one in folders.cursors(tx, mailbox.name)} & {"sent", "all"}
            failing = failure(tx, copies)
        if not known and mailbox.kind == "imap":
            source_reports.report_failed(self.db, copies, no_sent(mailbox), self.what.now)
        elif failing is Failure.NO_SENT_FOLDER:
            source_reports.forget_failure(self.db, copies)

    def learn(self) -> None:
        """Recompute what was learned from the owner's answers; beside a screen only if that is quick."""
        with self.db.read() as tx:
            due = learning.is_due(tx) and not (self.what.most and learning.is_long(tx))
        if due:
            learning.fit(self.db, self.what.context.playbook, self.stop.is_set, self.reporter)

    def outbox(self) -> None:
        self.reporter.begin("sending")
        what = self.what
        done = outbox.deliver(
            what.settings, what.home, self.db, what.secrets,
            now=what.now, stop=self.stop, patient=what.patient,
        )  # fmt: skip
        with self.db.read() as tx:
            held_back = outbox_counts.held_back(tx, what.now)
        failed = (*self.result.failed, *done.failed)
        self.result = replace(self.result, sent=done.sent, held_back=held_back, failed=failed)

    @contextmanager
    def report_failures(self, source: Source) -> Iterator[None]:
        """Context that records a failure for the status line and lets the pass go on."""
        try:
            yield
        except DesktermError as error:
            _log.warning("%s: %s", source.words, error.what)
            source_reports.report_failed(self.db, source, error, self.what.now)
            self.result = replace(self.result, failed=(*self.result.failed, error))

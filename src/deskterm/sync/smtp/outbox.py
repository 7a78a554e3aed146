"""Delivery: what is due in the outbox goes out, once, and every ending is kept.

A row is claimed in a transaction of its own before the server is told about
it, and marked as handed over before the first byte of the mail leaves. One
process at a time delivers for an account (its lock), so a row found "sending"
under that lock was left behind by a process that died: if it was not handed
over it waits again, else it may have been sent, and is never tried again by
itself.
"""

import asyncio
import os
import socket
from collections.abc import Callable, Sequence
from dataclasses import field, replace
from functools import partial
from pathlib import Path
from threading import Event
from zoneinfo import ZoneInfo

from deskterm.config.paths import Home
from deskterm.config.secret.secrets import Secrets
from deskterm.config.settings_file import Mailbox, Settings
from deskterm.domain.formats import Formats
from deskterm.domain.outbox_states import OutboxState, Outcome
from deskterm.domain.review.replies import OutboxRow
from deskterm.domain.sources import Source, SourcePart
from deskterm.domain.tickets import Status, View
from deskterm.errors import DesktermError, LoginRefused, NotNow
from deskterm.intake.planned_replies import (
    SET_ASIDE,
    TOO_LATE,
    TOO_LATE_BY_ITSELF,
    hold_back,
    why_not_to_follow,
)
from deskterm.intake.still_true import why_untrue
from deskterm.storage import tickets
from deskterm.storage.replies import outbox
from deskterm.storage.schema.database import Database, Tx
from deskterm.storage.sources import complete_to
from deskterm.sync import source_reports
from deskterm.sync.files import maildir
from deskterm.sync.imap.sent_copy import settle
from deskterm.sync.locks import account_lock
from deskterm.sync.smtp import send as smtp
from deskterm.sync.smtp.outcomes import record_outcome, refuse
from deskterm.sync.smtp.send import Answer, Fate
from deskterm.value_class import dataclass

_LATE = 600  # seconds after which a planned reply counts as late
_TOO_LATE = 86400  # seconds after which it is no longer sent
_LATELY = 600  # seconds for which mail counts as read: a machine that slept reads it again


@dataclass(frozen=True, slots=True)
class Delivered:
    """How many replies were sent, and what failed, in words.

    `unread` are due, but go only if unanswered, and their account's mail was not read since.
    """

    sent: int = 0
    failed: tuple[DesktermError, ...] = ()
    unread: int = 0


def deliver(
    settings: Settings, home: Home, db: Database, secrets: Secrets, *,
    now: int, stop: Event, patient: bool = False,
) -> Delivered:  # fmt: skip
    """Send what is due from every account, file copies, clear up what was uncertain.

    `patient` leaves servers alone that asked to wait or refused the password lately; without it
    somebody waits for this, and what a broken line put off is tried at once.
    """
    _orphans(settings, db, now)
    sent, failed, unread = 0, [], 0
    zone = ZoneInfo(settings.shop.zone)
    for mailbox in settings.mailboxes:
        if stop.is_set():
            break
        with account_lock(home.locks, f"{mailbox.name} out") as ours:
            if ours:
                account = _Account(mailbox, home, db, secrets, now, stop, patient, zone)
                sent += account.deliver()
                failed += account.failed
                unread += len(account.unread)
    return Delivered(sent, tuple(failed), unread)


@dataclass(frozen=True, slots=True)
class _Account:
    """One account's delivery, under its lock."""

    mailbox: Mailbox
    home: Home
    db: Database
    secrets: Secrets
    now: int
    stop: Event
    patient: bool
    zone: ZoneInfo
    failed: list[DesktermError] = field(default_factory=list)
    unread: list[int] = field(default_factory=list)

    def deliver(self) -> int:
        """Send, then file copies; returns how many were sent. A failure of one does not stop the other."""
        self.left_behind()
        sent: list[int] = []
        self.report_failures(SourcePart.SENDING, lambda: self.send(sent))
        self.report_failures(SourcePart.COPIES, self.file_copies)
        return len(sent)

    def report_failures(self, part: SourcePart, step: Callable[[], bool]) -> None:
        """Run a step and record its failure for the status line until it succeeds again."""
        source = Source(self.mailbox.name, part=part)
        if self.patient and not source_reports.may_ask(self.db, source, self.home, self.now):
            return
        try:
            if step():
                source_reports.forget_failure(self.db, source)
        except DesktermError as error:
            if isinstance(error, LoginRefused):
                self.secrets.forget(self.mailbox.sending if part is SourcePart.SENDING else self.mailbox)
            if not source_reports.is_reported(self.db, Source(self.mailbox.name), error):
                self.failed.append(error)
            source_reports.report_failed(self.db, source, error, self.now)

    def file_copies(self) -> bool:
        """Put copies into Sent, and find out there what became of uncertain replies."""
        return settle(self.mailbox, self.home, self.db, self.secrets, self.now)

    def left_behind(self) -> None:
        with self.db.read() as tx:
            left = outbox.abandoned_rows(tx, self.mailbox.name)
        for row, handed in left:
            with self.db.write() as tx:
                if handed:
                    words = "deskterm was stopped while this was on its way."
                    outbox.mark(tx, row.id, OutboxState.UNCERTAIN, words, self.now)
                else:
                    words = "deskterm was stopped before this left."
                    outbox.later(tx, row.id, row.send_at, words, self.now)

    def send(self, sent: list[int]) -> bool:
        """Send what is due; `sent` collects the rows that were sent, also if this raises."""
        rows = self.due_rows()
        if self.mailbox.delivery == "maildir":
            sent += [row.id for row in rows if self.into_maildir(row)]
        elif rows:
            asyncio.run(self.by_smtp(rows, sent))
        return True

    def due_rows(self) -> list[OutboxRow]:
        """The rows to send now. Those that go "unless answered" only if the mail has been read lately."""
        if not self.patient:
            self.release_waiting()
        with self.db.read() as tx:
            rows = outbox.due_rows(tx, self.now, self.mailbox.name)
            read_to = complete_to(tx, Source(self.mailbox.name), self.now)
        unread = [
            row.id
            for row in rows
            if row.unless_answered and read_to < max(row.planned_at or 0, self.now - _LATELY)
        ]
        self.unread.extend(unread)
        return [row for row in rows if row.id not in unread and not self.held_back(row)]

    def release_waiting(self) -> None:
        """Let rows go now that wait because a connection broke; those the server put off keep their time."""
        with self.db.write() as tx:
            for row in outbox.rows(tx, OutboxState.QUEUED):
                if row.account == self.mailbox.name and row.waits_to_try and not row.put_off:
                    outbox.bring_forward(tx, row.id, self.now)

    def held_back(self, row: OutboxRow) -> bool:
        """Hold back a planned reply that the owner would no longer send; returns whether it was."""
        with self.db.read() as tx:
            why = self.reason_not_to_send(tx, row)
        if why:
            with self.db.write() as tx:
                if outbox.get(tx, row.id).state is OutboxState.QUEUED:
                    hold_back(tx, row, why, self.now)
        return bool(why)

    def reason_not_to_send(self, tx: Tx, row: OutboxRow) -> str:
        """Why a planned reply is not to go: its ticket is out of the way, its time long past, it untrue now.

        The time is past, too, when the clock has leapt ahead. A try that came to nothing changes none of it;
        what some have had goes on to the others.
        """
        if row.sent_at is not None:
            return ""
        if row.automatic:
            return self.reason_to_stop_automatic(tx, row)
        if row.planned_at is None:
            return ""
        ticket = tickets.get(tx, row.ticket_id)
        if ticket.view is View.TRASH or ticket.status is Status.SPAM:
            return SET_ASIDE
        if self.now - row.send_at > _TOO_LATE:
            return TOO_LATE
        return why_not_to_follow(tx, row) or why_untrue(tx, row, self.now, self.zone)

    def reason_to_stop_automatic(self, tx: Tx, row: OutboxRow) -> str:
        """Why an automatic letter must not be sent: it goes at once or not at all."""
        ticket = tickets.get(tx, row.ticket_id)
        if ticket.view is not View.CUSTOMERS or ticket.status is Status.SPAM:
            return SET_ASIDE
        if abs(self.now - row.queued_at) > _TOO_LATE:
            return TOO_LATE_BY_ITSELF
        return why_untrue(tx, row, self.now, self.zone)

    async def by_smtp(self, rows: Sequence[OutboxRow], sent: list[int]) -> None:
        async with smtp.session(self.mailbox, self.secrets.password(self.mailbox.sending)) as client:
            for row in rows:
                if self.stop.is_set() or not client.is_connected:
                    break
                raw = self.claim(row)
                if raw is None:
                    continue
                people = [one.address for one in row.recipients if one.outcome is not Outcome.ACCEPTED]
                answer = await smtp.hand_over(
                    client, row.sender, people, raw, partial(self.leaves, row), automatic=bool(row.automatic)
                )
                record_outcome(self.db, row, answer, self.now)
                sent += [row.id] * (answer.fate is Fate.SENT)

    def leaves(self, row: OutboxRow) -> None:
        """Called before the mail's first byte is sent. If this fails nothing was sent, and it waits again."""
        with self.db.write() as tx:
            outbox.hand(tx, row.id)

    def into_maildir(self, row: OutboxRow) -> bool:
        """Deliver into the Maildir's own Sent, for the demo and for owners who send by other means."""
        raw = self.claim(row)
        if raw is None:
            return False
        folder = maildir.sent_folder(Path(self.mailbox.path), self.mailbox.sent)
        try:
            maildir.deliver(folder, raw, row.message_id, row.send_at)
        except DesktermError as error:
            record_outcome(self.db, row, Answer(Fate.LATER, error.what), self.now)
            raise
        people = tuple(replace(one, outcome=Outcome.ACCEPTED) for one in row.recipients)
        record_outcome(self.db, row, Answer(Fate.SENT, "Put into Sent.", people), self.now)
        with self.db.write() as tx:
            outbox.set_copy_state(tx, row.id, "filed")
        return True

    def claim(self, row: OutboxRow) -> bytes | None:
        """Claim a row for this process; returns the bytes to send, None if it was called back."""
        late = self.now - row.send_at if row.is_planned else 0
        words = f"{Formats.duration(late)} after its time" if late >= _LATE else ""
        try:
            with self.db.write() as tx:
                return outbox.claim(tx, row.id, f"{socket.gethostname()}:{os.getpid()}", self.now, words)
        except NotNow:
            return None


def _orphans(settings: Settings, db: Database, now: int) -> None:
    """Return replies to the owner that are due from an account that is no longer set up."""
    known = {mailbox.name for mailbox in settings.mailboxes}
    with db.read() as tx:
        lost = [row for row in outbox.due_rows(tx, now) if row.account not in known]
    for row in lost:
        with db.write() as tx:
            words = f'There is no mailbox named "{row.account}" in config.toml any more.'
            refuse(tx, row, words, now)

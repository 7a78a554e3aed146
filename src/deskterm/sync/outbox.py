"""Delivery: what is due in the outbox goes out, once, and every ending is kept.

A row is claimed in a transaction of its own before the server is told about
it. One process at a time delivers for an account (its lock), so a row found
"sending" under that lock was left behind by a process that died: it may have
been sent, and is never tried again by itself.
"""

import asyncio
import os
import socket
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from threading import Event

from deskterm.config.paths import Home
from deskterm.config.secrets import Secrets
from deskterm.config.settings import Mailbox, Settings
from deskterm.domain.replies import OutboxRow, OutboxState
from deskterm.errors import DesktermError, LoginRefused, NotNow
from deskterm.intake.sent import went_out
from deskterm.storage import outbox
from deskterm.storage.database import Database
from deskterm.sync import maildir, smtp, sources
from deskterm.sync.locks import held
from deskterm.sync.sent_copy import settle
from deskterm.sync.smtp import Answer, Fate

_FIRST_WAIT = 60  # seconds
_LONGEST_WAIT = 3600
_GIVE_UP = 3 * 86400


@dataclass(frozen=True, slots=True)
class Delivered:
    """How many replies went out, and what failed in words."""

    sent: int = 0
    failed: tuple[DesktermError, ...] = ()


def deliver(
    settings: Settings, home: Home, db: Database, secrets: Secrets, *, now: int, stop: Event
) -> Delivered:
    """Send what is due from every account, file copies, clear up what was uncertain."""
    _orphans(settings, db, now)
    sent, failed = 0, []
    for mailbox in settings.mailboxes:
        if stop.is_set():
            break
        with held(home.locks, f"{mailbox.name} out") as ours:
            if not ours:
                continue
            try:
                sent += _Account(mailbox, db, secrets, now, stop).deliver()
            except DesktermError as error:
                failed.append(error)
                sources.failed(db, f"{mailbox.name} (sending)", "mail", error, now)
            else:
                sources.forgotten(db, f"{mailbox.name} (sending)")
    return Delivered(sent, tuple(failed))


@dataclass(frozen=True, slots=True)
class _Account:
    """One account's delivery, under its lock."""

    mailbox: Mailbox
    db: Database
    secrets: Secrets
    now: int
    stop: Event

    def deliver(self) -> int:
        self.left_behind()
        with self.db.read() as tx:
            rows = outbox.due(tx, self.now, self.mailbox.name)
        try:
            if self.mailbox.delivery == "maildir":
                return sum(self.into_maildir(row) for row in rows)
            return asyncio.run(self.by_smtp(rows)) if rows else 0
        except LoginRefused:
            self.secrets.forget(self.mailbox)
            raise
        finally:
            settle(self.mailbox, self.db, self.secrets, self.now)

    def left_behind(self) -> None:
        with self.db.write() as tx:
            for row, _ in outbox.abandoned(tx):
                if row.account == self.mailbox.name:
                    words = "deskterm was stopped while this was on its way."
                    outbox.mark(tx, row.id, OutboxState.UNCERTAIN, words, self.now)

    async def by_smtp(self, rows: Sequence[OutboxRow]) -> int:
        sent = 0
        async with smtp.session(self.mailbox, self.secrets.password(self.mailbox)) as client:
            for row in rows:
                if self.stop.is_set() or not client.is_connected:
                    break
                raw = self.claimed(row)
                if raw is None:
                    continue
                people = [one.address for one in row.recipients if one.outcome != "accepted"]
                answer = await smtp.hand_over(client, row.sender, people, raw)
                self.noted(row, answer)
                sent += int(answer.fate is Fate.SENT)
        return sent

    def into_maildir(self, row: OutboxRow) -> bool:
        """Deliver into the mailbox's own Sent: for the demo, and for who sends by other means."""
        raw = self.claimed(row)
        if raw is None:
            return False
        folder = maildir.sent(Path(self.mailbox.path), self.mailbox.sent)
        try:
            maildir.deliver(folder, raw, row.message_id, row.send_at)
        except DesktermError as error:
            self.noted(row, Answer(Fate.LATER, error.what))
            raise
        people = tuple(replace(one, outcome="accepted") for one in row.recipients)
        self.noted(row, Answer(Fate.SENT, "Put into Sent.", people))
        with self.db.write() as tx:
            outbox.copied(tx, row.id, "filed")
        return True

    def claimed(self, row: OutboxRow) -> bytes | None:
        """The bytes to send, committed as being sent by this process; None if called back meanwhile."""
        try:
            with self.db.write() as tx:
                return outbox.claim(tx, row.id, f"{socket.gethostname()}:{os.getpid()}", self.now)
        except NotNow:
            return None

    def noted(self, row: OutboxRow, answer: Answer) -> None:
        at = self.now
        with self.db.write() as tx:
            for one in answer.people:
                outbox.heard(tx, row.id, one.address, one.outcome, one.words)
            match answer.fate:
                case Fate.SENT:
                    outbox.mark(tx, row.id, OutboxState.SENT, answer.words, at)
                    went_out(tx, row.id, at)
                case Fate.LATER if at - row.history[0][0] < _GIVE_UP:
                    outbox.later(tx, row.id, at + wait(row.attempts + 1, row.id), answer.words, at)
                case Fate.LATER | Fate.REFUSED:
                    outbox.mark(tx, row.id, OutboxState.REFUSED, answer.words, at)
                case Fate.UNCERTAIN:
                    outbox.mark(tx, row.id, OutboxState.UNCERTAIN, answer.words, at)


def wait(attempts: int, spread: int) -> int:
    """Seconds until the next try: doubled each time up to an hour, `spread` keeps rows apart."""
    doubled: int = _FIRST_WAIT << min(attempts - 1, 10)
    return min(doubled, _LONGEST_WAIT) + spread * 7 % 20


def _orphans(settings: Settings, db: Database, now: int) -> None:
    """What is due from an account that is no longer set up goes back to the owner."""
    known = {mailbox.name for mailbox in settings.mailboxes}
    with db.read() as tx:
        lost = [row for row in outbox.due(tx, now) if row.account not in known]
    for row in lost:
        with db.write() as tx:
            words = f'There is no mailbox named "{row.account}" in config.toml any more.'
            outbox.mark(tx, row.id, OutboxState.REFUSED, words, now)

"""Storing fetched mail batch by batch, each batch in one transaction with its cursor."""

import time
from collections import defaultdict
from collections.abc import Callable, Generator
from contextlib import closing
from dataclasses import replace
from itertools import islice
from threading import Event

from deskterm.domain.desk_state import Progress
from deskterm.domain.text import line
from deskterm.intake import history
from deskterm.intake.arrive import arrive_all
from deskterm.intake.values import Context
from deskterm.storage.mail import folders
from deskterm.storage.mail.folders import Cursor, MailPlace
from deskterm.storage.schema.database import Database
from deskterm.sync.batches import Batch
from deskterm.sync.reader import Reader, Readings, read_batches

Batches = Generator[Batch, None, None]


class MailIn:
    """Takes batches in, up to `most` mails (0: all). `count` were taken; `full` says that mail is left.

    `many` of them come in one batch, where no desk is open. `words` say what is read, where it is no folder.

    `left_out` are, by the id of their folder, the UIDs that were asked for and did not come; `lacking`, by
    folder, how many mails its server lists and did not give out, asked twice.
    """

    def __init__(
        self,
        db: Database,
        context: Context,
        report: Callable[[Progress], None],
        stop: Event,
        *,
        most: int = 0,
        reader: Reader | None = None,
        many: bool = False,
        words: str = "",
    ) -> None:
        self.many = many
        self._reader = reader
        self.db, self.context, self.stop, self.most = db, context, stop, most
        self.count, self.fresh, self.full = 0, 0, False
        self.left_out: dict[int, set[int]] = defaultdict(set)
        self.lacking: dict[str, int] = {}
        self._report, self._started = report, time.time()
        self._words = words

    def cursor(self, account: str, name: str, role: str) -> Cursor:
        """The current cursor of a folder."""
        with self.db.write() as tx:
            return folders.cursor(tx, account, name, role)

    def take(self, batches: Batches, cursor: Cursor, *, at_once: int = 0) -> bool:
        """Store batches of a folder, at most `at_once` (0: all); returns whether all of them were stored."""
        context = replace(self.context, first_sync=not cursor.complete_to)
        words = line(self._words or f"reading {cursor.name} of {cursor.account}")  # named as a server likes
        some = islice(batches, at_once or None)  # the reader fetches ahead: no more than these
        read = self._reader.ahead(some) if self._reader else read_batches(some, context)
        with closing(batches), closing(read):
            for batch, readings in read:
                if batch.mails and self._enough():
                    return False
                self._store(batch, readings, cursor, context)
                self._report(self._progress(words, batch))
                if batch.left != 0 and self.stop.is_set():
                    return False
        return not at_once

    def _progress(self, words: str, batch: Batch) -> Progress:
        if batch.megabytes:
            return Progress(f"{words}, in MB", *batch.megabytes, self._started)
        total = 0 if batch.left is None else self.count + batch.left
        return Progress(words, self.count, total, self._started)

    def mark_complete(self, cursor: Cursor, now: int) -> None:
        """Note that a folder is read to its end as of `now`."""
        with self.db.write() as tx:
            fresh = folders.cursor(tx, cursor.account, cursor.name, cursor.role)
            folders.save(tx, replace(fresh, complete_to=now))

    def infer_history(self, now: int) -> None:
        """Tell what was solved and what waits of the tickets a first sync made, in short transactions.

        Asked for whenever a mailbox is complete: a process that died in between owes it still.
        """
        began, done = time.time(), 1
        settled = 0
        while done and not self.stop.is_set():
            with self.db.write(durable=False) as tx:
                done = history.infer(tx, now, self.context.work_from, playbook=self.context.playbook)
            settled += done
            if done:
                self._report(Progress("telling work from history, tickets", settled, 0, began))

    def _enough(self) -> bool:
        self.full = self.full or bool(self.most and self.count >= self.most)
        return self.full

    def _store(self, batch: Batch, readings: Readings, cursor: Cursor, context: Context) -> None:
        with self.db.write(durable=False) as tx:
            arrivals = arrive_all(tx, readings, context)
            folders.put_all(tx, [(MailPlace(cursor.id, uid), None) for uid in batch.passed_over])
            folders.save(tx, batch.cursor)
        self.left_out[batch.cursor.id] |= batch.lacking
        self.count += len(readings)
        self.fresh += sum(one.new for one in arrivals)

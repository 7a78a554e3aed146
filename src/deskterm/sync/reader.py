"""Reading mails into values: here, or in other processes while this one fetches and stores."""

import gc
import multiprocessing
import os
import pickle
import signal
from collections import deque
from collections.abc import Callable, Generator, Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import fields, replace
from multiprocessing.connection import Connection
from multiprocessing.reduction import ForkingPickler
from operator import attrgetter
from queue import SimpleQueue
from threading import Condition
from types import TracebackType
from typing import Self

from deskterm.config.environment import starting_safely
from deskterm.domain.messages import STAYS, Address
from deskterm.errors import NotNow
from deskterm.intake.classify import classify
from deskterm.intake.values import ClassifiedMail, Context
from deskterm.mail.values import ReadMail
from deskterm.storage.mail.folders import Cursor, MailPlace
from deskterm.sync.batches import Batch, FetchedMail
from deskterm.sync.rare_collection import OBJECTS, rare_collection

Readings = list[ClassifiedMail]
_Read = tuple[Batch, Future[bytes]]
_EACH = 2  # batches per process on their way, so that it always has one to read
_BYTES = 16_000_000  # bytes of all batches on their way, because several copies of each are made
_MOST = 2  # processes; with more, fetching and storing take longest
_PRELOADED = ["deskterm.sync.reader", "deskterm.mail.read", "deskterm.mail.text.html_layout"]
_BEHIND = 5  # their niceness


def read_all(mails: Sequence[FetchedMail], cursor: Cursor, context: Context) -> Readings:
    """Read and classify each mail of a folder, ready to be stored."""
    from deskterm.mail.read import read_mail  # noqa: PLC0415 - 0.1 s of patterns, where mail is read

    return [
        classify(
            _mark_incomplete(read_mail(one.raw, context.own), one),
            one.raw,
            MailPlace(cursor.id, 0 if one.stands_in else one.uid, one.name, one.role or cursor.role),
            one.at or context.now,
            context,
        )
        for one in mails
    ]


def read_batches(batches: Iterable[Batch], context: Context) -> Generator[tuple[Batch, Readings], None, None]:
    """Yield each batch with its mails read, one after the other."""
    for batch in batches:
        yield batch, read_all(batch.mails, batch.cursor, context)


class Reader:
    """Processes that read batches while this one stores those before and a thread fetches those after.

    Two on several cores, though this one is busy too: the system shares the cores out better than a plan
    could. They stand back behind a screen. `count` says otherwise.
    """

    def __init__(self, context: Context, count: int = 0) -> None:
        self._count = count or min(_MOST, _cores())
        self._threads = ThreadPoolExecutor(self._count + 1)  # one fetches, the others stand at the pipes
        self._processes = [self._threads.submit(_Process, context) for _ in range(self._count)]
        self._idle: SimpleQueue[Future[_Process]] = SimpleQueue()
        for process in self._processes:
            self._idle.put(process)

    def __enter__(self) -> Self:
        self._rarely = rare_collection()
        self._rarely.__enter__()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trail: TracebackType | None
    ) -> None:
        self._rarely.__exit__(kind, error, trail)
        self._threads.shutdown(cancel_futures=True)
        for process in self._processes:
            if not process.cancelled() and not process.exception():
                process.result().close()

    def ahead(self, batches: Iterable[Batch]) -> Generator[tuple[Batch, Readings], None, None]:
        """Each batch with its mails read, in order. Where fetching fails, those fetched before come first.

        While it runs, `batches` belong to a thread of its own.
        """
        fetched: SimpleQueue[_Read | None] = SimpleQueue()
        room = _Room(_EACH * self._count)
        fetching = self._threads.submit(self._fetch, batches, fetched, room)
        try:
            while one := fetched.get():
                batch, answer = one
                yield batch, pickle.loads(answer.result())  # noqa: S301 - from a process of ours
                room.give()
        finally:
            room.close()
            wait([fetching])
        fetching.result()

    def _fetch(self, batches: Iterable[Batch], fetched: "SimpleQueue[_Read | None]", room: "_Room") -> None:
        try:
            for batch in batches:
                room.hold(sum(len(one.raw) for one in batch.mails))  # before it can be given back
                fetched.put((batch, self._threads.submit(self._read_batch, batch)))
                if not room.wait():
                    return
        finally:
            fetched.put(None)

    def _read_batch(self, batch: Batch) -> bytes:
        process = self._idle.get()
        try:
            return process.result().read_batch(batch)
        finally:
            self._idle.put(process)


class _Room:
    """Limits how many batches, and how many bytes, may be between fetching and storing."""

    def __init__(self, batches: int) -> None:
        self._batches = batches
        self._held: deque[int] = deque()  # bytes of each
        self._changed = Condition()
        self._closed = False

    def hold(self, size: int) -> None:
        """Count a batch of that many bytes."""
        with self._changed:
            self._held.append(size)

    def wait(self) -> bool:
        """Wait until there is room for a further batch; False once nobody wants it."""
        with self._changed:
            self._changed.wait_for(lambda: self._closed or self._free())
            return not self._closed

    def give(self) -> None:
        """Free the place of the oldest batch, which was stored."""
        with self._changed:
            self._held.popleft()
            self._changed.notify()

    def close(self) -> None:
        """End all waiting for room."""
        with self._changed:
            self._closed = True
            self._changed.notify()

    def _free(self) -> bool:
        return len(self._held) <= self._batches and sum(self._held) <= _BYTES


class _Process:
    """A reading process and the pipe to it."""

    def __init__(self, context: Context) -> None:
        server = multiprocessing.get_context("forkserver")  # what takes long to import is imported once
        server.set_forkserver_preload(_PRELOADED)
        self._pipe, theirs = server.Pipe()
        given = (context, theirs)
        self._process = server.Process(target=_serve, args=given, name="deskterm reader", daemon=True)
        with starting_safely():
            self._process.start()
        theirs.close()

    def close(self) -> None:
        self._pipe.close()
        self._process.join()
        self._process.close()

    def read_batch(self, batch: Batch) -> bytes:
        """Let the process read a batch; returns its pickled mails. Raises NotNow if the process is gone."""
        try:
            # `send` would leave a buffer behind a broken pipe
            self._pipe.send_bytes(ForkingPickler.dumps((batch.mails, batch.cursor)))
            return self._pipe.recv_bytes()
        except (EOFError, OSError) as error:
            raise NotNow(
                "Reading mail was ended from outside.",
                safe="What was read before is kept.",
                todo="It goes on from there with the next sync.",
            ) from error


def _cores() -> int:
    """How many cores this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _serve(context: Context, pipe: "Connection") -> None:
    """Read until the other end is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    os.nice(_BEHIND)
    gc.set_threshold(OBJECTS)
    try:
        while True:
            mails, cursor = pipe.recv()
            pipe.send(read_all(mails, cursor, context))
    except (EOFError, OSError):
        return


def _reduce_by_fields(value: type) -> Callable[[object], tuple[type, tuple[object, ...]]]:
    """How values of a frozen class pass the pipe: by their fields, in half the time of pickle's own way."""
    its_fields = attrgetter(*(field.name for field in fields(value)))
    return lambda one: (value, its_fields(one))


for _value in (FetchedMail, Address, MailPlace):
    ForkingPickler.register(_value, _reduce_by_fields(_value))


def _mark_incomplete(read: ReadMail, fetched: FetchedMail) -> ReadMail:
    """The mail, with a sentence at its end if only its beginning was fetched."""
    if fetched.whole:
        return read
    megabytes = fetched.size // 1_000_000
    text = f"{read.text}\n\n[This mail has {megabytes} MB. {STAYS}"
    return replace(read, text=text, size=fetched.size)

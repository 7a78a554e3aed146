"""Mails read into values: here, or in processes beside while this one fetches and writes."""

import gc
import multiprocessing
import os
import pickle
import signal
from collections import deque
from collections.abc import Callable, Generator, Iterable, Sequence
from dataclasses import fields
from multiprocessing.connection import Connection
from multiprocessing.reduction import ForkingPickler
from operator import attrgetter
from types import TracebackType
from typing import Self

from deskterm.domain.messages import Address, Attachment, Fold
from deskterm.errors import NotNow
from deskterm.mail.reading import read
from deskterm.mail.values import Mail, Verdict, Writer
from deskterm.storage.messages import packed
from deskterm.sync.arrived import Arrived, Batch

Readings = list[tuple[Mail, bytes]]  # each mail's value, and its bytes as they are stored
_MOST = 2  # processes: then fetching and writing is what takes longest
_OBJECTS = 50_000  # mails are values without circles: nothing to collect, and looking for it takes a tenth


def readings(mails: Sequence[Arrived], own: frozenset[str]) -> Readings:
    """Each mail read, with its bytes packed for storage."""
    return [(read(one.raw, own), packed(one.raw)) for one in mails]


def here(batches: Iterable[Batch], own: frozenset[str]) -> Generator[tuple[Batch, Readings], None, None]:
    """Each batch with its mails read, one after the other."""
    for batch in batches:
        yield batch, readings(batch.mails, own)


class Reader:
    """Processes that read batches while this one stores the batch before and fetches the one after.

    One, or two where there are cores for them; `count` says otherwise.
    """

    def __init__(self, own: frozenset[str], count: int = 0) -> None:
        self._readers = [_One(own) for _ in range(count or max(1, min(_MOST, _cores() - 1)))]

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trail: TracebackType | None
    ) -> None:
        for reader in self._readers:
            reader.close()

    def ahead(self, batches: Iterable[Batch]) -> Generator[tuple[Batch, Readings], None, None]:
        """Each batch with its mails read, in order."""
        idle = list(self._readers)
        busy: deque[tuple[Batch, _One]] = deque()
        try:
            for batch in batches:
                if idle:
                    busy.append((batch, _sent(idle.pop(), batch)))
                    continue
                done, reader = busy.popleft()
                answer = reader.receive()
                busy.append((batch, _sent(reader, batch)))  # before the answer is looked at: it has work
                yield done, _readings(answer)
            while busy:
                done, reader = busy.popleft()
                yield done, _readings(reader.receive())
        finally:
            for _, reader in busy:  # left in the middle: its answer must not be taken for another's
                reader.receive()


class _One:
    """One process and the pipe to it."""

    def __init__(self, own: frozenset[str]) -> None:
        spawn = multiprocessing.get_context("spawn")
        self._pipe, theirs = spawn.Pipe()
        self._process = spawn.Process(target=_serve, args=(own, theirs), name="deskterm reader", daemon=True)
        self._process.start()
        theirs.close()

    def close(self) -> None:
        self._pipe.close()
        self._process.join()
        self._process.close()

    def send(self, mails: tuple[Arrived, ...]) -> None:
        try:
            self._pipe.send(mails)
        except OSError as error:
            raise _ended() from error

    def receive(self) -> bytes:
        try:
            return self._pipe.recv_bytes()
        except (EOFError, OSError) as error:
            raise _ended() from error


def _readings(answer: bytes) -> Readings:
    given: Readings = pickle.loads(answer)  # noqa: S301 - from a process of ours
    return given


def _sent(reader: _One, batch: Batch) -> _One:
    reader.send(batch.mails)
    return reader


def _cores() -> int:
    """How many this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def _ended() -> NotNow:
    return NotNow(
        "Reading mail was ended from outside.",
        safe="What was read before is kept.",
        todo="It goes on from there with the next sync.",
    )


def _serve(own: frozenset[str], pipe: "Connection") -> None:
    """Read until the other end is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.set_threshold(_OBJECTS)
    for value in (Mail, Verdict, Writer, Address, Fold, Attachment):
        ForkingPickler.register(value, _reduced(value))
    try:
        while True:
            pipe.send(readings(pipe.recv(), own))
    except (EOFError, OSError):
        return


def _reduced(value: type) -> Callable[[object], tuple[type, tuple[object, ...]]]:
    """How values of a frozen class pass the pipe: by their fields, in half the time of pickle's own way."""
    its_fields = attrgetter(*(field.name for field in fields(value)))
    return lambda one: (value, its_fields(one))

"""Mails read into values: here, or in a process beside while this one fetches and writes."""

import multiprocessing
import signal
from collections.abc import Generator, Iterable, Sequence
from multiprocessing.connection import Connection
from types import TracebackType
from typing import Self

from deskterm.errors import NotNow
from deskterm.mail.reading import read
from deskterm.mail.values import Mail
from deskterm.storage.messages import packed
from deskterm.sync.arrived import Arrived, Batch

Readings = list[tuple[Mail, bytes]]  # each mail's value, and its bytes as they are stored


def readings(mails: Sequence[Arrived], own: frozenset[str]) -> Readings:
    """Each mail read, with its bytes packed for storage."""
    return [(read(one.raw, own), packed(one.raw)) for one in mails]


def here(batches: Iterable[Batch], own: frozenset[str]) -> Generator[tuple[Batch, Readings], None, None]:
    """Each batch with its mails read, one after the other."""
    for batch in batches:
        yield batch, readings(batch.mails, own)


class Reader:
    """A process that reads one batch while this one stores the batch before and fetches the one after."""

    def __init__(self, own: frozenset[str]) -> None:
        spawn = multiprocessing.get_context("spawn")
        self._pipe, theirs = spawn.Pipe()
        self._process = spawn.Process(target=_serve, args=(own, theirs), name="deskterm reader", daemon=True)
        self._process.start()
        theirs.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trail: TracebackType | None
    ) -> None:
        self._pipe.close()
        self._process.join()
        self._process.close()

    def ahead(self, batches: Iterable[Batch]) -> Generator[tuple[Batch, Readings], None, None]:
        """Each batch with its mails read, in order."""
        before: Batch | None = None
        try:
            for batch in batches:
                done = (before, self._receive()) if before else None
                before = None
                self._send(batch.mails)
                before = batch
                if done:
                    yield done
            if before:
                last, before = before, None
                yield last, self._receive()
        finally:
            if before:  # left in the middle: its answer must not be taken for another's
                self._receive()

    def _send(self, mails: tuple[Arrived, ...]) -> None:
        try:
            self._pipe.send(mails)
        except OSError as error:
            raise _ended() from error

    def _receive(self) -> Readings:
        try:
            answer: Readings = self._pipe.recv()
        except (EOFError, OSError) as error:
            raise _ended() from error
        return answer


def _ended() -> NotNow:
    return NotNow(
        "Reading mail was ended from outside.",
        safe="What was read before is kept.",
        todo="It goes on from there with the next sync.",
    )


def _serve(own: frozenset[str], pipe: "Connection") -> None:
    """Read until the other end is closed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        while True:
            pipe.send(readings(pipe.recv(), own))
    except (EOFError, OSError):
        return

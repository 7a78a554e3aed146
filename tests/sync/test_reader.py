"""Mail read in another process: the same values, in order, and nothing taken for another's."""

import multiprocessing
from concurrent.futures import ThreadPoolExecutor
from queue import SimpleQueue
from types import SimpleNamespace

import pytest

from deskterm.errors import NotNow
from deskterm.intake.values import Context
from deskterm.storage.mail.folders import Cursor
from deskterm.sync.batches import Batch, FetchedMail
from deskterm.sync.reader import Reader, _Room, read_batches

CONTEXT = Context(frozenset({"shop@kiln.example"}), 1_790_000_000)
CURSOR = Cursor(1, "shop", "INBOX", "inbox")


def batches(count):
    return [
        Batch(tuple(FetchedMail(uid, "", 1, f"Subject: {n}-{uid}\r\n\r\nHi\r\n".encode(), 1) for uid in range(1, 4)), CURSOR)
        for n in range(count)
    ]  # fmt: skip


def subjects(readings):
    return [mail.subject for _, mails in readings for mail in mails]


@pytest.mark.parametrize("processes", [1, 2])
def test_it_gives_what_reading_here_gives_in_the_same_order(processes):
    with Reader(CONTEXT, processes) as reader:
        for count in (2, 4, 5):
            assert list(reader.ahead(batches(count))) == list(read_batches(batches(count), CONTEXT))
        assert list(reader.ahead([])) == []
        assert subjects(reader.ahead(batches(1))) == ["0-1", "0-2", "0-3"]


@pytest.mark.parametrize("processes", [1, 2])
def test_a_reading_left_in_the_middle_leaves_nothing_behind(processes):
    with Reader(CONTEXT, processes) as reader:
        reading = reader.ahead(batches(5))
        next(reading)
        reading.close()
        assert subjects(reader.ahead(batches(1))) == ["0-1", "0-2", "0-3"]


def test_a_source_that_fails_in_the_middle_gives_what_came_before_and_leaves_nothing_behind():
    def failing():
        yield from batches(2)
        raise NotNow("cut")

    with Reader(CONTEXT) as reader:
        reading = reader.ahead(failing())
        assert subjects([next(reading), next(reading)])[::3] == ["0-1", "1-1"]  # what came before is kept
        with pytest.raises(NotNow, match="cut"):
            next(reading)
        assert subjects(reader.ahead(batches(1))) == ["0-1", "0-2", "0-3"]


def test_a_reader_that_was_killed_is_reported():
    with Reader(CONTEXT, 1) as reader:
        assert subjects(reader.ahead(batches(1)))  # it has begun
        (one,) = multiprocessing.active_children()
        one.kill()
        one.join()
        with pytest.raises(NotNow, match="ended from outside"):
            list(reader.ahead(batches(3)))


@pytest.mark.parametrize(("most", "ahead"), [(10**6, 3), (1, 1)])
def test_fetching_never_gets_far_ahead_of_storing(monkeypatch, most, ahead):
    """In number, nor in bytes: mails may be large."""
    monkeypatch.setattr("deskterm.sync.reader._BYTES", most)
    fetched = []

    def counted():
        for batch in batches(40):
            fetched.append(batch)
            yield batch

    with Reader(CONTEXT, 1) as reader:
        for done, _ in enumerate(reader.ahead(counted())):
            assert len(fetched) <= done + ahead


def test_a_batch_is_counted_before_it_can_be_taken_out():
    """However soon it is stored after it was put in."""

    class Stored(SimpleQueue):
        def put(self, item):
            if item is not None:
                room.give()

    def read(batch):
        return b""

    room = _Room(2)
    with ThreadPoolExecutor(1) as threads:
        Reader._fetch(SimpleNamespace(_threads=threads, _read_batch=read), batches(3), Stored(), room)

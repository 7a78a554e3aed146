"""Who has the database open, and a WAL that was taken away: with processes that end well, or are killed."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from deskterm.errors import DatabaseBusy
from deskterm.storage import desk_facts
from deskterm.storage.schema.migrate import LOST_LOG, open_database
from deskterm.storage.upkeep.in_use import InUse, exclusive_use, misses_log
from storage.making import ticket

SOURCE = Path(__file__).parents[3] / "src"
OTHER = """
import os, signal, sys
from pathlib import Path
from deskterm.storage import desk_facts as notes
from deskterm.storage.schema.migrate import open_database
db = open_database(Path(sys.argv[1]), read_only=sys.argv[2] == "reads")
if sys.argv[2] != "reads":
    with db.write() as tx: notes.set_fact(tx, "other", "was here")
else:
    with db.read() as tx: notes.get_fact(tx, "other")
print("there", flush=True)
if sys.argv[2] == "ends": db.close()
elif sys.argv[2] == "dies as the log is gone":
    from deskterm.storage.upkeep.in_use import InUse
    InUse.close = lambda self: os._exit(9)
    db.close()
elif sys.argv[2] == "forgets to close": pass
else: signal.pause()
"""


def other(path, how):
    started = subprocess.Popen(
        [sys.executable, "-c", OTHER, str(path), how], env={"PYTHONPATH": str(SOURCE)}, stdout=subprocess.PIPE
    )  # fmt: skip
    assert started.stdout
    started.stdout.readline()
    return started


def ended(process, *, killed=False):
    if killed:
        process.send_signal(signal.SIGKILL)
    process.wait()
    process.stdout.close()


def told(path) -> bool:
    db = open_database(path)
    with db.read() as tx:
        lost = desk_facts.get_fact(tx, LOST_LOG)
    db.close()
    return bool(lost)


@pytest.fixture
def path(db):
    with db.write() as tx:
        ticket(tx)
    db.close()
    return db.path


@pytest.mark.parametrize("how", ["writes", "reads"])
def test_nobody_is_alone_while_another_process_has_it_open(path, how):
    process = other(path, how)
    with pytest.raises(DatabaseBusy), exclusive_use(path):
        pass
    ended(process, killed=True)
    with exclusive_use(path):
        pass


def test_the_only_process_keeps_others_out(path):
    db = open_database(path)
    db.close()
    with exclusive_use(path), pytest.raises(DatabaseBusy, match="restored or mended"):
        open_database(path)
    open_database(path).close()


def test_a_shared_lock_is_kept_if_the_mark_cannot_be_removed(path):
    """flock(2): a lock that cannot be turned into another one is lost."""
    first, second = InUse(path), InUse(path)
    second.mark()
    assert not first.lost_log()
    second.close()
    with pytest.raises(DatabaseBusy), exclusive_use(path):
        pass
    first.close()
    with exclusive_use(path):
        pass


@pytest.mark.parametrize("how", ["ends", "forgets to close"])
def test_after_a_process_that_ended_nothing_is_missed(path, how):
    ended(other(path, how))
    assert not path.with_name("desk.db-wal").exists()
    assert not told(path)


def test_after_a_process_that_was_killed_its_wal_is_taken_in(path):
    ended(other(path, "writes"), killed=True)
    assert path.with_name("desk.db-wal").stat().st_size
    assert not told(path)
    db = open_database(path)
    with db.read() as tx:
        assert desk_facts.get_fact(tx, "other") == "was here"
    db.close()


def test_a_wal_that_was_removed_is_reported_once_it_is_known(path):
    ended(other(path, "writes"), killed=True)
    for end in ("-wal", "-shm"):
        path.with_name(f"desk.db{end}").unlink()
    assert told(path)
    db = open_database(path)
    with db.read() as tx:
        assert desk_facts.get_fact(tx, "other") == ""
        assert tx.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        assert tx.execute("SELECT count(*) FROM ticket").fetchone()[0] == 1
    db.close()


def test_a_process_that_dies_while_sqlite_removes_its_wal_loses_nothing(path):
    ended(other(path, "dies as the log is gone"))
    assert not path.with_name("desk.db-wal").exists()
    assert not misses_log(path)
    assert not told(path)
    db = open_database(path)
    with db.read() as tx:
        assert desk_facts.get_fact(tx, "other") == "was here"
    db.close()


def test_a_reader_notices_that_it_is_missing_and_leaves_the_report_to_others(path):
    ended(other(path, "writes"), killed=True)
    for end in ("-wal", "-shm"):
        path.with_name(f"desk.db{end}").unlink()
    ended(other(path, "reads"), killed=True)
    db = open_database(path, read_only=True)
    with db.read() as tx:
        assert desk_facts.get_fact(tx, LOST_LOG) == ""
    db.close()
    assert misses_log(path)
    assert told(path)
    assert not misses_log(path)


def test_while_another_writes_nothing_is_missed(path):
    process = other(path, "writes")
    assert not told(path)
    ended(process, killed=True)
    assert not told(path)


def test_the_lock_is_for_the_owner_alone(path):
    assert path.with_name("desk.db.lock").stat().st_mode & 0o777 == 0o600

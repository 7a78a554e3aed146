"""Upgrades: killed at each statement, and an old program on a new database."""

import signal
import sqlite3
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from threading import Barrier

import pytest

from deskterm.errors import DatabaseTooNew
from deskterm.storage.schema import migrate
from deskterm.storage.schema.migrate import open_database
from storage.making import ticket

SOURCE = Path(__file__).parents[2] / "src"
TWO = """
ALTER TABLE customer ADD COLUMN nickname TEXT NOT NULL DEFAULT '';
CREATE TABLE parcel (id INTEGER PRIMARY KEY, number TEXT NOT NULL);
INSERT INTO parcel(number) SELECT 'P' || id FROM ticket;
UPDATE customer SET nickname = name;
"""
THREE = "CREATE INDEX parcel_number ON parcel(number);\nUPDATE parcel SET number = number || '!';\n"
UPGRADE = f"""
import os, signal, sqlite3, sys
from pathlib import Path
from deskterm.storage.schema import migrate
known = migrate._steps()
migrate._steps = lambda: [*known, (known[-1][0] + 1, '''{TWO}'''), (known[-1][0] + 2, '''{THREE}''')]
wanted, count = int(sys.argv[2]), 0

def trace(statement):
    global count
    count += 1
    if count == wanted:
        os.kill(os.getpid(), signal.SIGKILL)

plain = sqlite3.connect
def connect(*given, **named):
    connection = plain(*given, **named)
    connection.set_trace_callback(trace)
    return connection
sqlite3.connect = connect
migrate.migrate(Path(sys.argv[1]))
"""


def state(path) -> tuple:
    connection = sqlite3.connect(path)
    try:
        assert connection.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        schema = sorted(
            row[0] for row in connection.execute("SELECT sql FROM sqlite_master WHERE sql NOT NULL")
        )
        known = "parcel" in "".join(schema)
        parcels = connection.execute("SELECT number FROM parcel ORDER BY id").fetchall() if known else None
        return version, schema, parcels, connection.execute("SELECT count(*) FROM ticket").fetchone()[0]
    finally:
        connection.close()


def upgraded(path, wanted=0) -> int:
    run = [sys.executable, "-c", UPGRADE, str(path), str(wanted)]
    return subprocess.run(run, env={"PYTHONPATH": str(SOURCE)}, check=False).returncode


@pytest.fixture
def old(tmp_path):
    db = open_database(tmp_path / "desk.db")
    with db.write() as tx:
        for number in range(3):
            ticket(tx, subject=f"number {number}")
    db.close()
    return db.path


def test_killed_at_each_statement_a_step_was_done_whole_or_not_at_all(old, tmp_path):
    raw = old.read_bytes()
    first = migrate.newest()
    whole = {first: state(old)}
    assert upgraded(old) == 0
    whole[first + 2] = state(old)
    seen = set()
    for number in range(1, 200):
        for path in tmp_path.glob("desk.db*"):
            path.unlink()
        old.write_bytes(raw)
        ended = upgraded(old, number)
        found = state(old)
        seen.add(found[0])
        if found[0] == first + 1:
            assert found[2] == [("P1001",), ("P1002",), ("P1003",)]
        else:
            assert found == whole[found[0]], number
        copy = old.with_name(f"desk.db.before-{first + 2}")
        if found[0] > first:
            assert state(copy) == whole[first]
        assert upgraded(old) == 0, "the next start goes on from there"
        assert state(old) == whole[first + 2]
        assert state(copy) == whole[first], "and the copy is the one from before the first step"
        if ended == 0:
            break
        assert ended == -signal.SIGKILL
    assert seen == {first, first + 1, first + 2}
    assert number > 10


def test_the_copy_is_for_the_owner_alone(old):
    assert upgraded(old) == 0
    (copy,) = old.parent.glob("desk.db.before-*")
    assert copy.stat().st_mode & 0o777 == 0o600


def test_an_old_program_refuses_a_new_database_and_does_not_touch_it(old):
    assert upgraded(old) == 0
    before = old.read_bytes()
    for read_only in (False, True):
        with pytest.raises(DatabaseTooNew) as caught:
            open_database(old, read_only=read_only)
        assert caught.value.safe == "It was not touched."
    assert old.read_bytes() == before


def test_two_programs_that_start_together_keep_one_copy_and_both_start(tmp_path, monkeypatch):
    """The timer's sync and the desk, after an upgrade; the file is large, so that copying it takes a while."""
    path, known = tmp_path / "desk.db", migrate._steps()
    monkeypatch.setattr(migrate, "_steps", lambda: known[:1])
    migrate.migrate(path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE much AS SELECT zeroblob(40000000) AS bytes")
    monkeypatch.setattr(migrate, "_steps", lambda: known)
    together = Barrier(2)

    def start(_):
        together.wait()
        migrate.migrate(path)

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(start, range(2)))
    (kept,) = tmp_path.glob("desk.db.*-*")
    assert [state(path)[0], state(kept)[0]] == [migrate.newest(), 1]

"""Making a database, bringing it up to date, and refusing what cannot be."""

import signal
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from importlib import resources
from pathlib import Path

import pytest

from deskterm.errors import DatabaseBusy, DatabaseDamaged, DatabaseTooNew, DiskFull, NotFound, ReadOnly
from deskterm.storage import tickets
from deskterm.storage.schema import migrate as migrating
from deskterm.storage.schema.database import Database, revision
from deskterm.storage.schema.migrate import migrate, newest, open_database
from storage.making import ticket


def version(path):
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute("PRAGMA user_version").fetchone()[0]


def names(path):
    with closing(sqlite3.connect(path)) as connection:
        return {row[0] for row in connection.execute("SELECT name FROM sqlite_master")}


def test_the_migrations_are_part_of_the_package():
    scripts = [
        entry.name for entry in resources.files("deskterm.storage.schema").joinpath("migrations").iterdir()
    ]
    assert "0001_the_desk.sql" in scripts


def test_a_new_database_is_readable_by_its_owner_alone_and_up_to_date(tmp_path):
    path = tmp_path / "folder" / "desk.db"
    open_database(path).close()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert version(path) == newest()


def test_the_first_ticket_is_t1001(db):
    with db.write() as tx:
        assert ticket(tx) == 1001


def test_opening_again_changes_nothing_and_keeps_no_copy(tmp_path):
    path = tmp_path / "desk.db"
    open_database(path).close()
    before = path.read_bytes()
    open_database(path).close()
    assert path.read_bytes() == before
    assert list(tmp_path.glob("*before*")) == []


def next_step(monkeypatch, script):
    steps = [*migrating._steps(), (newest() + 1, script)]
    monkeypatch.setattr(migrating, "_steps", lambda: steps)


def test_an_upgrade_keeps_a_copy_of_what_was(tmp_path, monkeypatch):
    path = tmp_path / "desk.db"
    migrate(path)
    old = newest()
    next_step(monkeypatch, "CREATE TABLE added (id INTEGER PRIMARY KEY);")
    migrate(path)
    assert version(path) == old + 1
    kept = tmp_path / f"desk.db.before-{old + 1}"
    assert version(kept) == old
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600


def test_an_upgrade_that_fails_midway_leaves_the_database_as_it_was(tmp_path, monkeypatch):
    path = tmp_path / "desk.db"
    migrate(path)
    old = newest()
    next_step(monkeypatch, "CREATE TABLE added (id INTEGER);\nINSERT INTO nowhere VALUES (1);")
    with pytest.raises(Exception, match="nowhere"):
        migrate(path)
    assert version(path) == old
    assert "added" not in names(path)


def test_an_upgrade_killed_midway_leaves_the_database_as_it_was(tmp_path):
    """A step that kills its own process stands in the middle of a migration."""
    path = tmp_path / "desk.db"
    migrate(path)
    old = newest()
    code = (
        "import os, signal, sqlite3, sys, pathlib\n"
        "from deskterm.storage.schema import migrate as m\n"
        "steps = [*m._steps(), (m.newest() + 1, 'CREATE TABLE added (id INTEGER);\\nINSERT INTO added VALUES (1);\\n')]\n"
        "m._steps = lambda: steps\n"
        "def die(script):\n"
        "    yield 'CREATE TABLE added (id INTEGER)'\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
        "m._statements = die\n"
        "m.migrate(pathlib.Path(sys.argv[1]))\n"
    )
    done = subprocess.run([sys.executable, "-c", code, str(path)], check=False, timeout=60)
    assert done.returncode == -signal.SIGKILL
    assert version(path) == old
    migrate(path)
    assert "added" not in names(path)


@pytest.mark.parametrize("read_only", [False, True])
def test_a_database_of_a_later_deskterm_is_refused_and_left_alone(tmp_path, read_only):
    path = tmp_path / "desk.db"
    migrate(path)
    connection = sqlite3.connect(path)
    connection.execute(f"PRAGMA user_version = {newest() + 1}")
    connection.close()
    before = path.read_bytes()
    with pytest.raises(DatabaseTooNew, match="later deskterm"):
        open_database(path, read_only=read_only)
    assert path.read_bytes() == before


def test_a_file_that_is_no_database_is_named_as_damaged_and_left(tmp_path):
    path = tmp_path / "desk.db"
    path.write_bytes(b"this is no database" * 100)
    with pytest.raises(DatabaseDamaged) as told:
        open_database(path)
    assert told.value.todo
    assert path.read_bytes().startswith(b"this is no")


def test_a_missing_database_says_what_to_do(tmp_path):
    with pytest.raises(NotFound, match="deskterm setup"), Database(tmp_path / "none.db").read():
        pass


def test_a_second_desk_reads_and_cannot_write(db):
    with db.write() as tx:
        made = ticket(tx)
    second = open_database(db.path, read_only=True)
    with second.read() as tx:
        assert tickets.get(tx, made).id == made
    with pytest.raises(ReadOnly), second.write():
        pass
    second.close()


def write_much(db):
    with db.write() as tx:
        ticket(tx, text="x" * 1_000_000)


def test_a_full_disk_is_reported_and_nothing_is_lost(db):
    with db.write() as tx:
        made = ticket(tx)
        tx.execute("SELECT 1")
    with db.read() as tx:
        pages = tx.execute("PRAGMA page_count").fetchone()[0]
        tx.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(DiskFull) as told:
        write_much(db)
    assert told.value.todo
    with db.read() as tx:
        assert tx.execute("SELECT group_concat(id) FROM ticket").fetchone()[0] == str(made)
        assert tx.execute("PRAGMA integrity_check").fetchone()[0] == "ok"


def write_and_fail(db):
    with db.write() as tx:
        tickets.change(tx, ticket(tx), colour="red")


def test_a_write_that_raises_leaves_nothing_behind(db):
    with pytest.raises(ValueError, match="no such column"):
        write_and_fail(db)
    with db.read() as tx:
        assert tx.execute("SELECT count(*) FROM message").fetchone()[0] == 0


def lose_the_connection(db):
    with db.write() as tx:
        ticket(tx)
        raise ConnectionResetError


def test_a_connection_lost_inside_a_transaction_is_no_full_disk(db):
    with pytest.raises(ConnectionResetError):
        lose_the_connection(db)


def test_after_a_write_that_need_not_be_durable_one_that_must_is(db):
    with db.write(durable=False) as tx:
        ticket(tx)
    with db.write() as tx:
        assert tx.execute("PRAGMA synchronous").fetchone()[0] == 2


def test_a_database_that_another_holds_too_long_says_so(db, monkeypatch):
    monkeypatch.setattr("deskterm.storage.schema.database.WAIT", 0.05)
    other = Database(db.path)
    with db.write() as tx:
        ticket(tx)
        with pytest.raises(DatabaseBusy, match="holds the database"):
            other.write().__enter__()
    other.close()


def test_the_revision_shows_that_another_process_changed_something(db):
    with db.read() as tx:
        before = revision(tx)
        assert revision(tx) == before
        code = (
            "import sys, pathlib\nfrom deskterm.storage.schema.migrate import open_database\n"
            "from deskterm.storage import desk_facts as notes\n"
            "db = open_database(pathlib.Path(sys.argv[1]))\n"
            "with db.write() as tx: notes.set_fact(tx, 'a', 'b')\n"
        )
        subprocess.run([sys.executable, "-c", code, str(db.path)], check=True, timeout=60)
        assert revision(tx) != before


def test_two_processes_write_at_once_and_both_are_kept(db):
    code = (
        "import sys, pathlib\nsys.path.insert(0, sys.argv[3])\n"
        "from storage.making import ticket, NOON\nfrom deskterm.domain.messages import Address\n"
        "from deskterm.storage.schema.migrate import open_database\n"
        "db = open_database(pathlib.Path(sys.argv[1]))\n"
        "for at in range(40):\n"
        "    with db.write() as tx: ticket(tx, Address('', sys.argv[2] + '@x.example'), at=NOON + at)\n"
    )
    folder = str(Path(__file__).parents[2])
    both = [subprocess.Popen([sys.executable, "-c", code, str(db.path), name, folder]) for name in ("a", "b")]
    assert [one.wait(120) for one in both] == [0, 0]
    with db.read() as tx:
        assert tx.execute("SELECT count(*), count(DISTINCT id) FROM ticket").fetchone()[:] == (80, 80)
        assert tx.execute("SELECT count(DISTINCT slot) FROM message").fetchone()[0] == 80
        assert tx.execute("PRAGMA integrity_check").fetchone()[0] == "ok"


def test_no_two_migrations_have_the_same_number():
    """Of two, the one that came second would never be made in a database that has the first."""
    numbers = [number for number, _ in migrating._steps()]
    assert numbers == sorted(set(numbers))

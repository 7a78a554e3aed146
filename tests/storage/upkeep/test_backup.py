"""Backups of real files while others write, and putting one back, killed wherever it may be."""

import os
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from counterparts.killed import killed_at_file
from deskterm.domain.outbox_states import OutboxState
from deskterm.errors import DatabaseBusy, DatabaseDamaged, DatabaseTooNew, DiskFull, NotFound, NotNow
from deskterm.storage.replies import outbox
from deskterm.storage.schema.migrate import open_database
from deskterm.storage.upkeep import backup
from storage.making import NOON, ticket

SOURCE = Path(__file__).parents[3] / "src"


def filled(db, count=40, size=20_000):
    with db.write() as tx:
        for number in range(count):
            ticket(tx, at=NOON + number, subject=f"number {number}", text="wool " * (size // 5))


def rows(path) -> list[tuple]:
    connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    found = connection.execute("SELECT id, subject, since, siblings FROM ticket ORDER BY id").fetchall()
    connection.close()
    return found


def damage(path, at=0.5):
    with path.open("r+b") as file:
        file.seek(int(path.stat().st_size * at) // 16384 * 16384)
        file.write(b"\x55" * 16384 * 3)


def test_a_backup_has_what_the_database_had_and_is_for_the_owner_alone(db, tmp_path):
    filled(db)
    contents = backup.copy(db.path, tmp_path / "b.db")
    assert (contents.tickets, contents.messages, contents.newest_at) == (40, 40, NOON + 39)
    assert rows(tmp_path / "b.db") == rows(db.path)
    assert (tmp_path / "b.db").stat().st_mode & 0o777 == 0o600
    assert {one.name for one in tmp_path.iterdir()} == {
        "b.db", "desk.db", "desk.db-wal", "desk.db-shm", "desk.db.lock",
    }  # fmt: skip


def test_a_backup_is_of_one_moment_however_much_is_written_meanwhile(db, tmp_path):
    filled(db, 60)
    asked = threading.Event()
    written = []

    def writes():
        asked.wait()
        for number in range(20):
            with db.write() as tx:
                written.append(ticket(tx, at=NOON + 100 + number))

    writer = threading.Thread(target=writes)
    writer.start()
    contents = backup.copy(db.path, tmp_path / "b.db", lambda: asked.set() or False)
    writer.join()
    assert len(written) == 20
    assert contents.tickets == 60
    assert len(rows(db.path)) == 80


def test_a_backup_that_is_stopped_leaves_nothing_half(db, tmp_path):
    filled(db)
    backup.copy(db.path, tmp_path / "b.db")
    before = (tmp_path / "b.db").read_bytes()
    with pytest.raises(NotNow):
        backup.copy(db.path, tmp_path / "b.db", lambda: True)
    assert (tmp_path / "b.db").read_bytes() == before
    assert not list(tmp_path.glob(".b.db*"))


def test_a_damaged_database_makes_no_backup(db, tmp_path):
    filled(db)
    db.close()
    damage(db.path)
    with pytest.raises(DatabaseDamaged):
        backup.copy(db.path, tmp_path / "b.db")
    assert not (tmp_path / "b.db").exists()


def test_with_little_room_no_backup_is_begun(db, tmp_path, monkeypatch):
    filled(db)
    monkeypatch.setattr(backup.shutil, "disk_usage", lambda _: type("Usage", (), {"free": 1_000_000})())
    with pytest.raises(DiskFull, match="too little room"):
        backup.copy(db.path, tmp_path / "b.db")


def test_a_restore_gives_what_was_backed_up_and_keeps_the_replaced_database(db, tmp_path):
    filled(db)
    backup.copy(db.path, tmp_path / "b.db")
    then = rows(db.path)
    with db.write() as tx:
        ticket(tx, subject="later")
    now = rows(db.path)
    db.close()
    backup.put_back(tmp_path / "b.db", db.path, tmp_path / "kept", NOON)
    assert rows(db.path) == then
    assert rows(tmp_path / "kept") == now
    with db.write() as tx:
        ticket(tx, subject="goes on")


def test_what_was_on_its_way_in_a_backup_is_never_sent_again_by_itself(db, tmp_path):
    with db.write() as tx:
        ids = [_queued(tx, ticket(tx), number) for number in range(3)]
        outbox.claim(tx, ids[1], "me", NOON)
        outbox.mark(tx, ids[2], OutboxState.SENT, "250 ok", NOON)
    backup.copy(db.path, tmp_path / "b.db")
    db.close()
    backup.put_back(tmp_path / "b.db", db.path, tmp_path / "kept", NOON + 60)
    with db.read() as tx:
        states = [outbox.get(tx, one).state for one in ids]
        assert outbox.due_rows(tx, NOON + 10_000) == ()
    assert states == [OutboxState.UNCERTAIN, OutboxState.UNCERTAIN, OutboxState.SENT]


def _queued(tx, made, number):
    from deskterm.domain.messages import Address
    from deskterm.domain.review.replies import Draft

    draft = Draft(made, "Hello", "Re: Mug", "help@ridge.example", (Address("", "jana@mertens.example"),))
    return outbox.enqueue(
        tx, draft, account="main", sender="help@ridge.example", message_id=f"<{number}@ridge.example>", raw=b"x",
        recipients=("jana@mertens.example",), action=1, send_at=NOON, at=NOON,
    )  # fmt: skip


def test_an_open_database_is_not_replaced(db, tmp_path):
    filled(db, 2)
    backup.copy(db.path, tmp_path / "b.db")
    before = rows(db.path)
    with pytest.raises(DatabaseBusy, match="desk is open"):
        backup.put_back(tmp_path / "b.db", db.path, tmp_path / "kept", NOON)
    assert rows(db.path) == before
    assert not (tmp_path / "kept").exists()


@pytest.mark.parametrize(
    "harm", ["flipped", "cut short", "no database", "another database", "too new", "gone"]
)
def test_a_damaged_backup_is_not_restored(db, tmp_path, harm):
    filled(db)
    copy = tmp_path / "b.db"
    backup.copy(db.path, copy)
    db.close()
    before = rows(db.path)
    _harm(copy, harm)
    wanted = {"too new": DatabaseTooNew, "gone": NotFound}.get(harm, DatabaseDamaged)
    with pytest.raises(wanted):
        backup.put_back(copy, db.path, tmp_path / "kept", NOON)
    assert rows(db.path) == before


def _harm(copy, harm):
    if harm == "flipped":
        damage(copy)
    elif harm == "cut short":
        os.truncate(copy, copy.stat().st_size // 2)
    elif harm == "no database":
        copy.write_bytes(b"hello" * 10_000)
    elif harm == "gone":
        copy.unlink()
    else:
        if harm == "another database":
            copy.unlink()
        connection = sqlite3.connect(copy)
        connection.execute("CREATE TABLE t(x)" if harm == "another database" else "PRAGMA user_version = 99")
        connection.commit()
        connection.close()


def test_killed_at_any_step_of_a_restore_there_is_the_old_or_the_new_database(db, tmp_path):
    filled(db, 3, 2000)
    backup.copy(db.path, tmp_path / "first.db")
    old = rows(db.path)
    with db.write() as tx:
        ticket(tx, subject="later")
    backup.copy(db.path, tmp_path / "b.db")
    new = rows(db.path)
    db.close()
    seen = set()

    def restore():
        backup.put_back(tmp_path / "b.db", tmp_path / "desk.db", tmp_path / "kept", 1_790_000_000)

    for step in range(1, 200):
        for end in ("", "-wal", "-shm"):
            (tmp_path / f"desk.db{end}").unlink(missing_ok=True)
            (tmp_path / f"kept{end}").unlink(missing_ok=True)
        (tmp_path / "desk.db").write_bytes((tmp_path / "first.db").read_bytes())
        ended = killed_at_file(step, restore)
        backup.check(db.path)
        found = rows(db.path)
        assert found in (old, new), step
        if found == new:
            assert rows(tmp_path / "kept") == old
        seen.add(found == new)
        if ended:
            break
    assert seen == {True, False}
    assert step > 5


def test_a_wal_of_the_replaced_database_never_reaches_the_new_one(db, tmp_path):
    """A process that was killed leaves a WAL; the database it belongs to is damaged."""
    filled(db, 30, 4000)
    backup.copy(db.path, tmp_path / "b.db")
    then = rows(db.path)
    code = (
        "import os, sys; from pathlib import Path; from deskterm.storage.schema.migrate import open_database\n"
        "db = open_database(Path(sys.argv[1]))\n"
        "with db.write() as tx: tx.execute(\"UPDATE ticket SET subject = 'late'\")\n"
        "os._exit(9)"
    )
    db.close()
    subprocess.run([sys.executable, "-c", code, str(db.path)], env={"PYTHONPATH": str(SOURCE)}, check=False)
    assert (tmp_path / "desk.db-wal").stat().st_size > 0
    damage(db.path)
    wal = (tmp_path / "desk.db-wal").read_bytes()
    backup.put_back(tmp_path / "b.db", db.path, tmp_path / "kept", NOON)
    assert rows(db.path) == then
    assert (tmp_path / "kept-wal").read_bytes() == wal
    open_database(db.path).close()
    assert rows(db.path) == then

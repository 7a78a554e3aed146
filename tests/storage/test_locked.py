"""A database that cannot be written: reported truthfully, and read all the same."""

import pytest

from counterparts.locked import locked, open_files_too
from deskterm.errors import DiskFull, ReadOnly
from deskterm.storage import tickets
from deskterm.storage.schema.database import translate_error
from deskterm.storage.schema.migrate import open_database
from storage.making import ticket


@pytest.fixture
def closed(db):
    with db.write() as tx:
        made = ticket(tx)
    db.close()
    return db.path, made


def refused(db) -> ReadOnly:
    with pytest.raises(ReadOnly) as caught, db.write():
        pass
    return caught.value


def write_much(db) -> None:
    with db.write() as tx:
        ticket(tx, text="x" * 1_000_000)


def read(db, made) -> int:
    with db.read() as tx:
        return tickets.get(tx, made).id


def test_a_locked_file_is_read_and_the_refusal_names_it(closed):
    path, made = closed
    with locked(path):
        db = open_database(path)
        assert db.read_only
        assert read(db, made) == made
        assert str(path) in refused(db).what
        db.close()


def test_a_folder_where_nothing_can_be_made_is_read_too(closed):
    path, made = closed
    with locked(path, path.parent):
        db = open_database(path)
        assert db.read_only
        assert read(db, made) == made
        db.close()


def test_a_file_that_is_locked_while_another_has_it_open_is_refused(db):
    with db.write() as tx:
        ticket(tx)
    with locked(db.path, db.path.with_name("desk.db-wal")):
        beside = open_database(db.path)
        assert str(db.path) in refused(beside).what
        beside.close()


def test_a_file_that_is_locked_while_it_is_open_is_not_a_full_disk(db, tmp_path):
    if not open_files_too(tmp_path):
        pytest.skip("files that are open cannot be locked here")
    with db.write() as tx:
        made = ticket(tx)
    with locked(db.path, db.path.with_name("desk.db-wal")):
        with pytest.raises(ReadOnly, match="cannot be written"):
            write_much(db)
        assert read(db, made) == made


def test_where_there_is_nothing_to_read_the_folder_is_named(tmp_path):
    with locked(tmp_path), pytest.raises(ReadOnly, match="cannot be written"):
        open_database(tmp_path / "desk.db")


def test_a_second_desk_is_told_that_another_is_open(db):
    second = open_database(db.path, read_only=True)
    assert "another desk is open" in refused(second).what
    second.close()


@pytest.mark.parametrize(("number", "kind"), [(28, DiskFull), (122, DiskFull), (30, ReadOnly), (1, ReadOnly)])
def test_each_error_of_the_system_has_its_own_kind(tmp_path, number, kind):
    with pytest.raises(kind), translate_error(tmp_path / "desk.db"):
        raise OSError(number, "said")

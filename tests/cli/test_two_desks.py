"""Real processes on one home: a second desk is read-only, other commands write, nobody replaces an open file."""

import os
import re
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from counterparts.locked import locked
from counterparts.terminal import Terminal

SOURCE = Path(__file__).parents[2] / "src"
ENV = {**os.environ, "PYTHONPATH": str(SOURCE), "TERM": "xterm-256color", "LC_ALL": "C.UTF-8"}


def command(home, *words):
    return [sys.executable, "-m", "deskterm", *words, "--home", str(home)]


def run(home, *words, **more):
    return subprocess.run(
        command(home, *words), env=ENV, capture_output=True, text=True, check=False, timeout=60, **more
    )


def desk(home) -> Terminal:
    return Terminal(command(home), env=ENV, columns=140)


def asked(home, sql):
    connection = sqlite3.connect(f"file:{home / 'desk.db'}?mode=ro", uri=True)
    found = connection.execute(sql).fetchall()
    connection.close()
    return found


def text_of(terminal) -> str:
    return re.sub(rb"\x1b\[[0-?]*[ -/]*[@-~]", b"", terminal.output).decode("utf-8", "replace")


def test_a_second_desk_reads_and_says_so_on_top_and_at_each_change(shell):
    with desk(shell.home) as first:
        first.until("Really disappointed")
        with desk(shell.home) as second:
            second.until("read only")
            before = asked(shell.home, "SELECT count(*) FROM events")
            second.until("Mail Delivery System")  # the ticket beside the list is there
            second.press("e", "another desk is open")
            assert asked(shell.home, "SELECT count(*) FROM events") == before
            first.until("Mail Delivery System")
            first.press("e", "Solved")
            assert asked(shell.home, "SELECT count(*) FROM events") != before


def test_a_desk_whose_files_are_locked_opens_for_reading(shell):
    with locked(shell.home / "desk.db", shell.home / "locks", shell.home), desk(shell.home) as one:
        one.until("read only")
        one.until("Really disappointed")


def test_commands_on_a_locked_database_read_and_say_why_nothing_changes(shell):
    with locked(shell.home / "desk.db"):
        assert run(shell.home, "list").stdout.startswith("T")
        refused = run(shell.home, "reply", shell.json("list")["tickets"][0]["ticket"], "--text", "Hello.")
        assert refused.returncode == 1
        assert refused.stderr.startswith(f"The file {shell.home / 'desk.db'} cannot be written.")
        assert "cannot be written" in run(shell.home, "doctor").stdout


def test_beside_an_open_desk_sync_and_reply_write_and_the_file_is_not_replaced(shell):
    ticket = shell.json("list")["tickets"][0]["ticket"]
    assert run(shell.home, "backup").returncode == 0
    with desk(shell.home) as first:
        first.until("Really disappointed")
        assert run(shell.home, "sync", "-q").returncode == 0
        done = run(shell.home, "reply", ticket, "--text", "Dear customer, from beside.")
        assert done.returncode == 0, done.stderr
        assert asked(shell.home, "SELECT count(*) FROM draft WHERE body LIKE '%from beside%'") == [(1,)]
        assert run(shell.home, "backup").returncode == 0
        inode = (shell.home / "desk.db").stat().st_ino
        for words in (
            ("restore", "--yes"),
            ("doctor", "--repair", "--yes"),
            ("forget", "jana@mertens.example", "--yes"),
        ):
            refused = run(shell.home, *words)
            assert refused.returncode == 1
            assert "A desk is open" in refused.stderr
        assert (shell.home / "desk.db").stat().st_ino == inode
        assert asked(shell.home, "SELECT count(*) FROM draft WHERE body LIKE '%from beside%'") == [(1,)]
    assert run(shell.home, "restore", "--yes").returncode == 0


def test_when_the_first_desk_is_gone_however_it_ended_the_next_one_writes(shell):
    with desk(shell.home) as first:
        first.until("Really disappointed")
    with desk(shell.home) as second:
        second.until("Really disappointed")
        second.until("Mail Delivery System")
        second.press("e", "Solved")
        assert "read only" not in text_of(second)


@pytest.mark.parametrize("at", [0.25, 0.6])
def test_the_open_desk_notices_damage_and_says_what_to_do(shell, at):
    path = shell.home / "desk.db"
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    (page,) = connection.execute(  # a leaf of the originals: nothing on the screen reads it
        "SELECT pageno FROM dbstat WHERE name = 'original' AND pagetype = 'leaf' LIMIT 1 OFFSET ?",
        (int(at * 4),),
    ).fetchone()
    connection.close()
    with path.open("r+b") as file:
        file.seek((page - 1) * 16384)
        file.write(b"\x55" * 16384)
    before = path.read_bytes()
    with desk(shell.home) as terminal:
        terminal.until("Really disappointed")
        terminal.until("The database is damaged")
        terminal.until("--repair")
    assert path.read_bytes()[: len(before) // 2] == before[: len(before) // 2]
    assert not list((shell.home / "backups").iterdir())


def test_a_desk_that_is_open_for_a_while_has_made_its_backup(shell):
    with desk(shell.home) as terminal:
        terminal.until("Really disappointed")
        end = time.monotonic() + 30
        while not list((shell.home / "backups").glob("desk-*.db")) and time.monotonic() < end:
            terminal.press("j")
    (made,) = (shell.home / "backups").glob("desk-*.db")
    with closing(sqlite3.connect(made)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    assert made.stat().st_mode & 0o777 == 0o600

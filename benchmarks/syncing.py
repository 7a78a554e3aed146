"""The first sync, the sync with nothing new, their memory, and the size of the database."""

import contextlib
import sqlite3
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from benchmarks.measuring import Figure, Report, in_turn, run, seconds
from benchmarks.server import Server
from deskterm.storage.schema.migrate import migrate

BATCH = 500


def measure(report: Report, count: int, server: Server, size: int, home: Path) -> None:
    """Sync `count` mails (`size` bytes) from that server into `home`, and again with nothing new."""
    wire = seconds(lambda: fetch_all(server))
    migrate(home / "desk.db")
    run("backup", home=home)  # the day's copy is made: the sync would make it of all mails at its end
    with ThreadPoolExecutor(1) as beside:
        first = beside.submit(_until_rows, home)
        taken, peak = run("sync", home=home)
    stored = _stored(home)
    if stored != count:
        raise RuntimeError(f"{stored} of {count} mails are in the database")
    add = report.add
    add(
        Figure(
            "first sync, against raw IMAP fetch", count, count / taken, "mails/s", count / wire, ">= 3,000"
        )
    )
    add(Figure("first rows of the first sync", count, first.result() * 1e3, "ms", None, "<= 700"))
    add(Figure("peak memory of the first sync", count, peak, "MB", None, "<= 200"))
    text, whole = _sizes(home)
    add(Figure("database without originals / raw mail", count, 100 * text / size, "%", None, "<= 60"))
    add(Figure("database with originals / raw mail", count, 100 * whole / size, "%"))
    again = _again(home)
    check = in_turn(7, check=lambda: bare_check(server))["check"]
    add(
        Figure(
            "sync with nothing new, against a bare check", count, again * 1e3, "ms", check * 1e3, "<= 1.3x"
        )
    )


def fetch_all(server: Server) -> int:
    """The floor: every mail of both folders, fetched by imaplib and thrown away."""
    got = 0
    with server.login() as client:
        for folder in ("INBOX", "Gesendet"):
            _, said = client.select(folder, readonly=True)
            there = int(said[0])
            for first in range(1, there + 1, BATCH):
                _, rows = client.fetch(
                    f"{first}:{min(there, first + BATCH - 1)}", "(UID INTERNALDATE BODY.PEEK[])"
                )
                got += sum(isinstance(row, tuple) for row in rows)
    return got


def bare_check(server: Server) -> None:
    """The floor: log in and look whether anything changed, as cheaply as IMAP allows."""
    with server.login() as client:
        for folder in ("INBOX", "Gesendet"):
            client.select(folder, readonly=True)


AGAIN = """
import statistics, sys, time
from pathlib import Path
from threading import Event
from deskterm.cli import composition, run_pass
from deskterm.config.paths import Home
app = composition.assemble(Home(Path(sys.argv[1])))
taken = []
for _ in range(8):
    began = time.perf_counter()
    done = run_pass.one_pass(app, lambda _: None, Event())
    taken.append(time.perf_counter() - began)
    assert not done.mails and not done.failed, done
print(statistics.median(taken[1:]))
"""


def _until_rows(home: Path) -> float:
    """Seconds until the list has something to show."""
    began = time.perf_counter()
    with contextlib.closing(sqlite3.connect(home / "desk.db")) as db:
        while not db.execute("SELECT EXISTS (SELECT 1 FROM ticket)").fetchone()[0]:
            time.sleep(0.01)
    return time.perf_counter() - began


def _again(home: Path) -> float:
    """Seconds of a pass with nothing new, in a running program."""
    said = subprocess.run([sys.executable, "-c", AGAIN, home], check=True, capture_output=True, text=True)
    return float(said.stdout.split()[-1])


def _stored(home: Path) -> int:
    with contextlib.closing(sqlite3.connect(home / "desk.db")) as db:
        return int(db.execute("SELECT count(*) FROM message").fetchone()[0])


def _sizes(home: Path) -> tuple[int, int]:
    """Bytes of the database without its originals, and with them."""
    with contextlib.closing(sqlite3.connect(home / "desk.db")) as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        pages, page, free = (
            db.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("page_count", "page_size", "freelist_count")
        )
        originals = db.execute("SELECT sum(pgsize) FROM dbstat WHERE name = 'original'").fetchone()[0] or 0
    whole = (pages - free) * page
    return whole - originals, whole

"""`python -m benchmarks.sizes 200000`: that many mails and a few huge ones: seconds, and memory of each process."""

import os
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from benchmarks.facing import INBOX
from benchmarks.mailbox import STORE
from benchmarks.measuring import program
from benchmarks.server import Server, home_for, serving
from benchmarks.terminal import Terminal

MEGABYTES = (24, 30, 79, 100)
RECIPIENTS = 50_000
LINE = b"QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVphYmNkZWZnaGlqa2xtbm9wcXJzdHV2d3h5ejAxMjM0NTY3\r\n"
HEAD = "From: Jana <jana@mertens.example>\r\nSubject: {0}\r\nMessage-ID: <{0}@x.example>\r\nTo: {1}\r\n"
PHOTO = (
    'MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary="b"\r\n\r\n--b\r\n\r\nIt is cracked.\r\n'
    '--b\r\nContent-Type: image/jpeg; name="a.jpg"\r\nContent-Transfer-Encoding: base64\r\n\r\n'
)


def main(count: int) -> None:
    """Sync that many mails and the huge ones, sync again, open the desk, fetch what was too large."""
    with tempfile.TemporaryDirectory(prefix="sizes-") as folder, serving(count) as (server, size):
        print(f"{count:,} mails, {size / 1e6:,.0f} MB; load {os.getloadavg()[0]:.1f}", flush=True)
        put(server)
        home = home_for(server, Path(folder) / "home")
        for _ in range(2):
            told("sync", home=home)
        opened(home)
        with closing(sqlite3.connect(home / "desk.db")) as db:
            rows = db.execute(
                "SELECT ticket_id, subject FROM message WHERE subject LIKE 'mb%' ORDER BY id"
            ).fetchall()
        for ticket, subject in rows:
            if int(subject[2:]) > MEGABYTES[0]:
                print(f"{subject[2:]} MB: ", end="")
                told("fetch", f"T{ticket}", home=home)


def put(server: Server) -> None:
    """The huge mails, into INBOX."""
    many = ",\r\n ".join([STORE, *(f"Person {n} <p{n}@many.example>" for n in range(RECIPIENTS))])
    with server.login() as client:
        client.append("INBOX", "", "", f"{HEAD.format('many', many)}\r\nHello all\r\n".encode())
        for size in MEGABYTES:
            head = (HEAD.format(f"mb{size}", STORE) + PHOTO).encode()
            client.append("INBOX", "", "", head + LINE * (size * 1_000_000 // len(LINE)) + b"--b--\r\n")


def told(*words: str, home: Path) -> None:
    """Run a command; print its seconds, the most memory of each of its processes, and its last words."""
    began, most = time.perf_counter(), dict[int, float]()
    ours = subprocess.Popen(
        program(*words, home=home), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    while ours.poll() is None:
        for one in processes(ours.pid):
            most[one] = max(most.get(one, 0.0), resident(one))
        time.sleep(0.05)
    taken, said = time.perf_counter() - began, ours.communicate()[0].strip().splitlines()
    sizes = ", ".join(f"{size:.0f}" for size in sorted(most.values(), reverse=True))
    print(f"{words[0]}: {taken:.1f} s, at most {sizes} MB: {said[-1] if said else ''}", flush=True)


def opened(home: Path) -> None:
    """Open the desk; print how long it takes to appear and to open a ticket, and its memory."""
    with Terminal(program(home=home)) as terminal:
        first = terminal.until(INBOX)
        terminal.settle(1.0)
        ticket = terminal.key(b"o")
        terminal.settle(1.0)
        print(
            f"open: {first:.2f} s, a ticket {1e3 * ticket:.0f} ms, {terminal.megabytes():.0f} MB", flush=True
        )


def processes(pid: int) -> Iterator[int]:
    """A process and all below it."""
    yield pid
    try:
        below = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
    except OSError:
        return
    for one in below:
        yield from processes(int(one))


def resident(pid: int) -> float:
    """Its resident memory in MB; 0 when it has gone."""
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1])
    except (OSError, IndexError):
        return 0.0
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else 1000)

"""One macro to two hundred tickets: what filling and judging the letters costs, and the memory they use."""

import csv
import statistics
import tempfile
import time
import tracemalloc
from collections.abc import Callable
from email.utils import formatdate
from pathlib import Path

from benchmarks.measuring import Figure, Report, run

LETTERS = 200
TIMES = 5
MACRO = "order-status"
_DAY = 86400
_CONFIG = """work_from = "all"
[shop]
name = "Oak & Wool"
addresses = ["help@oakandwool.example"]
signature = "Lena\\nOak & Wool"
[[mailbox]]
name = "bench"
kind = "maildir"
address = "help@oakandwool.example"
path = "mail"
delivery = "maildir"
[[store]]
name = "oak"
path = "orders.csv"
currency = "EUR"
"""


def measure(report: Report) -> None:
    """Two hundred customers ask for their orders and get the same macro."""
    from deskterm.cli.composition import assemble
    from deskterm.config.paths import Home
    from deskterm.domain.tickets import Listing

    with tempfile.TemporaryDirectory(prefix="mailing-") as folder:
        home, now = Path(folder), int(time.time())
        (home / "config.toml").write_text(_CONFIG)
        _write_mails(home / "mail", now)
        _write_orders(home / "orders.csv", now)
        run("sync", home=home)
        with assemble(Home(home)) as app:
            ids = tuple(row.ticket_id for row in app.desk.inbox.page(Listing.INBOX, 0, LETTERS))
            assert len(ids) == LETTERS, len(ids)
            fill = app.desk.bulk.fill
            letters = fill(ids, MACRO, now)
            assert not any(one.level for one in letters), letters[0].concerns
            taken = [_processor(lambda: fill(ids, MACRO, now)) for _ in range(TIMES)]
            spent = 1e3 * statistics.median(taken)
            report.add(
                Figure("one macro to many tickets, filled", LETTERS, spent, "ms CPU", None, "<= 1,000")
            )
            few, many = (_peak(lambda n=n: fill(ids[:n], MACRO, now)) for n in (LETTERS // 10, LETTERS))
            report.add(Figure("  their memory, against a tenth of them", LETTERS, many, "MB", few, "<= 4 MB"))


def _processor(work: Callable[[], object]) -> float:
    """Seconds of processor time for one run."""
    began = time.process_time()
    work()
    return time.process_time() - began


def _peak(work: Callable[[], object]) -> float:
    """The peak of megabytes during a run, and the megabytes of its result."""
    tracemalloc.start()
    work()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak / 1e6


def _write_mails(folder: Path, now: int) -> None:
    for part in ("cur", "new", "tmp"):
        (folder / part).mkdir(parents=True)
    for n in range(LETTERS):
        at = now - _DAY + n
        mail = (
            f"From: Customer {n} <c{n}@mail.example>\nTo: help@oakandwool.example\n"
            f"Subject: Order {1001 + n}\nDate: {formatdate(at)}\nMessage-ID: <q{n}@mail.example>\n"
            f"Content-Type: text/plain; charset=utf-8\n\nHello,\n\nwhere is my order {1001 + n}? I have heard "
            f"nothing since I placed it.\n\nBest,\nCustomer {n}\n"
        )
        (folder / "cur" / f"{at}.M{n}.bench:2,S").write_text(mail)


def _write_orders(path: Path, now: int) -> None:
    heads = (
        "Name,Email,Financial Status,Fulfillment Status,Currency,Total,Created at,Lineitem quantity,"
        "Lineitem name,Lineitem price,Lineitem sku,Id"
    )
    with path.open("w", newline="", encoding="utf-8") as file:
        write = csv.writer(file).writerow
        write(heads.split(","))
        for n in range(LETTERS):
            day = time.strftime("%Y-%m-%d %H:%M:%S +0000", time.gmtime(now - 3 * _DAY))
            whole = [f"#{1001 + n}", f"c{n}@mail.example", "paid", "unfulfilled", "EUR", "22.00", day]
            write([*whole, 1, "Stoneware mug - blue", "22.00", "MUG-BLUE", 5_000_000 + n])


if __name__ == "__main__":
    measure(Report())

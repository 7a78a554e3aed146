"""What commands cost: `status`, as a status bar calls it every few seconds, the report, and orders from a file."""

import csv
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.measuring import Figure, Report, program, run, seconds

TIMES = 9
ORDERS = 10_000
NO_MAIL = 'work_from = "all"\n[shop]\nname = "Oak & Wool"\naddresses = ["help@oakandwool.example"]\n'
STORE = '[[store]]\nname = "oak"\npath = "orders.csv"\ncurrency = "EUR"\n'


def measure(report: Report, count: int, home: Path) -> None:
    """Commands over a synced database of `count` mails."""
    run("status", home=home)  # what it rests on is noted
    ours, floor = [], []
    for _ in range(TIMES):
        ours.append(processor(program("status", home=home)))
        floor.append(processor([sys.executable, "-c", "pass"]))
    status, bare = (1e3 * statistics.median(taken) for taken in (ours, floor))
    report.add(Figure("status, CPU, against python -c pass", count, status, "ms", bare, "<= 4x"))
    run("report", home=home)
    told = 1e3 * statistics.median(run("report", home=home)[0] for _ in range(3))
    report.add(Figure("report, the command as a whole", count, told, "ms", None, "<= 200"))


def measure_orders(report: Report) -> None:
    """New orders from a CSV file, per second of processor time; the floor only reads the file as CSV."""
    with tempfile.TemporaryDirectory(prefix="orders-") as folder:
        home = Path(folder)
        (home / "config.toml").write_text(NO_MAIL + STORE)
        write_orders(home / "orders.csv", ORDERS)
        with (home / "orders.csv").open(newline="") as file:
            floor = seconds(lambda: list(csv.DictReader(file)))
        taken, idle = (_sync(home) for _ in range(2))
        report.add(
            Figure(
                "orders from a file", ORDERS, ORDERS / (taken - idle), "/s CPU", ORDERS / floor, ">= 15,000"
            )
        )


def _sync(home: Path) -> float:
    before = resources()
    run("sync", home=home)
    return resources() - before


def write_orders(path: Path, count: int) -> None:
    """An export as Shopify writes it, with two lines for each order."""
    heads = "Name,Email,Financial Status,Fulfillment Status,Currency,Total,Created at,Lineitem quantity,Lineitem name,Lineitem price,Lineitem sku,Id"
    with path.open("w", newline="", encoding="utf-8") as file:
        write = csv.writer(file).writerow
        write(heads.split(","))
        for n in range(count):
            day = time.strftime("%Y-%m-%d %H:%M:%S +0200", time.gmtime(1_760_000_000 + 600 * n))
            whole = [f"#{1001 + n}", f"c{n % 7000}@mail.example", "paid", "fulfilled", "EUR", "44.00", day]
            write([*whole, 1, "Stoneware mug - blue", "22.00", "MUG-BLUE", 5_000_000 + n])
            write([whole[0], whole[1], *[""] * 5, 1, "Alpaca socks", "22.00", "SOCKS", ""])


def processor(argv: list[str]) -> float:
    """Seconds of processor time that a command takes, with its children."""
    before = resources()
    subprocess.run(argv, check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return resources() - before


def resources() -> float:
    """Seconds of processor time of all children that have ended."""
    spent = os.times()
    return spent.children_user + spent.children_system

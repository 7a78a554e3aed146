"""`python -m benchmarks 1000 10000`: every measurement at those numbers of mails."""

import sys
import tempfile
from pathlib import Path

from benchmarks import commanding, facing, figuring, mailing, picking, reading, rivals, syncing
from benchmarks.measuring import Report
from benchmarks.server import home_for, serving


def main(counts: list[int]) -> None:
    """Measure at each count, smallest first."""
    report = Report()
    report.head()
    reading.measure(report)
    commanding.measure_orders(report)
    picking.measure(report)
    mailing.measure(report)
    for count in sorted(counts):
        with tempfile.TemporaryDirectory(prefix="bench-") as folder, serving(count) as (server, size):
            home = home_for(server, Path(folder) / "home")
            syncing.measure(report, count, server, size, home)
            facing.measure(report, count, home)
            commanding.measure(report, count, home)
            figuring.measure(report, count, home)
            rivals.measure(report, count, server)
    report.growth()


if __name__ == "__main__":
    main([int(word) for word in sys.argv[1:]] or [1000])

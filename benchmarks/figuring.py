"""How long figures take over a synced database, with cold and warm samples, against one pass over the messages."""

import sqlite3
import statistics
import time
from pathlib import Path

from benchmarks.measuring import Figure, Report, seconds

TIMES = 5


def measure(report: Report, count: int, home: Path) -> None:
    """A week, a year and all pages, with `count` mails; the floor reads each message's time and ticket once."""
    from deskterm.cli.composition import assemble
    from deskterm.config.paths import Home
    from deskterm.desk.metrics import PeriodChoice
    from deskterm.domain.figures.periods import PeriodKind

    now = int(time.time())
    with assemble(Home(home)) as app:
        metrics = app.desk.metrics
        made = seconds(lambda: metrics.update_samples(now))
        report.add(Figure("samples of all tickets worked out", count, made, "s", _floor(app.home.database)))
        looks = (
            ("a week's first page", PeriodKind.WEEK, ("week",), "<= 200"),
            ("a year's first page", PeriodKind.YEAR, ("week",), "<= 1000"),
            ("all figures of a week", PeriodKind.WEEK, ("figures",), ""),
        )
        for what, kind, pages, goal in looks:
            choice = PeriodChoice(kind, 1 if kind is PeriodKind.WEEK else 0)
            taken = [
                seconds(lambda c=choice, p=pages: metrics.report(c, now, p, update=False))
                for _ in range(TIMES)
            ]
            report.add(Figure(f"figures: {what}", count, 1e3 * statistics.median(taken), "ms", None, goal))


def _floor(path: Path) -> float:
    own = sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)
    try:
        return seconds(lambda: own.execute("SELECT ticket_id, at, direction FROM message").fetchall())
    finally:
        own.close()

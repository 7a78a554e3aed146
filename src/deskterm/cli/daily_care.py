"""Looks after the database while the desk is open: is it sound, and is there a backup of today."""

import time
from collections.abc import Callable
from threading import Event
from typing import TYPE_CHECKING

from deskterm.cli.backup import daily
from deskterm.cli.composition import App
from deskterm.cli.weekly_report import write_last_week
from deskterm.desk.upkeep.health import check_database, raise_lost_log
from deskterm.errors import DesktermError, NotNow

if TYPE_CHECKING:
    from deskterm.app.background import ReportProblem

_FIRST = 3.0  # seconds after the start: mail comes first
_AGAIN = 600.0  # seconds between checks whether a backup is due


def run_daily_care(app: App, report: "ReportProblem", stop: Event) -> None:
    """Check the database once, then back it up daily, until `stop`. `report` is called with each result.

    A damaged database is not backed up, since that would push out the good backups.
    """
    if stop.wait(_FIRST):
        return
    _run_task("log", report, lambda: raise_lost_log(app.db))
    if not _run_task("check", report, lambda: check_database(app.db, stop.is_set)):
        return
    while not stop.is_set():
        _run_task("backup", report, lambda: daily(app.home, stop.is_set))
        _run_task("report", report, lambda: write_last_week(app, int(time.time())))
        stop.wait(_AGAIN)


def _run_task(what: str, report: "ReportProblem", work: Callable[[], object]) -> bool:
    """Do the work and report it; gives whether it went well."""
    try:
        work()
    except NotNow:  # the desk is being closed
        return False
    except DesktermError as error:
        report(what, error)
        return False
    report(what, None)
    return True

"""Looks after the database while the desk is open: is it sound, and is there a backup of today."""

import time
from collections.abc import Callable
from threading import Event
from typing import TYPE_CHECKING

from deskterm.cli.backup import daily
from deskterm.cli.composition import App
from deskterm.cli.weekly_report import write_last_week
from deskterm.desk.upkeep.health import look_over, tell_lost_log
from deskterm.errors import DesktermError, NotNow

if TYPE_CHECKING:
    from deskterm.app.background import ReportProblem

_FIRST = 3.0  # seconds after the start: mail comes first
_AGAIN = 600.0  # seconds between checks whether a backup is due


def tend(fit: App, told: "ReportProblem", stop: Event) -> None:
    """Check the database once, then back it up daily, until `stop`. `told` is called with each result.

    A damaged database is not backed up, since that would push out the good backups.
    """
    if stop.wait(_FIRST):
        return
    _did("log", told, lambda: tell_lost_log(fit.db))
    if not _did("check", told, lambda: look_over(fit.db, stop.is_set)):
        return
    while not stop.is_set():
        _did("backup", told, lambda: daily(fit.home, stop.is_set))
        _did("report", told, lambda: write_last_week(fit, int(time.time())))
        stop.wait(_AGAIN)


def _did(what: str, told: "ReportProblem", work: Callable[[], object]) -> bool:
    """Do the work and report it; gives whether it went well."""
    try:
        work()
    except NotNow:  # the desk is being closed
        return False
    except DesktermError as error:
        told(what, error)
        return False
    told(what, None)
    return True

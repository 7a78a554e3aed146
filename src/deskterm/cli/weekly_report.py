"""Writes each week's report into a folder once the week is over, if the settings name one."""

from datetime import date, timedelta
from pathlib import Path

from deskterm.cli.composition import App
from deskterm.errors import ConfigError

_MOST = 13  # weeks caught up after a long pause


def write_last_week(app: App, now: int) -> Path | None:
    """Write the pages of finished weeks since the last page; gives the newest. Raises ConfigError.

    In a folder without pages, only the last week is written.
    """
    if not app.settings.report_folder:
        return None
    folder = Path(app.settings.report_folder)
    today = app.formats.local(now).date()
    last = today - timedelta(days=today.weekday() + 7)
    missing = []
    for back in range(_MOST):
        path = _page_of(folder, last - timedelta(weeks=back))
        if path.exists():
            break
        missing.append(last - timedelta(weeks=back))
    else:
        del missing[1:]
    for monday in reversed(missing):
        _write(app, folder, monday, now)
    return _page_of(folder, last) if missing else None


def _page_of(folder: Path, monday: date) -> Path:
    week = monday.isocalendar()
    return folder / f"{week.year}-W{week.week:02}.html"


def _write(app: App, folder: Path, monday: date, now: int) -> None:
    from deskterm.cli.report import write  # noqa: PLC0415 - once a week
    from deskterm.config.files import write_private  # noqa: PLC0415 - as above
    from deskterm.desk.metrics import PeriodChoice  # noqa: PLC0415 - as above

    today = app.formats.local(now).date()
    weeks = (today - timedelta(days=today.weekday()) - monday).days // 7
    choice = PeriodChoice(back=weeks - (today.weekday() == 0))  # on a Monday the last full week is 0
    page = write(app, app.desk.metrics.report(choice, now), "html")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        write_private(_page_of(folder, monday), page.encode())
    except OSError as error:
        raise ConfigError(
            f"The week's report cannot be written into {folder}: {error.strerror}.",
            safe="The figures are still in the desk.",
            todo="Check report_folder in config.toml.",
        ) from error

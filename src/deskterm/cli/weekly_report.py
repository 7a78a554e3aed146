"""The report of each week, written into a folder once the week is over, if the settings name one."""

from datetime import timedelta
from pathlib import Path

from deskterm.cli.composition import App
from deskterm.errors import ConfigError

_MONDAY = 0


def write_last_week(fit: App, now: int) -> Path | None:
    """Write the last full week's page, unless it is there already; gives where. ConfigError."""
    if not fit.settings.report_folder:
        return None
    today = fit.formats.local(now).date()
    last = (today - timedelta(days=today.weekday() + 7)).isocalendar()
    path = Path(fit.settings.report_folder) / f"{last.year}-W{last.week:02}.html"
    if path.exists():
        return None
    from deskterm.cli.report import write  # noqa: PLC0415 - once a week
    from deskterm.config.files import write_private  # noqa: PLC0415 - as above
    from deskterm.desk.metrics import PeriodChoice  # noqa: PLC0415 - as above

    choice = PeriodChoice(back=0 if today.weekday() == _MONDAY else 1)
    page = write(fit, fit.desk.metrics.report(choice, now), "html")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_private(path, page.encode())
    except OSError as error:
        raise ConfigError(
            f"The week's report cannot be written into {path.parent}: {error.strerror}.",
            safe="The figures are in the desk.",
            todo="Look at report_folder in config.toml.",
        ) from error
    return path

"""Times as Shopify writes them."""

from datetime import UTC, datetime

from deskterm.domain.text import line
from deskterm.sync.stores.reading import BrokenRow

_STEP_BACK = 300  # seconds: the search that finds changes lags behind them
_FORM = "%Y-%m-%dT%H:%M:%SZ"


def utc_seconds(text: str) -> int:
    """A time as Shopify writes it (ISO 8601 with an offset), as UTC seconds. BrokenRow for anything else."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError as error:
        raise BrokenRow(f'the time "{line(text[:30])}" is none') from error
    return int((found if found.tzinfo else found.replace(tzinfo=UTC)).timestamp())


def write_time(at: int) -> str:
    """UTC seconds as Shopify writes them."""
    return datetime.fromtimestamp(at, UTC).strftime(_FORM)


def step_back(since: str) -> str:
    """A little earlier than a time of Shopify's, as its search lags behind changes."""
    return write_time(utc_seconds(since) - _STEP_BACK)


def not_later(newest: str, now: int) -> str:
    """The time to go on from: one order dated into the future must not hide all that change before it."""
    return min(newest, write_time(now))

"""Times as Shopify writes them."""

from datetime import UTC, datetime

from deskterm.sync.stores.reading import utc_seconds

_STEP_BACK = 300  # seconds: the search that finds changes lags behind them
_FORM = "%Y-%m-%dT%H:%M:%SZ"


def write_time(at: int) -> str:
    """UTC seconds as Shopify writes them."""
    return datetime.fromtimestamp(at, UTC).strftime(_FORM)


def step_back(since: str) -> str:
    """A little earlier than a time of Shopify's, as its search lags behind changes."""
    return write_time(utc_seconds(since) - _STEP_BACK)


def not_later(newest: str, now: int) -> str:
    """The time to go on from: one order dated into the future must not hide all that change before it."""
    return min(newest, write_time(now))

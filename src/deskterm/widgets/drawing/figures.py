"""The figures of a report in words: short enough for a column, and never more exact than they are."""

from typing import Literal

from deskterm.domain.figures.values import Figure
from deskterm.domain.formats import Formats

_FEWEST_FOR_SHARE = 10  # below it a percentage pretends
_MINUTE, _HOUR, _DAY = 60, 3600, 86400
NOTHING = "–"

Trend = Literal["better", "worse", ""]


def span(seconds: float) -> str:
    """Give a time span in two units at most, as lists and tickets write it: `42m`, `3h 20m`, `2d 4h`."""
    minutes = (int(abs(seconds) + 0.5) + _MINUTE // 2) // _MINUTE
    if minutes * _MINUTE < _DAY:
        return Formats.duration(minutes * _MINUTE)
    return Formats.duration((minutes * _MINUTE + _HOUR // 2) // _HOUR * _HOUR)


def amount(figure: Figure, value: float | None) -> str:
    """Give `value` in the unit of `figure`."""
    if value is None:
        return NOTHING
    if figure.unit == "seconds":
        return span(value)
    if figure.unit == "share":
        return f"{value * 100:.0f} %"
    return f"{value:.0f}" if float(value).is_integer() else f"{value:.1f}"


def value(figure: Figure) -> str:
    """Give the figure's value; a share of fewer than ten as `3 of 7`."""
    if figure.unit == "share" and figure.value is not None and figure.n < _FEWEST_FOR_SHARE:
        return f"{figure.value * figure.n:.0f} of {figure.n}"
    return amount(figure, figure.value)


def before(figure: Figure) -> str:
    """Give the value of the period before; a share of fewer than ten as `2 of 5`."""
    few = figure.unit == "share" and 0 < figure.before_n < _FEWEST_FOR_SHARE
    if few and figure.before is not None:
        return f"{figure.before * figure.before_n:.0f} of {figure.before_n}"
    return amount(figure, figure.before)


def change(figure: Figure) -> str:
    """Give the difference to the period before, signed; empty where there is nothing to compare."""
    if figure.value is None or figure.before is None:
        return ""
    difference = _as_shown(figure, figure.value) - _as_shown(figure, figure.before)
    if figure.unit == "share":
        if min(figure.n, figure.before_n or figure.n) < _FEWEST_FOR_SHARE:
            return ""
        points = round(difference * 100)
        return f"{_sign(points)}{abs(points)} points" if points else "same"
    written = amount(figure, abs(difference))
    return "same" if written in ("0", "0m") else _sign(difference) + written


def _as_shown(figure: Figure, value: float) -> float:
    """The value as its words say it: the difference of two figures is that of what is read."""
    if figure.unit != "seconds":
        return value
    unit = _MINUTE if value + _MINUTE // 2 < _DAY else _HOUR
    return int(value / unit + 0.5) * unit


def _sign(number: float) -> str:
    return "+" if number > 0 else "−"


def trend(figure: Figure) -> Trend:
    """Say whether the change is for the better, for the worse, or neither."""
    if change(figure) in ("", "same") or figure.value is None or figure.before is None:
        return ""
    direction = (1 if figure.value > figure.before else -1) * figure.better
    return "better" if direction > 0 else "worse" if direction < 0 else ""


def worst(figure: Figure) -> str:
    """Give the nine-in-ten line of a figure that has one."""
    return "" if figure.p90 is None else f"9 of 10 within {amount(figure, figure.p90)}"

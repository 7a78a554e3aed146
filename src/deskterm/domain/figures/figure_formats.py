"""Formatting figures: short enough for a column, with no more digits than they deserve."""

from typing import Literal

from deskterm.domain.figures.samples import FEWEST_FOR_SHARE
from deskterm.domain.figures.values import Figure
from deskterm.domain.formats import Formats
from deskterm.domain.orders.order import Money

_FEW = 10  # below it a median says little
_MINUTE, _HOUR, _DAY = 60, 3600, 86400
NOTHING = "–"

Trend = Literal["better", "worse", ""]


def span(seconds: float) -> str:
    """A time span in at most two units, as in lists and tickets: `<1m`, `42m`, `3h 20m`, `2d 4h`."""
    minutes = (int(abs(seconds) + 0.5) + _MINUTE // 2) // _MINUTE
    if not minutes and seconds:
        return "<1m"
    if minutes * _MINUTE < _DAY:
        return Formats.duration(minutes * _MINUTE)
    return Formats.duration((minutes * _MINUTE + _HOUR // 2) // _HOUR * _HOUR)


class FigureWords:
    """Formats figures with the owner's number and money formats."""

    def __init__(self, formats: Formats) -> None:
        self._formats = formats

    def date(self, at: int) -> str:
        """`7 Nov 2025`, in the owner's order."""
        return self._formats.date(at)

    def amount(self, figure: Figure, value: float | None) -> str:
        """`value` in the unit of `figure`."""
        if value is None:
            return NOTHING
        if figure.unit == "seconds":
            return span(value)
        if figure.unit == "share":
            return f"{value * 100:.0f} %"
        if figure.unit == "money":
            return self._formats.money(Money(round(value), figure.currency)) if figure.currency else NOTHING
        return f"{value:.0f}" if float(value).is_integer() else f"{value:.1f}"

    def value(self, figure: Figure) -> str:
        """The figure's value; a share of fewer than ten as `3 of 7`."""
        return self._of(figure, 0, figure.value, figure.n)

    def before(self, figure: Figure) -> str:
        """The value of the period before; a share of fewer than ten as `2 of 5`."""
        return self._of(figure, 1, figure.before, figure.before_n)

    def year_ago(self, figure: Figure) -> str:
        """The value of the year before; a share of fewer than ten as `2 of 5`."""
        return self._of(figure, 2, figure.year_ago, figure.year_ago_n)

    def _of(self, figure: Figure, place: int, value: float | None, n: int) -> str:
        if value is not None and 0 < n < FEWEST_FOR_SHARE:
            if figure.unit == "share":
                return f"{value * n:.0f} of {n}"
            if figure.unit == "balance":
                promoters, detractors = figure.sides[place]
                return f"+{promoters} −{detractors}"
        return self.amount(figure, value)

    def change(self, figure: Figure) -> str:
        """The difference to the period before, signed; empty where there is nothing to compare."""
        if figure.value is None or figure.before is None:
            return ""
        difference = _as_shown(figure, figure.value) - _as_shown(figure, figure.before)
        fewest = min(figure.n, figure.before_n or figure.n)
        if figure.unit in ("share", "balance") and fewest < FEWEST_FOR_SHARE:
            return ""
        if figure.unit == "share":
            points = round(difference * 100)
            return f"{_sign(points)}{abs(points)} points" if points else "same"
        if not difference:
            return "same"
        written = self.amount(figure, abs(difference))
        return "same" if written in ("0", "0m", "0.0") else _sign(difference) + written

    def trend(self, figure: Figure) -> Trend:
        """Whether the change is for the better, for the worse, or neither."""
        if self.change(figure) in ("", "same") or figure.value is None or figure.before is None:
            return ""
        direction = (1 if figure.value > figure.before else -1) * figure.better
        return "better" if direction > 0 else "worse" if direction < 0 else ""

    def worst(self, figure: Figure) -> str:
        """The 90th percentile of a figure that has one."""
        return "" if figure.p90 is None else f"9 of 10 within {self.amount(figure, figure.p90)}"

    def explanation(self, figure: Figure) -> list[str]:
        """Sentences on how a figure is counted, from how many, and what is left out."""
        parts = [figure.definition, counted_from(figure), balance_of_few(figure), figure.note]
        if is_small(figure):
            parts.append("few: do not read much into it")
        if self.worst(figure):
            parts.append(self.worst(figure))
        if never_noted(figure):
            parts.append(figure.asks)
        return [*filter(None, parts), *_left_out(figure)]

    def in_a_line(self, figure: Figure) -> str:
        """A figure of a table with all its details but the definition."""
        counted = "" if figure.unit == "tickets" else f" from {counted_from(figure)}"
        parts = [
            self.value(figure) + counted,
            "few" if is_small(figure) else "",
            balance_of_few(figure),
            self.worst(figure),
            *_left_out(figure),
            f"before {self.before(figure)}",
            f"a year ago {self.year_ago(figure)}",
        ]
        return f"{figure.title}: {'; '.join(filter(None, parts))}"


def _left_out(figure: Figure) -> list[str]:
    return [f"left out: {count} {why}" for why, count in figure.left_out if count]


def count_mark(figure: Figure) -> str:
    """`n 23`, `few 3`: how many a value in a table was counted from, where the value does not say it."""
    if figure.unit == "tickets" or (figure.total and figure.unit == "count") or not figure.n:
        return ""
    if not is_small(figure):
        return f"n {figure.n}"
    return "few" if figure.unit == "share" else f"few {figure.n}"


_NOUNS = {"per 100 orders": "order", "share": "case", "money": "case", "balance": "answer"}
_NOUNS_OF_FAMILIES = {"Retention": "customer", "Satisfaction": "answer"}


def counted_from(figure: Figure) -> str:
    """`12 tickets`, `40 orders`: what a figure was counted from."""
    noun = _NOUNS_OF_FAMILIES.get(figure.family) or _NOUNS.get(figure.unit, "ticket")
    if figure.total and figure.unit == "count":
        noun = "case"
    return f"{figure.n} {noun}{'' if figure.n == 1 else 's'}"


def is_small(figure: Figure) -> bool:
    """Whether a median, mean or share was counted from too few samples."""
    return not figure.total and 0 < figure.n < _FEW and figure.unit != "tickets"


def balance_of_few(figure: Figure) -> str:
    """`1 promoter, 0 detractors of 1`, where a balance has so few answers; else empty."""
    if figure.unit != "balance" or not is_small(figure):
        return ""
    promoters, detractors = figure.sides[0]
    return (
        f"{promoters} promoter{'s' * (promoters != 1)}, {detractors} detractor{'s' * (detractors != 1)} "
        f"of {figure.n}"
    )


def never_noted(figure: Figure) -> bool:
    """Whether there is nothing of its kind in either period, so that the figure says why instead."""
    known = figure.n or figure.before_n or figure.year_ago_n or figure.left_out
    return bool(figure.asks and not known)


def _as_shown(figure: Figure, value: float) -> float:
    """The value rounded as displayed, so that differences match the displayed values."""
    if figure.unit == "share":
        return float(f"{value * 100:.0f}") / 100
    if figure.unit != "seconds":
        return round(value) if figure.unit == "money" else float(f"{value:.1f}")
    unit = _MINUTE if value + _MINUTE // 2 < _DAY else _HOUR
    return int(value / unit + 0.5) * unit


def _sign(number: float) -> str:
    return "+" if number > 0 else "−"

"""The figures of a week as values. Each prints its definition and opens its tickets."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of a period beside the period before.

    `value` and `before` are None where there is nothing to compute. `unit` is
    one of seconds, share, count, tickets. `p90` only from 20 tickets on.
    `tickets` are the ones behind it, `left_out` says who was not counted and
    how many, `series` the last periods, oldest first, for the sparkline.
    """

    id: str
    title: str
    definition: str
    unit: str
    value: float | None
    before: float | None
    n: int
    tickets: tuple[int, ...]
    p90: float | None = None
    left_out: tuple[tuple[str, int], ...] = ()
    series: tuple[float | None, ...] = ()
    better: int = -1  # -1: less is better, 1: more is better, 0: neither
    before_n: int = 0  # how many tickets stand behind `before`


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a split: its label, this period's and the last one's count, the tickets behind it."""

    label: str
    value: int
    before: int
    tickets: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class FiguresReport:
    """A period's figures. Times are UTC seconds; `compared` says in words with what."""

    start: int
    end: int
    title: str  # "Week 47, Mon 16 to Fri 20 Nov, so far"
    compared: str  # "the same stretch of week 46"
    business_hours: bool
    figures: tuple[Figure, ...]
    volume: tuple[Bar, ...]
    volume_definition: str = ""

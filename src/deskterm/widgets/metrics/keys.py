"""Keys of the metrics screen's rows: each leads to the tickets behind it."""

from dataclasses import field

from deskterm.domain.figures.values import Advice, Curve, Figure, Remark, SplitRow
from deskterm.value_class import dataclass


@dataclass(frozen=True, slots=True)
class FigureKey:
    """A figure; the same figure after a new count is the same row."""

    id: str
    figure: Figure = field(compare=False)


@dataclass(frozen=True, slots=True)
class BarKey:
    """A row of a table; equal after a new count, too."""

    table: str
    label: str
    row: SplitRow = field(compare=False)


@dataclass(frozen=True, slots=True)
class AdviceKey:
    """A sentence of advice."""

    place: int
    advice: Advice = field(compare=False)


@dataclass(frozen=True, slots=True)
class RemarkKey:
    """A remark, or something due."""

    place: int
    remark: Remark = field(compare=False)


@dataclass(frozen=True, slots=True)
class DayKey:
    """A weekday of the grid of hours, with the tickets of each hour."""

    weekday: int
    hours: tuple[tuple[int, ...], ...] = field(compare=False)


@dataclass(frozen=True, slots=True)
class CurveKey:
    """A curve of the chart; `step` stands before the names of its periods, as in "week 47"."""

    id: str
    curve: Curve = field(compare=False)
    step: str = ""

"""Bars and sparklines as text: numbers in, block characters out. Readable without colour."""

from collections.abc import Sequence
from typing import NamedTuple

_STEPS = "▁▂▃▄▅▆▇"  # no full block, so that neighbouring rows do not touch
_NOTHING = "·"


def sparkline(series: Sequence[float | None], width: int) -> str:
    """The last `width` values as one character each; the greatest is the highest step.

    The scale begins at zero, or, if the values are close together, so far below the smallest that its step is
    a third of the height: small changes stay visible, and the lowest step never looks like nothing. A period
    without a value is a dot.
    """
    shown = list(series)[-width:] if width > 0 else []
    known = [value for value in shown if value is not None]
    if not known:
        return _NOTHING * len(shown)
    least, most = min(known), max(known)
    floor = max(0.0, least - (most - least) / 2) if most > least else 0.0
    return "".join(_NOTHING if value is None else _step(value - floor, most - floor) for value in shown)


def _step(value: float, most: float) -> str:
    if most <= 0:
        return _STEPS[0]
    return _STEPS[min(len(_STEPS) - 1, max(0, round(value / most * (len(_STEPS) - 1))))]


def widen(sign: str, cells: int) -> str:
    """One sign of a sparkline over several cells, the last of which keeps it apart from the next."""
    return sign * max(1, cells - 1) + " " * (cells > 1)


def length(value: float, most: float, width: int) -> int:
    """How many cells `value` takes if `most` fills `width`: at least one, unless it is zero."""
    if value <= 0 or most <= 0 or width <= 0:
        return 0
    return max(1, min(width, round(value / most * width)))


BAR, TICK = "▄", "|"  # both leave a gap to the row above


class BarWithTick(NamedTuple):
    """A bar cut at the tick: the part before, the tick, the part beyond."""

    bar: str
    tick: str
    beyond: str


def bar_with_tick(value: float, before: float, most: float, width: int) -> BarWithTick:
    """`value` as a bar of half a line's height, and `before` as a tick where its bar would end.

    The scale: `most` takes all of `width` except the tick's cell.
    """
    now, then = length(value, most, width - 1), length(before, most, width - 1)
    if not then:
        return BarWithTick(BAR * now, "", "")
    return BarWithTick((BAR * min(now, then)).ljust(then), TICK, BAR * (now - then - 1))


def columns(
    series: Sequence[float | None], other: Sequence[float | None], height: int, step: int
) -> list[str]:
    """A chart of `height` lines, top first, `step` cells per period: columns for `series`, dots for `other`.

    Both have the same scale. A dot inside a column is drawn as a hole, so no colour is needed.
    """
    most = max((value for value in (*series, *other) if value is not None), default=0) or 1
    lines = []
    for row in range(height - 1, -1, -1):
        cells = (_cell(value, dot, row, height, most) for value, dot in zip(series, other, strict=True))
        lines.append("".join(_widen(cell, step) for cell in cells))
    return lines


def _cell(value: float | None, dot: float | None, row: int, height: int, most: float) -> tuple[str, bool]:
    """The block of a period in one line, and whether the other series has its dot there."""
    eighths = round((value or 0) / most * height * 8) - row * 8
    block = " ▁▂▃▄▅▆▇█"[min(8, max(0, eighths))]
    has_dot = dot is not None and min(height - 1, int(dot / most * height)) == row
    return block, has_dot


def _widen(cell: tuple[str, bool], step: int) -> str:
    block, has_dot = cell
    wide = max(1, step - 1)
    text = block * wide
    if has_dot:
        middle = wide // 2
        text = text[:middle] + "●" + text[middle + 1 :]
    return text + " " * (step - wide)


_HEAT = "·░▒▓█"


def heat(values: Sequence[int], most: int) -> str:
    """One character per value: a dot for zero, then darker up to `most`."""
    return "".join(
        _HEAT[0] if not value else _HEAT[min(4, 1 + int(3 * (value - 1) / max(1, most - 1)))]
        for value in values
    )

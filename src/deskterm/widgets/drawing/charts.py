"""Bars and sparklines as text: numbers in, block characters out. No colour is needed to read them."""

from collections.abc import Sequence
from typing import NamedTuple

_STEPS = "▁▂▃▄▅▆▇"  # no full block: the lines of neighbouring rows stay apart
_NOTHING = "·"


def sparkline(series: Sequence[float | None], width: int) -> str:
    """Give the last `width` values as one character each; the greatest is the highest step.

    The line begins at zero, or where values lie close together so far below the
    least of them that its step is a third of the height: small changes stay visible,
    and a low step is never nothing. A period without a value is a dot: nothing is not little.
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


def length(value: float, most: float, width: int) -> int:
    """Give how many cells `value` takes where `most` fills `width`: one at least, unless it is zero."""
    if value <= 0 or most <= 0 or width <= 0:
        return 0
    return max(1, min(width, round(value / most * width)))


BAR, TICK = "▄", "|"  # both leave a gap to the row above: neighbouring bars do not run together


class BarWithTick(NamedTuple):
    """A bar cut where the tick stands: what is before it, the tick, what of the bar is beyond it."""

    bar: str
    tick: str
    beyond: str


def bar_with_tick(value: float, before: float, most: float, width: int) -> BarWithTick:
    """Give `value` as a bar of half a line's height, and `before` as a tick where its bar would end.

    Both are drawn to the scale where `most` takes all of `width` but the cell of the tick.
    """
    now, then = length(value, most, width - 1), length(before, most, width - 1)
    if not then:
        return BarWithTick(BAR * now, "", "")
    return BarWithTick((BAR * min(now, then)).ljust(then), TICK, BAR * (now - then - 1))


def columns(
    series: Sequence[float | None], other: Sequence[float | None], height: int, step: int
) -> list[str]:
    """A chart of `height` lines, top first, `step` cells a period: columns for `series`, dots for `other`.

    Both are drawn to one scale. A dot inside a column is a hole in it, so that no colour is needed.
    """
    most = max((value for value in (*series, *other) if value is not None), default=0) or 1
    lines = []
    for row in range(height - 1, -1, -1):
        cells = (_cell(value, dot, row, height, most) for value, dot in zip(series, other, strict=True))
        lines.append("".join(_widen(cell, step) for cell in cells))
    return lines


def _cell(value: float | None, dot: float | None, row: int, height: int, most: float) -> tuple[str, bool]:
    """The block of a period in one line, and whether the dot of the other series is there."""
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
    """One character a value: a dot for none, then ever darker up to `most`."""
    return "".join(
        _HEAT[0] if not value else _HEAT[min(4, 1 + int(3 * (value - 1) / max(1, most - 1)))]
        for value in values
    )

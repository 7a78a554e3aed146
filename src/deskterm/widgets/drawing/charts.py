"""Bars and sparklines as text: numbers in, block characters out. No colour is needed to read them."""

from collections.abc import Sequence

_STEPS = "▁▂▃▄▅▆▇█"
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


def length(value: int, most: int, width: int) -> int:
    """Give how many cells `value` takes where `most` fills `width`: one at least, unless it is zero."""
    if value <= 0 or most <= 0 or width <= 0:
        return 0
    return max(1, min(width, round(value / most * width)))


def pair(value: int, before: int, most: int, width: int) -> tuple[str, str, str]:
    """Give two bars in one line of text: `value` in the upper half of the cells, `before` in the lower.

    They come as three runs: where both stand, where only this one does, where only that one does.
    """
    now, then = length(value, most, width), length(before, most, width)
    both = min(now, then)
    return "█" * both, "▀" * (now - both), "▄" * (then - both)

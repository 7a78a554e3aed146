"""Charts as SVG for the HTML page; its style sheet sets the colours, for light and dark."""

from collections.abc import Sequence
from html import escape

from deskterm.domain.figures.values import Curve, HourGrid

_WIDTH, _HEIGHT, _LEFT, _BOTTOM = 720, 200, 44, 22
_ABOVE = 8  # room for the number and the dot at the top of the scale
_CELL, _ROW = 26, 22
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def sparkline(series: Sequence[float | None], title: str) -> str:
    """A small line without axes; a period without a value is a gap."""
    known = [value for value in series if value is not None]
    most = max(known, default=0) or 1
    step = 96 / max(1, len(series) - 1)
    points = [(2 + n * step, 20 - 17 * value / most) for n, value in enumerate(series) if value is not None]
    if not points:
        return ""
    drawn = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    x, y = points[-1]
    return (
        f'<svg class="spark" viewBox="0 0 100 24" role="img" aria-label="{escape(title)}">'
        f'<polyline points="{drawn}"/><circle cx="{x:.1f}" cy="{y:.1f}" r="2.2"/></svg>'
    )


def chart(curves: Sequence[Curve]) -> str:
    """Columns for the first curve, a line for the second, over the same periods and on one scale."""
    first, names = curves[0].figure, curves[0].names
    series = [curve.figure.series for curve in curves]
    most = max((value for one in series for value in one if value is not None), default=0) or 1
    step = (_WIDTH - _LEFT) / max(1, len(names))
    parts = [_axis(most)]
    for place, value in enumerate(first.series):
        height = (_HEIGHT - _BOTTOM) * (value or 0) / most
        x, y = _LEFT + place * step + step * 0.15, _HEIGHT - _BOTTOM - height
        tip = f"{names[place]}: {value or 0:g}"
        parts.append(
            f'<rect class="bar" x="{x:.1f}" y="{y:.1f}" width="{step * 0.7:.1f}" height="{height:.1f}">'
            f"<title>{escape(tip)}</title></rect>"
        )
        middle = _LEFT + (place + 0.5) * step
        parts.append(f'<text class="name" x="{middle:.1f}" y="{_HEIGHT - 6}">{escape(names[place])}</text>')
    parts.extend(_line(curve.figure.series, step, most) for curve in curves[1:])
    label = " and ".join(curve.figure.title for curve in curves)
    return (
        f'<svg class="chart" viewBox="0 {-_ABOVE} {_WIDTH} {_HEIGHT + _ABOVE}" role="img"'
        f' aria-label="{escape(label)}">'
        + "".join(parts) + "</svg>"
    )  # fmt: skip


def _axis(most: float) -> str:
    lines = []
    for part in (0, 0.5, 1):
        y = (_HEIGHT - _BOTTOM) * (1 - part) + (8 if part == 1 else 0)
        lines.append(f'<text class="scale" x="{_LEFT - 6}" y="{y:.1f}">{most * part:g}</text>')
        height = (_HEIGHT - _BOTTOM) * (1 - part)
        lines.append(f'<line class="grid" x1="{_LEFT}" x2="{_WIDTH}" y1="{height:.1f}" y2="{height:.1f}"/>')
    return "".join(lines)


def _line(series: Sequence[float | None], step: float, most: float) -> str:
    points = [
        (_LEFT + (n + 0.5) * step, (_HEIGHT - _BOTTOM) * (1 - value / most))
        for n, value in enumerate(series)
        if value is not None
    ]
    drawn = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    dots = "".join(f'<circle class="dot" cx="{x:.1f}" cy="{y:.1f}" r="3"/>' for x, y in points)
    return f'<polyline class="line" points="{drawn}"/>{dots}'


def hour_grid(grid: HourGrid) -> str:
    """A square for each hour of each weekday, the fuller the darker, with its number."""
    most = max((len(cell) for day in grid.tickets for cell in day), default=0) or 1
    width, height = _LEFT + 24 * _CELL, 8 * _ROW
    parts = [
        f'<text class="name" x="{_LEFT + (hour + 0.5) * _CELL:.0f}" y="14">{hour}</text>'
        for hour in range(0, 24, 3)
    ]
    for weekday, day in enumerate(grid.tickets):
        y = (weekday + 1) * _ROW
        parts.append(f'<text class="scale" x="{_LEFT - 6}" y="{y + 15}">{_DAYS[weekday]}</text>')
        for hour, cell in enumerate(day):
            x = _LEFT + hour * _CELL
            deep = 0.12 + 0.78 * len(cell) / most if cell else 0.04
            parts.append(
                f'<rect class="heat" x="{x}" y="{y}" width="{_CELL - 2}" height="{_ROW - 2}" '
                f'fill-opacity="{deep:.2f}"><title>{_DAYS[weekday]} {hour}:00: {len(cell)}</title></rect>'
            )
    return (
        f'<svg class="chart" viewBox="0 0 {width} {height}" role="img" aria-label="{escape(grid.title)}">'
        + "".join(parts) + "</svg>"
    )  # fmt: skip

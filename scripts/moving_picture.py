"""A moving picture: pictures of screens, as one SVG that shows them one after the other.

A row that does not change between two pictures is drawn once. Plain SVG animation (SMIL) turns the rows on
and off, which browsers do inside an `<img>` too; a viewer that cannot animate shows the first picture.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

_ROW, _TEXT_AT, _RECT_AT = 24.4, 20.0, 1.5  # pixels: a row, and where its text and its ground begin
_STYLE = re.compile(r"\.([\w-]+-r\d+) \{([^}]*)\}")
_RECT = re.compile(r'<rect fill="[^"]*" x="[^"]*" y="([\d.]+)" width="[^"]*" height="24.65"[^>]*/>')
_TEXT = re.compile(r'<text class="([\w-]+-r\d+)" x="[^"]*" y="([\d.]+)"[^>]*>[^<]*</text>')
_CLIP = re.compile(r' clip-path="[^"]*"')
_BODY = re.compile(
    r'(<g transform="translate\(9, 41\)"[^>]*>).*?(<g class="[\w-]+-matrix")>.*(</g>\s*</g>\s*</svg>)',
    re.DOTALL,
)


@dataclass(slots=True)
class Film:
    """Collects pictures as Textual exports them, all of one size."""

    _rows: list[dict[int, str]] = field(default_factory=list)
    _seconds: list[float] = field(default_factory=list)
    _classes: dict[str, str] = field(default_factory=dict)  # what a style says -> its class
    _frame: str = ""

    def take(self, svg: str, seconds: float) -> None:
        """Add a picture that is shown for that many seconds."""
        self._frame = self._frame or svg
        rows = self._read(svg)
        if self._rows and rows == self._rows[-1]:
            self._seconds[-1] += seconds
        else:
            self._rows.append(rows)
            self._seconds.append(seconds)

    def develop(self) -> str:
        """The moving picture."""
        styles = "".join(f".{name} {{{says}}}\n" for says, name in self._classes.items())
        frame = _STYLE.sub("", self._frame).replace("</style>", f"{styles}</style>", 1)
        spans: dict[tuple[float, float], str] = {}
        for drawn, begin, end in self._spans():
            spans[begin, end] = spans.get((begin, end), "") + drawn
        moving = "".join(_span(drawn, *when, sum(self._seconds)) for when, drawn in spans.items())
        crisp = ' shape-rendering="crispEdges">'
        return _BODY.sub(lambda found: f"{found[1]}{found[2]}{crisp}{moving}{found[3]}", frame)

    def _read(self, svg: str) -> dict[int, str]:
        styles = dict(_STYLE.findall(svg))
        rows: dict[int, list[str]] = {}
        for found in _RECT.finditer(svg):
            ground = found[0].replace(' shape-rendering="crispEdges"', "")
            rows.setdefault(round((float(found[1]) - _RECT_AT) / _ROW), []).append(ground)
        for found in _TEXT.finditer(svg):
            name = self._classes.setdefault(styles[found[1]], f"s{len(self._classes)}")
            text = _CLIP.sub("", found[0].replace(found[1], name, 1)).replace("&#160;", "\u00a0")
            rows.setdefault(round((float(found[2]) - _TEXT_AT) / _ROW), []).append(text)
        return {row: "".join(parts) for row, parts in rows.items()}

    def _spans(self) -> Iterator[tuple[str, float, float]]:
        """Each row as often as it changes, with the share of the time in which it is visible."""
        whole = sum(self._seconds)
        for row in sorted({row for rows in self._rows for row in rows}):
            begin = at = 0.0
            shown = self._rows[0].get(row, "")
            for rows, seconds in zip(self._rows, self._seconds, strict=True):
                if rows.get(row, "") != shown:
                    yield shown, begin / whole, at / whole
                    shown, begin = rows.get(row, ""), at
                at += seconds
            yield shown, begin / whole, 1.0


def _span(drawn: str, begin: float, end: float, seconds: float) -> str:
    if (begin, end) == (0.0, 1.0):
        return drawn
    values, times = ["visible"], [0.0]
    if begin > 0:
        values, times = ["hidden", "visible"], [0.0, begin]
    if end < 1:
        values, times = [*values, "hidden"], [*times, end]
    moments = ";".join(f"{time:.4f}" for time in times)
    first = "" if begin == 0 else ' visibility="hidden"'
    animate = f'<animate attributeName="visibility" values="{";".join(values)}" keyTimes="{moments}"'
    return (
        f'<g{first}>{drawn}{animate} calcMode="discrete" dur="{seconds:.1f}s" repeatCount="indefinite"/></g>'
    )

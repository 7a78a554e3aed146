"""Writing a report as one HTML page: no scripts, nothing loaded, light and dark, printable."""

from collections.abc import Iterator
from html import escape

from deskterm.domain.figures.exports import svg
from deskterm.domain.figures.exports.as_tables import REMARKS, WordTable, comparison, word_tables
from deskterm.domain.figures.figure_formats import FigureWords
from deskterm.domain.figures.values import FiguresReport, Section

_POLICY = (
    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">"
)
_STYLE = """
:root { color-scheme: light dark; --ground: #fcfcfa; --side: #f2f4f6; --text: #18202a; --soft: #3c4756;
  --dim: #56616f; --act: #174fb5; --good: #1a6330; --bad: #a81f18; --line: #d9dee5; }
@media (prefers-color-scheme: dark) { :root { --ground: #0f141b; --side: #151c25; --text: #e6ebf2;
  --soft: #b4bdca; --dim: #8d99a9; --act: #8ab4f8; --good: #9bd6a3; --bad: #f5928c; --line: #2a3442; } }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 2rem 1.5rem 4rem; max-width: 60rem; background: var(--ground);
  color: var(--text); font: 15px/1.5 system-ui, -apple-system, "Segoe UI", sans-serif; }
h1 { font-size: 1.6rem; margin: 0; } h2 { font-size: 1.15rem; margin: 2.4rem 0 .4rem; }
h3 { font-size: .95rem; margin: 1.4rem 0 .3rem; color: var(--soft); }
p { margin: .3rem 0; color: var(--soft); }
ol.advice { padding: .8rem 1rem .8rem 2.4rem; background: var(--side); border-radius: .5rem; }
ol.advice li { margin: .3rem 0; } ol.advice small { display: block; color: var(--dim); }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
th { text-align: left; font-weight: 500; color: var(--dim); font-size: .85rem; }
th, td { padding: .22rem .7rem .22rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
td.right, th.right { text-align: right; } td { white-space: nowrap; }
td.strong { font-weight: 650; } td.good { color: var(--good); } td.bad { color: var(--bad); }
td.first { white-space: normal; width: 40%; min-width: 9rem; }
td.first small { display: block; color: var(--dim); font-size: .8rem; }
.chart { width: 100%; height: auto; margin: .6rem 0; }
.chart .bar, .chart .heat { fill: var(--act); } .chart .grid { stroke: var(--line); }
.chart .line { fill: none; stroke: var(--text); stroke-width: 2; } .chart .dot { fill: var(--text); }
.chart text { fill: var(--dim); font-size: 12px; } .chart .name { text-anchor: middle; }
.chart .scale { text-anchor: end; }
.spark { width: 5rem; height: 1.2rem; display: block; } .spark polyline { fill: none; stroke: var(--dim);
  stroke-width: 1.6; } .spark circle { fill: var(--act); }
dl { columns: 2; column-gap: 2rem; font-size: .85rem; } dt { font-weight: 600; break-after: avoid; }
dd { margin: 0 0 .7rem; color: var(--soft); break-inside: avoid; }
@media print { :root { font-size: 11px; } body { max-width: none; padding: 0; font-size: 1rem; }
  h2, h3 { break-after: avoid; } tr, svg { break-inside: avoid; } .scroll { overflow: visible; } }
@media (max-width: 40rem) { dl { columns: 1; } }
"""


def as_html(report: FiguresReport, words: FigureWords, shop: str = "") -> str:
    """The whole report, with its definitions at the end."""
    title = escape(f"{shop}: {report.title}" if shop else report.title)
    parts = [
        "<!doctype html>", '<html lang="en"><head><meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        _POLICY,
        f"<title>{title}</title><style>{_STYLE}</style></head><body>",
        f"<h1>{title}</h1><p>{escape(comparison(report))}.</p>",
        *_advice(report),
    ]  # fmt: skip
    for section in report.sections:
        parts += _section(section, words)
    parts += ["<h2>Definitions</h2><dl>"]
    parts += [f"<dt>{escape(one.title)}</dt><dd>{escape(one.definition)}</dd>" for one in report.figures]
    return "\n".join([*parts, "</dl></body></html>", ""])


def _advice(report: FiguresReport) -> Iterator[str]:
    if report.advice:
        yield '<h2>What to change</h2><ol class="advice">'
        for one in report.advice:
            yield f"<li>{escape(one.text)}<small>{escape(one.evidence)}</small></li>"
        yield "</ol>"


def _section(section: Section, words: FigureWords) -> Iterator[str]:
    yield f"<h2>{escape(section.title)}</h2>"
    for table in word_tables(section, words):
        if section.grid and table.title == section.grid.title:
            continue
        yield from _table(table, words)
    if section.curves:
        names = [curve.figure.title for curve in section.curves]
        yield f"<h3>{escape(names[0])} (columns) and {escape(' and '.join(names[1:]).lower())} (line)</h3>"
        yield svg.chart(section.curves)
    if section.grid:
        yield f"<h3>{escape(section.grid.title)}</h3>{svg.hour_grid(section.grid)}"


def _table(table: WordTable, words: FigureWords) -> Iterator[str]:
    if table.title:
        yield f"<h3>{escape(table.title)}</h3>"
    if not table.rows:
        yield f"<p>{escape(table.nothing)}</p>"
        return
    heads = "".join(
        f"<th{_right(table, at)}>{escape(name)}</th>"
        for at, name in enumerate(table.columns)
        if name != REMARKS
    )
    spark = "<th></th>" if table.figures else ""
    yield f'<div class="scroll"><table><thead><tr>{heads}{spark}</tr></thead><tbody>'
    for place, row in enumerate(table.rows):
        yield f"<tr>{''.join(_cells(table, row, place, words))}</tr>"
    yield "</tbody></table></div>"
    if table.note:
        yield f"<p>{escape(table.note)}</p>"


def _cells(table: WordTable, row: tuple[str, ...], place: int, words: FigureWords) -> Iterator[str]:
    """A row's cells; what is to be remarked stands small below its name."""
    trend = words.trend(table.figures[place]) if table.figures else ""
    remarks = row[-1] if table.columns[-1] == REMARKS else ""
    for at, text in enumerate(row):
        if table.columns[at] == REMARKS:
            continue
        small = f"<small>{escape(remarks)}</small>" if remarks and at == 0 else ""
        kinds = ["right"] if at in table.right else []
        kinds += ["first"] * (at == 0) + ["strong"] * (at == 1)
        if table.figures and table.columns[at] == "change":
            kinds += [{"better": "good", "worse": "bad"}.get(trend, "")]
        classes = " ".join(filter(None, kinds))
        yield f'<td class="{classes}">{escape(text)}{small}</td>' if classes else f"<td>{escape(text)}</td>"
    if table.figures:
        yield f"<td>{svg.sparkline(table.figures[place].series, row[0])}</td>"


def _right(table: WordTable, at: int) -> str:
    return ' class="right"' if at in table.right else ""

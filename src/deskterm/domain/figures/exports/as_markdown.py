"""Writing a report as Markdown, for a wiki or a notebook."""

from collections.abc import Iterator

from deskterm.domain.figures.exports.as_tables import WordTable, comparison, word_tables
from deskterm.domain.figures.figure_formats import FigureWords
from deskterm.domain.figures.values import FiguresReport

_SPECIAL = str.maketrans({one: f"\\{one}" for one in "\\`*_[]<>|#"})


def as_markdown(report: FiguresReport, words: FigureWords, *, definitions: bool = True) -> str:
    """The whole report; with `definitions` a list of them at the end."""
    lines = [f"# {escape(report.title)}", "", escape(comparison(report)) + "."]
    if report.advice:
        lines += ["", "## What to change", ""]
        lines += [
            f"{n}. {escape(one.text)} ({escape(one.evidence)})" for n, one in enumerate(report.advice, 1)
        ]
    for section in report.sections:
        lines += ["", f"## {escape(section.title)}"]
        for table in word_tables(section, words):
            lines += ["", *_table(table)]
    if definitions:
        lines += ["", "## Definitions", ""]
        lines += [f"- **{escape(one.title)}**: {escape(one.definition)}" for one in report.figures]
    return "\n".join(lines) + "\n"


def _table(table: WordTable) -> Iterator[str]:
    if table.title:
        yield f"### {escape(table.title)}"
        yield ""
    if not table.rows:
        yield escape(table.nothing)
        return
    yield _row(table.columns)
    yield "|" + "|".join("---:" if at in table.right else "---" for at in range(len(table.columns))) + "|"
    yield from map(_row, table.rows)
    if table.note:
        yield ""
        yield escape(table.note)


def _row(cells: tuple[str, ...]) -> str:
    return "| " + " | ".join(escape(cell) for cell in cells) + " |"


def escape(text: str) -> str:
    """Text with Markdown's special characters escaped."""
    return text.translate(_SPECIAL).replace("\n", " ")

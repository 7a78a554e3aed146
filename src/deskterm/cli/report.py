"""`deskterm report`: the figures of any period, as text or as a file."""

import gc
import sys
import time
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from deskterm.cli.arguments import json_option
from deskterm.cli.composition import assemble, home_of
from deskterm.cli.output import say, say_json, table
from deskterm.cli.progress import progress_on_terminal
from deskterm.cli.statuses import OK

if TYPE_CHECKING:
    from deskterm.cli.composition import App
    from deskterm.domain.figures.figure_formats import FigureWords
    from deskterm.domain.figures.values import FiguresReport

KINDS = ("week", "month", "quarter", "year")
FORMS = ("text", "markdown", "html", "csv", "json")


def arguments(parser: ArgumentParser) -> None:
    """Add the arguments of `report`."""
    parser.add_argument(
        "--span", choices=KINDS, default="week", help="how long the period is (default: week)"
    )
    parser.add_argument(
        "--back",
        type=int,
        default=0,
        metavar="N",
        help="N periods back (default: 0, the current one; on its first day, such as a Monday, "
        "0 is the last full one and -1 the current)",
    )
    parser.add_argument(
        "--from", dest="first", type=_day, metavar="DATE", help="the first day, as in 2026-01-31"
    )
    parser.add_argument("--to", dest="last", type=_day, metavar="DATE", help="the last day")
    parser.add_argument("--business", action="store_true", help="count only business hours")
    parser.add_argument("--definitions", action="store_true", help="print each figure's definition")
    parser.add_argument("--all", action="store_true", help="all pages, not only the first")
    parser.add_argument("--format", choices=FORMS, default="text", help="text, Markdown, HTML, CSV or JSON")
    parser.add_argument("--output", type=Path, metavar="FILE", help="write to this file")
    json_option(parser)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ArgumentTypeError(f"{text!r} is not a date; write it like 2026-01-31") from error


def run(args: Namespace) -> int:
    """Print a period, or write it to a file."""
    gc.disable()  # almost all that is made is needed to the end: collecting takes a fifth of a year's time
    try:
        return _print_or_write(args)
    finally:
        gc.enable()


def _print_or_write(args: Namespace) -> int:
    with assemble(home_of(args)) as app:
        form = "json" if args.json else args.format
        report = _report(app, args, whole=args.all or form != "text")
        if form == "json" and args.output is None:
            from deskterm.domain.figures.exports.as_values import as_values  # noqa: PLC0415 - only one format is needed

            say_json(as_values(report))
            return OK
        words = write(app, report, form, definitions=args.definitions)
        if args.output is None:
            sys.stdout.write(words)
        else:
            args.output.write_text(words, encoding="utf-8")
            say(f"Wrote {args.output}.")
        return OK


def _report(app: "App", args: Namespace, *, whole: bool) -> "FiguresReport":
    from deskterm.desk.metrics import EVERYTHING, PeriodChoice  # noqa: PLC0415 - as above
    from deskterm.domain.desk_state import ProgressReporter  # noqa: PLC0415 - as above
    from deskterm.domain.figures.periods import PeriodKind  # noqa: PLC0415 - as above

    now = int(time.time())
    first = args.first
    last = args.last or (max(first, app.formats.local(now).date()) if first else None)
    choice = PeriodChoice(PeriodKind(args.span), args.back, args.business, first, last)
    pages = EVERYTHING if whole else ("week", "figures")
    with progress_on_terminal(quiet=args.json) as report:
        return app.desk.metrics.report(
            choice, now, pages, series=whole, reporter=ProgressReporter(report, time.time)
        )


def write(app: "App", report: "FiguresReport", form: str, *, definitions: bool = False) -> str:
    """A report in one of its forms."""
    from deskterm.domain.figures.figure_formats import FigureWords  # noqa: PLC0415 - as above

    words = FigureWords(app.formats)
    writers: dict[str, Callable[[], str]] = {
        "text": lambda: "\n".join(_text(report, words, definitions=definitions)) + "\n",
        "markdown": lambda: _markdown(report, words),
        "html": lambda: _html(report, words, app.settings.shop.name),
        "csv": lambda: _csv(report),
        "json": lambda: _json(report),
    }
    return writers[form]()


def _text(report: "FiguresReport", words: "FigureWords", *, definitions: bool) -> list[str]:
    from deskterm.domain.figures.exports.as_tables import headline, word_tables  # noqa: PLC0415 - as above

    lines = [headline(report)]
    if report.advice:
        lines += ["", "What to change"]
        for number, one in enumerate(report.advice, 1):
            lines += [f"{number}. {one.text}", f"   {one.evidence}"]
    for section in report.sections:
        lines += ["", section.title]
        for shown in word_tables(section, words):
            lines += ["", shown.title] if shown.title else []
            lines += table([shown.columns, *shown.rows], right=shown.right) if shown.rows else [shown.nothing]
            lines += [shown.note] if shown.note else []
    if definitions:
        for figure in report.figures:
            lines += ["", f"{figure.title}: {figure.definition}"]
    return lines


def _markdown(report: "FiguresReport", words: "FigureWords") -> str:
    from deskterm.domain.figures.exports.as_markdown import as_markdown  # noqa: PLC0415 - as above

    return as_markdown(report, words)


def _html(report: "FiguresReport", words: "FigureWords", shop: str) -> str:
    from deskterm.domain.figures.exports.as_html import as_html  # noqa: PLC0415 - as above

    return as_html(report, words, shop)


def _csv(report: "FiguresReport") -> str:
    from deskterm.domain.figures.exports.as_csv import as_csv  # noqa: PLC0415 - as above

    return as_csv(report)


def _json(report: "FiguresReport") -> str:
    import json  # noqa: PLC0415 - as above

    from deskterm.domain.figures.exports.as_values import as_values  # noqa: PLC0415 - as above

    return json.dumps(as_values(report), ensure_ascii=False, indent=1) + "\n"

"""`deskterm report`: the week's figures."""

import time
from argparse import ArgumentParser, Namespace

from deskterm.cli.arguments import json_option
from deskterm.cli.composition import assemble, home_of
from deskterm.cli.output import moment, say, say_json, table
from deskterm.cli.statuses import OK
from deskterm.domain.figures.values import Bar, Figure, FiguresReport


def arguments(parser: ArgumentParser) -> None:
    """What `report` takes."""
    parser.add_argument(
        "--back", type=int, default=0, metavar="WEEKS", help="so many weeks ago (default: this one)"
    )
    parser.add_argument("--business", action="store_true", help="count business hours alone")
    parser.add_argument("--definitions", action="store_true", help="print what each figure means")
    json_option(parser)


def run(args: Namespace) -> int:
    """Print a week."""
    with assemble(home_of(args)) as fit:
        report = fit.desk.metrics.week(int(time.time()), args.back, business=args.business)
        if args.json:
            say_json(as_json(report))
        else:
            _show(report, definitions=args.definitions)
        return OK


def _show(report: FiguresReport, *, definitions: bool) -> None:
    hours = "business hours" if report.business_hours else "calendar hours"
    say(f"{report.title}, compared with {report.compared}; {hours}")
    say()
    for text in table([_cells(one) for one in report.figures], right=(1, 2)):
        say(text)
    if definitions:
        for one in report.figures:
            say(f"\n{one.title}: {one.definition}")
    say()
    say("New tickets by category")
    for text in table(
        [(bar.label, str(bar.value), f"before {bar.before}") for bar in report.volume], right=(1,)
    ):
        say(text)


def _cells(one: Figure) -> tuple[str, ...]:
    from deskterm.widgets.drawing import figures  # noqa: PLC0415 - JSON does without

    notes = [figures.worst(one), *(f"{count} {why}" for why, count in one.left_out)]
    tickets = f"{one.n} ticket{'' if one.n == 1 else 's'}" if one.unit in ("seconds", "share") else ""
    return (
        one.title,
        figures.value(one),
        f"before {figures.before(one)}",
        tickets,
        "; ".join(note for note in notes if note),
    )


def as_json(report: FiguresReport) -> dict[str, object]:
    """A week as docs/cli.md describes it."""
    return {
        "title": report.title,
        "start": moment(report.start),
        "end": moment(report.end),
        "compared_with": report.compared,
        "business_hours": report.business_hours,
        "figures": [_figure(one) for one in report.figures],
        "volume": [_bar(bar) for bar in report.volume],
    }


def _figure(one: Figure) -> dict[str, object]:
    return {
        "id": one.id,
        "title": one.title,
        "definition": one.definition,
        "unit": one.unit,
        "value": one.value,
        "before": one.before,
        "p90": one.p90,
        "n": one.n,
        "before_n": one.before_n,
        "left_out": dict(one.left_out),
        "series": list(one.series),
        "tickets": [f"T{ticket}" for ticket in one.tickets],
    }


def _bar(bar: Bar) -> dict[str, object]:
    return {
        "category": bar.label,
        "value": bar.value,
        "before": bar.before,
        "tickets": [f"T{ticket}" for ticket in bar.tickets],
    }

"""`deskterm doctor`: what is wrong and what to do; with `--repair`, do it."""

import sys
import time
from argparse import ArgumentParser, Namespace

from deskterm.cli.arguments import json_option
from deskterm.cli.composition import home_of, secrets_of
from deskterm.cli.findings import say_finding
from deskterm.cli.output import say, say_json
from deskterm.cli.progress import progress_on_terminal
from deskterm.cli.prompts import asking, confirm
from deskterm.cli.statuses import FAILED, OK
from deskterm.desk.upkeep.doctor import examine
from deskterm.desk.upkeep.findings import Finding, Grade


def arguments(parser: ArgumentParser) -> None:
    """Add the arguments of `doctor`."""
    parser.add_argument(
        "--servers",
        action="store_true",
        help="also log in everywhere, and compare the servers' mails with those here",
    )
    parser.add_argument("--repair", action="store_true", help="repair what can be repaired, then check again")
    parser.add_argument("-y", "--yes", action="store_true", help="with --repair: restore without asking")
    json_option(parser)


def run(args: Namespace) -> int:
    """Print every finding. 1 if something is wrong."""
    mended = _repair(args) if args.repair else []
    secrets = secrets_of(home_of(args), asking(home_of(args)) if args.servers else None)
    findings = examine(home_of(args), int(time.time()), secrets)
    if args.servers:
        from deskterm.cli.server_checks import ask_servers  # noqa: PLC0415 - network imports, only needed here

        findings += ask_servers(home_of(args), secrets)
    if args.json:
        say_json({"mended": mended, "findings": [_as_json(one) for one in findings]})
    else:
        for words in mended:
            say(f"repaired {words}")
        for one in findings:
            say_finding(one)
    return FAILED if any(one.grade is not Grade.GOOD for one in findings) else OK


def _repair(args: Namespace) -> list[str]:
    """Repair, and fetch what a restored backup lacks; gives what was repaired."""
    from deskterm.desk.upkeep.repair import repair  # noqa: PLC0415 - rarely used

    done = repair(home_of(args), int(time.time()), lambda question: confirm(question, yes=args.yes))
    for one in done:
        if one.undone:
            print(one.what, file=sys.stderr)
    words = [one.what for one in done if not one.undone]
    lack = _lack(args) if args.servers else 0
    if lack or any(one.sync for one in done):
        _fetch_again(args)
    here = lack - _lack(args) if lack else 0  # compares what came with what was asked for
    still = f"; {lack - here} more the server did not deliver" if lack > here else ""
    return [*words, f"Missing mails fetched: {here}{still}."] if lack else words


def _lack(args: Namespace) -> int:
    """Mark gaps in what was read; gives how many mails have to be fetched."""
    from deskterm.cli.server_checks import mark_gaps  # noqa: PLC0415 - as above

    return mark_gaps(home_of(args), secrets_of(home_of(args), asking(home_of(args))))


def _fetch_again(args: Namespace) -> None:
    """Make a pass; its failures go to stderr and are among the findings."""
    from threading import Event  # noqa: PLC0415 - as above

    from deskterm.cli import run_pass  # noqa: PLC0415 - as above
    from deskterm.cli.composition import assemble  # noqa: PLC0415 - as above

    with assemble(home_of(args)) as app, progress_on_terminal(quiet=args.json) as report:
        result = run_pass.one_pass(app, report, Event())
    for error in result.failed:
        print(error, file=sys.stderr)


def _as_json(one: Finding) -> dict[str, str]:
    return {"grade": str(one.grade), "what": one.what, "safe": one.safe, "todo": one.todo}

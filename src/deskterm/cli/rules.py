"""`deskterm rules`: what is done with arriving mail by itself; trying a rule, and switching it on."""

import sys
import time
from argparse import ArgumentParser, Namespace

from deskterm.cli.arguments import json_option, whole_number
from deskterm.cli.composition import App, assemble, home_of
from deskterm.cli.output import say, say_json, table
from deskterm.cli.statuses import FAILED, NOTHING, OK
from deskterm.domain.rules.trial import Trial
from deskterm.domain.text import line


def arguments(parser: ArgumentParser) -> None:
    """What `rules` takes."""
    parser.add_argument(
        "what", nargs="?", choices=("try", "on", "off"), metavar="try|on|off",
        help="try a rule on the mail that is here, switch it on, or off (default: list the rules)",
    )  # fmt: skip
    parser.add_argument("name", nargs="?", default="", metavar="NAME", help="the rule")
    parser.add_argument(
        "--days",
        type=whole_number(1),
        default=90,
        metavar="N",
        help="how far back a rule is tried (default: 90)",
    )
    json_option(parser)


def run(args: Namespace) -> int:
    """List the rules, try one or switch it. 3 when there is none, 1 when one cannot be read."""
    now = int(time.time())
    with assemble(home_of(args)) as fit:
        if args.what == "try":
            return _show_trial(fit.desk.trying.try_out(args.name, now, args.days), as_json=args.json)
        if args.what:
            done = fit.desk.rules.turn(args.name, now, on=args.what == "on")
            say_json({"words": done.words}) if args.json else say(f"{done.words}.")
            return OK
        return _list(fit, now, as_json=args.json)


def _list(fit: App, now: int, *, as_json: bool) -> int:
    found, runs = fit.desk.rules.read(now), fit.desk.rules.runs(now)
    if as_json:
        rules = [
            {
                "name": one.name,
                "when": one.when,
                "then": one.effects.words,
                "on": one.on,
                "runs": runs.get(one.name, 0),
            }
            for one in found.rules
        ]
        problems = [{"name": name, "words": words} for name, words in found.problems]
        say_json({"rules": rules, "problems": problems})
    else:
        rows = [
            (one.name, "on" if one.on else "off", str(runs.get(one.name, 0)), one.when, one.effects.words)
            for one in found.rules
        ]
        for text in table([("rule", "", "ran", "when", "then"), *rows] if rows else [], right=(2,)):
            say(text)
        for name, words in found.problems:
            print(line(f"{name}: {words}"), file=sys.stderr)
        if not rows and not found.problems:
            say(f"No rules. They are written into {fit.home.rules_file}; docs/rules.md shows how.")
    return FAILED if found.problems else OK if found.rules else NOTHING


def _show_trial(trial: Trial, *, as_json: bool) -> int:
    if as_json:
        tickets = [{"ticket": f"T{one.row.ticket_id}", "otherwise": one.otherwise} for one in trial.tickets]
        say_json({"rule": trial.rule, "days": trial.days, "mails": trial.mails, "tickets": tickets})
    else:
        say(f"{trial.rule}: {trial.words}.")
        rows = [
            (f"T{one.row.ticket_id}", one.row.name, one.row.subject, "you did otherwise" * one.otherwise)
            for one in trial.tickets
        ]
        for text in table(rows):
            say(text)
    return OK if trial.mails else NOTHING

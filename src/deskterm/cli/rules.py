"""`deskterm rules`: rules for arriving mail: list, try, switch on and off."""

import sys
import time
from argparse import ArgumentParser, Namespace

from deskterm.cli.arguments import json_option, whole_number
from deskterm.cli.composition import App, assemble, home_of
from deskterm.cli.output import say, say_json, table
from deskterm.cli.prompts import confirm
from deskterm.cli.statuses import FAILED, NOTHING, OK
from deskterm.config.files import write_private
from deskterm.config.paths import Home
from deskterm.config.starter import acknowledging_rules
from deskterm.domain.rules.trial import Trial
from deskterm.domain.text import line
from deskterm.domain.views import Done


def arguments(parser: ArgumentParser) -> None:
    """Add the arguments of `rules`."""
    parser.add_argument(
        "what", nargs="?", choices=("try", "on", "off", "starter", "sending", "drafting"),
        metavar="try|on|off|starter|sending|drafting",
        help="try a rule on existing mail; switch it on or off; add the starter rules; let rules "
        "with `send` send, or only leave drafts (default: list the rules)",
    )  # fmt: skip
    parser.add_argument("name", nargs="?", default="", metavar="NAME", help="the rule")
    parser.add_argument(
        "--days",
        type=whole_number(1),
        default=90,
        metavar="N",
        help="how many days back to try a rule (default: 90)",
    )
    json_option(parser)
    parser.set_defaults(refuse=parser.error)


def offer(home: Home) -> None:
    """At the end of setup, ask once whether to acknowledge new mail automatically."""
    if home.rules_file.exists() or not sys.stdin.isatty():
        return
    question = "Acknowledge each new mail automatically, and say when you usually answer?"
    if confirm(question, yes=False):
        write_private(home.rules_file, acknowledging_rules().encode())
        say("On. The rules screen of the desk (g u) shows it with the other rules, which are off.")
    else:
        say("The rules screen of the desk (g u) switches that on later.")


def run(args: Namespace) -> int:
    """List the rules, try one or switch it. 3 if there are none, 1 if one cannot be read."""
    now = int(time.time())
    named = args.what in ("try", "on", "off")
    if named and not args.name:
        args.refuse(f"{args.what} needs the name of a rule; `deskterm rules` lists them")
    if args.name and not named:
        args.refuse(f"{args.what} takes no name: it is for all rules")
    with assemble(home_of(args)) as app:
        if args.what == "try":
            return _show_trial(
                app.desk.automation.dry_run.try_out(args.name, now, args.days), as_json=args.json
            )
        if args.what:
            done = _change(app, args.what, args.name, now)
            say_json({"words": done.words}) if args.json else say(f"{done.words}.")
            return OK
        return _list(app, now, as_json=args.json)


def _change(app: App, what: str, name: str, now: int) -> Done:
    rules = app.desk.automation.rules
    if what == "starter":
        return rules.add_starter(now)
    if what in ("sending", "drafting"):
        return rules.let_send(on=what == "sending")
    return rules.turn(name, now, on=what == "on")


def _list(app: App, now: int, *, as_json: bool) -> int:
    found, runs = app.desk.automation.rules.read(now), app.desk.automation.rules.runs(now)
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
        say_json({"rules": rules, "problems": problems, "sending": found.sending, "first": found.first_only})
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
            say(f"No rules. Write them into {app.home.rules_file}; docs/rules.md shows how.")
    return FAILED if found.problems else OK if found.rules else NOTHING


def _show_trial(trial: Trial, *, as_json: bool) -> int:
    if as_json:
        tickets = [{"ticket": f"T{one.row.ticket_id}", "otherwise": one.otherwise} for one in trial.tickets]
        say_json(
            {
                "rule": trial.rule,
                "days": trial.days,
                "mails": trial.mails,
                "answered": len(trial.answered),
                "tickets": tickets,
                "unknown": list(trial.unknown),
            }
        )
    else:
        say(f"{trial.rule}: {trial.words}.")
        rows = [
            (
                f"T{one.row.ticket_id}",
                one.row.name,
                one.row.subject,
                one.stopped or "you did something else" * one.otherwise,
            )
            for one in trial.tickets
        ]
        for text in table(rows):
            say(text)
        if trial.mails and trial.unknown:
            say(f"Not known of that time: {'; '.join(trial.unknown)}.")
    return OK if trial.mails else NOTHING

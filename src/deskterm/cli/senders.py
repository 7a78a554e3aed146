"""`deskterm senders`: who is always a customer, and who never is."""

import time
from argparse import ArgumentParser, Namespace

from deskterm.cli.arguments import json_option
from deskterm.cli.composition import App, assemble, home_of
from deskterm.cli.output import moment, say, say_json, table
from deskterm.cli.statuses import NOTHING, OK
from deskterm.domain.people.senders import SenderVerdict

_VERDICTS = {"always": SenderVerdict.CUSTOMER, "never": SenderVerdict.NEVER, "forget": None}


def arguments(parser: ArgumentParser) -> None:
    """Add the arguments of `senders`."""
    parser.add_argument(
        "verdict", nargs="?", choices=sorted(_VERDICTS), metavar="always|never|forget",
        help="always a customer, never one, or judged by the mail again (default: list the rules)",
    )  # fmt: skip
    parser.add_argument("who", nargs="?", metavar="WHO", help="an address, or a domain")
    json_option(parser)
    parser.set_defaults(refuse=parser.error)


def run(args: Namespace) -> int:
    """List the rules, or set one. 3 if there are none to list."""
    if args.verdict and not args.who:
        args.refuse(f"{args.verdict} needs an address, or a domain as in @shop.example")
    with assemble(home_of(args)) as app:
        if args.verdict is None:
            return _list(app, as_json=args.json)
        done = app.desk.senders.set_rule(args.who, _VERDICTS[args.verdict], int(time.time()))
    if args.json:
        say_json({"words": done.words, "tickets": [f"T{one}" for one in done.tickets]})
    else:
        moved = ", ".join(f"T{one}" for one in done.tickets)
        say(f"{done.words}.{f' Moved: {moved}.' if moved else ''}")
    return OK


def _list(app: App, *, as_json: bool) -> int:
    rules = app.desk.senders.rules()
    if as_json:
        say_json(
            {
                "senders": [
                    {"who": one.key, "verdict": str(one.verdict), "at": moment(one.at)} for one in rules
                ]
            }
        )
    elif not rules:
        say("Every mail is judged by its contents; `deskterm senders always ADDRESS` makes a rule.")
    for text in () if as_json else table((one.key, str(one.verdict)) for one in rules):
        say(text)
    return OK if rules else NOTHING

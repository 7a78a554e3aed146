"""`deskterm undo`: undo the last change."""

import time
from argparse import ArgumentParser, Namespace

from deskterm.cli.arguments import json_option
from deskterm.cli.composition import assemble, home_of
from deskterm.cli.output import say, say_json
from deskterm.cli.statuses import OK


def arguments(parser: ArgumentParser) -> None:
    """Add the arguments of `undo`."""
    parser.add_argument("--redo", action="store_true", help="redo what was undone last")
    json_option(parser)


def run(args: Namespace) -> int:
    """Undo or redo, and say what it was. 1 if there is nothing."""
    with assemble(home_of(args)) as app:
        undo = app.desk.undo
        done = (undo.redo if args.redo else undo.undo)(int(time.time()))
    if args.json:
        say_json({"words": done.words, "tickets": [f"T{one}" for one in done.tickets]})
    else:
        say(done.words)
    return OK

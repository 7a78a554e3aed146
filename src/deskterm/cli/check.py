"""`deskterm check`: macros, SOPs and rules, checked against your orders and tickets."""

import time
from argparse import ArgumentParser, Namespace

from deskterm.cli.arguments import json_option
from deskterm.cli.composition import assemble, home_of
from deskterm.cli.findings import say_finding
from deskterm.cli.output import say, say_json
from deskterm.cli.statuses import FAILED, OK
from deskterm.desk.answers.playbook_check import check_playbook
from deskterm.desk.upkeep.findings import Grade


def arguments(parser: ArgumentParser) -> None:
    """Add the arguments of `check`."""
    json_option(parser)


def run(args: Namespace) -> int:
    """Print every finding. 1 if something does not work; mere doubts are 0."""
    with assemble(home_of(args)) as app:
        found = check_playbook(app.desk.shop, int(time.time()))
        book = app.desk.playbook.current()
    if args.json:
        say_json({"findings": [{"grade": one.grade, "what": one.what, "todo": one.todo} for one in found]})
    else:
        for one in found:
            say_finding(one)
        if not found:
            say(f"All {len(book.macros)} macros and {len(book.sops)} SOPs are fine, and so are the rules.")
    return FAILED if any(one.grade is Grade.BAD for one in found) else OK

"""`deskterm doctor`: what is wrong, and what to do about it."""

import time
from argparse import ArgumentParser, Namespace

from deskterm.cli import FAILED, OK
from deskterm.cli.arguments import json_option
from deskterm.cli.printing import say, say_json
from deskterm.cli.wiring import home_of
from deskterm.desk.doctor import Finding, Grade, examine

_MARKS = {Grade.GOOD: "ok     ", Grade.WARNING: "warning", Grade.BAD: "PROBLEM"}


def arguments(parser: ArgumentParser) -> None:
    """What `doctor` takes."""
    json_option(parser)


def run(args: Namespace) -> int:
    """Print every finding. 1 when something is wrong."""
    findings = examine(home_of(args), int(time.time()))
    if args.json:
        say_json({"findings": [_as_json(one) for one in findings]})
    else:
        for one in findings:
            say(f"{_MARKS[one.grade]}  {one.what}")
            for part in (one.safe, one.todo):
                if part:
                    say(f"         {part}")
    return FAILED if any(one.grade is not Grade.GOOD for one in findings) else OK


def _as_json(one: Finding) -> dict[str, str]:
    return {"grade": str(one.grade), "what": one.what, "safe": one.safe, "todo": one.todo}

"""Prints findings, as `check` and `doctor` do."""

from deskterm.cli.output import say
from deskterm.desk.upkeep.findings import Finding, Grade

_MARKS = {Grade.GOOD: "ok     ", Grade.WARNING: "warning", Grade.BAD: "PROBLEM"}


def say_finding(one: Finding) -> None:
    """Print a finding, with what is safe and what to do below it."""
    say(f"{_MARKS[one.grade]}  {one.what}")
    for part in (one.safe, one.todo):
        if part:
            say(f"         {part}")

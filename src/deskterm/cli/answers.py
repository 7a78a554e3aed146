"""`deskterm answers`: answers you keep typing, and making macros of them."""

import time
from argparse import ArgumentParser, Namespace

from deskterm.cli.arguments import json_option, whole_number
from deskterm.cli.composition import assemble, home_of
from deskterm.cli.output import say, say_json, table
from deskterm.cli.progress import progress_on_terminal
from deskterm.cli.statuses import NOTHING, OK
from deskterm.desk.answers.habits import Evening, Habit
from deskterm.domain.desk_state import ProgressReporter
from deskterm.errors import NotFound


def arguments(parser: ArgumentParser) -> None:
    """Add the arguments of `answers`."""
    parser.add_argument(
        "--show", type=whole_number(1), metavar="NUMBER", help="print one of them with its questions"
    )
    parser.add_argument("--take", type=whole_number(1), action="append", default=[], metavar="NUMBER",
                        help="make a macro of it (repeatable)")  # fmt: skip
    json_option(parser)


def run(args: Namespace) -> int:
    """Print them, most frequent first. 3 if there are none."""
    with assemble(home_of(args)) as app:
        with progress_on_terminal(quiet=args.json) as report:
            evening = app.desk.habits.find(ProgressReporter(report, time.time))
        became = app.desk.habits.shares(int(time.time()))
        chosen = [_find(evening, number) for number in args.take]
        for habit in chosen:
            done = app.desk.habits.keep(habit)
            if not args.json:
                say(done.words)
        if args.json:
            say_json(as_json(evening) | {"offered": {str(kind): share for kind, share in became.items()}})
        elif args.show is not None:
            _show(_find(evening, args.show))
        elif not chosen:
            say(evening.words)
            if parts := [f"{kind} {share:.0%}" for kind, share in became.items()]:
                say(f"First suggestions of the last 90 days: {', '.join(parts)}")
            rows = [(f"{at}", f"{one.count}×", one.title) for at, one in enumerate(evening.habits, 1)]
            for text in table(rows):
                say(text)
        return OK if evening.habits else NOTHING


def _find(evening: Evening, number: int) -> Habit:
    if not 1 <= number <= len(evening.habits):
        raise NotFound(f"There is no answer {number}.", todo="`deskterm answers` lists them.")
    return evening.habits[number - 1]


def _show(habit: Habit) -> None:
    for question in habit.questions:
        say(f"> {' '.join(question.split())}")
    say("")
    for text in habit.body.split("\n"):
        say(text)


def as_json(evening: Evening) -> dict[str, object]:
    """The answers as docs/cli.md describes them."""
    return {
        "read": evening.read,
        "answers": [_answer_as_json(at, one) for at, one in enumerate(evening.habits, 1)],
    }


def _answer_as_json(number: int, habit: Habit) -> dict[str, object]:
    return {
        "number": number,
        "title": habit.title,
        "count": habit.count,
        "category": habit.category,
        "body": habit.body,
        "questions": list(habit.questions),
    }

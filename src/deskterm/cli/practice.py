"""`deskterm practice`: answer old tickets of yours on a copy that nothing can leave."""

import shutil
import sys
import time
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from textwrap import wrap

from deskterm.cli.arguments import whole_number
from deskterm.cli.composition import App, assemble, home_of, playbook_of
from deskterm.cli.output import say
from deskterm.cli.statuses import OK
from deskterm.desk import Desk
from deskterm.desk.sops import practice
from deskterm.storage.schema.migrate import open_database

_TICKETS = 5
_NARROW = 90  # columns below which the two letters are shown one below the other
_SEALED = "Practice: nothing leaves this copy. Ctrl+Q ends it and shows what was really written."


def arguments(parser: ArgumentParser) -> None:
    """Add the arguments of `practice`."""
    parser.add_argument(
        "-n", type=whole_number(1), default=_TICKETS, metavar="N", help=f"how many tickets ({_TICKETS})"
    )
    parser.add_argument(
        "--draw", type=whole_number(0), metavar="N", help="draw the same tickets as with this number before"
    )


def run(args: Namespace) -> int:
    """Open the practice desk; afterwards show what was written beside what was really written."""
    now = int(time.time())
    with assemble(home_of(args), read_only=True) as app:
        draw = args.draw if args.draw is not None else now % 10_000
        chosen = practice.choose_tickets(app.desk.shop, args.n, now, Random(draw))  # noqa: S311 - no secret
        practice.remove_leftovers(app.home.state_folder, now)
        with TemporaryDirectory(prefix=practice.PREFIX, dir=app.home.state_folder) as folder:
            home = practice.copy_desk(app.home, Path(folder))
            settings = practice.seal_settings(app.settings, Path(folder))
            db = open_database(home.database)
            desk = Desk(db, settings, home, playbook_of(home), app.formats)
            with App(home, settings, db, desk, app.formats) as sealed:
                practice.seal(db, chosen)
                from deskterm.cli.open_desk import open_sealed  # noqa: PLC0415 - the screen's imports

                status = open_sealed(sealed, _SEALED)
                results = practice.compare(db, chosen)
    if status != OK:
        return status
    for one in results:
        _tell(one)
    say(f"The copy is deleted. `deskterm practice --draw {draw} -n {args.n}` gives the same tickets again.")
    return OK


def _tell(one: practice.PracticeResult) -> None:
    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else _NARROW
    say(f"T{one.ticket_id}  {one.who}")
    say("\n".join(_lines(one.question, width - 2, "  ")))
    written = one.written.text if one.written else "(nothing)"
    macro = f", from {one.written.macro}" if one.written and one.written.macro else ""
    heads = f"You wrote in practice{macro}", "What was really written"
    if width < _NARROW:
        for head, text in zip(heads, (written, one.answered), strict=True):
            say("\n".join([head, *_lines(text, width - 2, "  ")]))
    else:
        half = (width - 3) // 2
        left, right = _lines(f"{heads[0]}\n\n{written}", half), _lines(f"{heads[1]}\n\n{one.answered}", half)
        say("\n".join(f"{a:<{half}} | {b}".rstrip() for a, b in zip_longest(left, right, fillvalue="")))
    say("")


def _lines(text: str, width: int, indent: str = "") -> list[str]:
    return list(_wrapped_lines(text, max(20, width), indent))


def _wrapped_lines(text: str, width: int, indent: str) -> Iterator[str]:
    for line in text.split("\n"):
        yield from (indent + part for part in wrap(line, width) or [""])

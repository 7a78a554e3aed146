"""`deskterm import`: an mbox file taken into the desk."""

import signal
from argparse import ArgumentParser, Namespace
from pathlib import Path
from threading import Event

from deskterm.cli.arguments import json_option
from deskterm.cli.composition import assemble, home_of
from deskterm.cli.output import say, say_json
from deskterm.cli.statuses import OK
from deskterm.cli.sync import progress_on_terminal


def arguments(parser: ArgumentParser) -> None:
    """What `import` takes."""
    parser.add_argument("file", type=Path, help="an mbox file of any size; it is only read")
    parser.add_argument("--sent", action="store_true", help="the file holds your own replies")
    parser.add_argument("-q", "--quiet", action="store_true", help="no progress")
    json_option(parser)


def run(args: Namespace) -> int:
    """Take the file's mails in. Doing it again changes nothing and goes on where it stopped."""
    from deskterm.cli import run_pass  # noqa: PLC0415 - the wire's imports, only here
    from deskterm.sync.files.import_mbox import import_mbox  # noqa: PLC0415 - as above

    with assemble(home_of(args)) as fit:
        stop = Event()
        signal.signal(signal.SIGTERM, lambda *_: stop.set())
        role = "sent" if args.sent else "inbox"
        context = run_pass.plan(fit, patient=True).context
        with progress_on_terminal(quiet=args.quiet) as report:
            count = import_mbox(args.file, fit.db, context, report, stop, role=role)
        if args.json:
            say_json({"mails": count, "stopped": stop.is_set()})
        else:
            say(f"{count} mail{'' if count == 1 else 's'} read from {args.file}.")
        return OK

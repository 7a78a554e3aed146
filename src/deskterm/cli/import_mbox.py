"""`deskterm import`: imports an mbox file, or another help desk's conversations."""

import signal
from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

from deskterm.cli.arguments import json_option
from deskterm.cli.composition import assemble, home_of
from deskterm.cli.output import count_of, say, say_json
from deskterm.cli.progress import progress_on_terminal
from deskterm.cli.statuses import OK
from deskterm.domain.messages import Address
from deskterm.errors import NotNow

if TYPE_CHECKING:
    from deskterm.cli.composition import App
    from deskterm.domain.desk_state import Progress
    from deskterm.intake.values import Context
    from deskterm.sync.files.import_history import ImportedHistory


def arguments(parser: ArgumentParser) -> None:
    """Add the arguments of `import`."""
    parser.add_argument(
        "file", type=Path, help="an mbox file of any size, or another help desk's JSON export"
    )
    parser.add_argument("--sent", action="store_true", help="the mbox file contains your own replies")
    parser.add_argument("-q", "--quiet", action="store_true", help="no progress")
    json_option(parser)


def run(args: Namespace) -> int:
    """Import the file. Running it again changes nothing and continues where it stopped."""
    from deskterm.cli import run_pass  # noqa: PLC0415 - network imports, only needed here
    from deskterm.sync.files.desk_exports import is_export  # noqa: PLC0415 - as above
    from deskterm.sync.files.import_mbox import import_mbox  # noqa: PLC0415 - as above

    with assemble(home_of(args)) as app:
        stop = Event()
        signal.signal(signal.SIGTERM, lambda *_: stop.set())
        context = run_pass.plan(app, patient=True).context
        with progress_on_terminal(quiet=args.quiet) as report:
            if is_export(args.file):
                return _say_history(args, _import_history(args.file, app, context, report, stop), stop)
            role = "sent" if args.sent else "inbox"
            count = import_mbox(args.file, app.db, context, report, stop, role=role)
        if args.json:
            say_json({"mails": count, "stopped": stop.is_set()})
        else:
            say(f"{count} mail{'' if count == 1 else 's'} read from {args.file}.")
        return OK


def _import_history(
    file: Path, app: "App", context: "Context", report: Callable[["Progress"], None], stop: Event
) -> "ImportedHistory":
    from deskterm.sync.files.import_history import import_history  # noqa: PLC0415 - network imports

    ours = next((one.address for one in app.settings.mailboxes if one.address), "")
    if not ours:
        raise NotNow(
            "No mailbox with an address is set up, so your own answers cannot be recognised.",
            todo="Run `deskterm setup`.",
        )
    us = Address(app.settings.shop.name, ours)
    return import_history(file, app.db, context, report, stop, us=us)


def _say_history(args: Namespace, done: "ImportedHistory", stop: Event) -> int:
    if args.json:
        say_json({**asdict(done), "stopped": stop.is_set()})
        return OK
    left = []
    if done.notes:
        left.append(count_of(done.notes, "internal note"))
    if done.left_out:
        left.append(f"{count_of(done.left_out, 'message')} without a usable address, time or text")
    read = f"{count_of(done.messages, 'message')} in {count_of(done.conversations, 'solved ticket')}"
    say(f"Read from {args.file}: {read}{_known_words(done)}.")
    if left:
        say(f"Left out: {', '.join(left)}.")
    return OK


def _known_words(done: "ImportedHistory") -> str:
    if not done.known:
        return ""
    return ", all here before" if done.known == done.messages else f", {done.known} of them here before"

"""`deskterm sync`: one pass, without a screen."""

import signal
import sys
import time
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator, Sequence
from threading import Event

from deskterm.cli.arguments import json_option
from deskterm.cli.composition import App, assemble, home_of
from deskterm.cli.output import say, say_json
from deskterm.cli.progress import progress_on_terminal
from deskterm.cli.prompts import asking
from deskterm.cli.status import needs_as_json
from deskterm.cli.statuses import FAILED, OK
from deskterm.domain.desk_state import DeskState
from deskterm.domain.outbox_needs import OutboxNeed
from deskterm.domain.text import line
from deskterm.errors import ConfigError, DesktermError, StorageError


def arguments(parser: ArgumentParser) -> None:
    """Add the arguments of `sync`."""
    parser.add_argument(
        "-q", "--quiet", action="store_true", help="no progress, and no output if nothing is new"
    )
    once = "report what fails or needs you once, until it changes, and show a desktop notification"
    parser.add_argument("--by-timer", action="store_true", help=once)
    json_option(parser)


def run(args: Namespace) -> int:
    """Make one pass. 1 if a source failed (the others were still read) or a reply needs the owner."""
    from deskterm.cli import run_pass  # noqa: PLC0415 - network imports, only needed here

    with assemble(home_of(args)) as app:
        if not app.settings.mailboxes:
            _without_mailbox(app)
        stop = Event()
        signal.signal(signal.SIGTERM, lambda *_: stop.set())
        with progress_on_terminal(quiet=args.quiet) as report:
            result = run_pass.one_pass(app, report, stop, asking(app.home))
        if app.desk.automation.has_rules:
            app.desk.automation.letters.carry_out(int(time.time()))
        failed = (*result.failed, *_run_daily_care(app, stop))
        stands = app.desk.state(int(time.time()))
        needs = stands.needs
        if args.json:
            say_json(
                {
                    "mails": result.fresh,
                    "orders": result.orders,
                    "sent": result.sent,
                    "held_back": result.held_back,
                    "stopped": result.stopped,
                    "left": list(result.left),
                    "failed": [{"what": one.what, "safe": one.safe, "todo": one.todo} for one in failed],
                    "outbox_needs": needs_as_json(needs),
                }
            )
        else:
            words = run_pass.in_words(result)
            if words and not (words == run_pass.NOTHING_NEW and (args.quiet or needs)):
                say(words)
            if not args.by_timer or _is_news(app, stands, failed):
                _tell_failed(failed, result.left, needs)
        return FAILED if failed or result.left or needs else OK


def _is_news(app: App, stands: DeskState, failed: Sequence[DesktermError]) -> bool:
    """Whether a timer's pass has something to report; if so, the desktop shows it too."""
    from deskterm.cli.notice import notify  # noqa: PLC0415 - only for a timer
    from deskterm.desk.status import is_news  # noqa: PLC0415 - as above

    care = sorted({type(one).__name__ for one in failed if isinstance(one, StorageError)})
    news = is_news(app.desk.shop, stands, int(time.time()), besides=care)
    if news:
        notify(stands, unsound=bool(care))
    return news


def _tell_failed(failed: Sequence[DesktermError], left: Sequence[str], needs: Sequence[OutboxNeed]) -> None:
    """Print what failed, each once, and which sources are not asked because they failed lately."""
    lines = [str(error) for error in failed]
    lines += [f"{name} failed lately and is not asked yet; `deskterm status` says why." for name in left]
    lines += [f"{one.what} {one.safe} {one.todo}" for one in needs]
    for words in dict.fromkeys(lines):
        print(line(words), file=sys.stderr)


def _without_mailbox(app: App) -> None:
    """Warn that no mail is read; without orders either there is nothing to do: raises ConfigError."""
    error = ConfigError("No mailbox is set up: no mail is read.", todo="Run `deskterm setup`.")
    if not app.settings.stores:
        raise error
    print(line(str(error)), file=sys.stderr)


def _run_daily_care(app: App, stop: Event) -> Iterator[DesktermError]:
    """Maintain the database as the open desk does; returns what is wrong with it."""
    from deskterm.cli.backup import daily  # noqa: PLC0415 - once a day
    from deskterm.cli.weekly_report import write_last_week  # noqa: PLC0415 - once a week
    from deskterm.desk.upkeep.health import raise_lost_log  # noqa: PLC0415 - with it

    care = (
        lambda: raise_lost_log(app.db),
        lambda: daily(app.home, stop.is_set),
        lambda: write_last_week(app, int(time.time())),
    )
    for work in care:
        try:
            if not stop.is_set():
                work()
        except DesktermError as error:
            yield error

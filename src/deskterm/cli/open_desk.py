"""`deskterm`: the desk on the screen."""

import os
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import cache, partial
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING

from deskterm.cli.composition import App, assemble, find_home, home_of, secrets_of
from deskterm.cli.statuses import OK, USAGE
from deskterm.config.secret import passphrase
from deskterm.config.terminal import find_colours, is_line_only
from deskterm.errors import ReadOnly
from deskterm.storage.schema.database import shut
from deskterm.sync.locks import account_lock

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from deskterm.app.background import ReportProblem, Wire
    from deskterm.config.paths import Home
    from deskterm.domain.desk_state import Progress

_BLIND = (
    "This terminal (TERM={!r}) shows lines of text but no screens.\n"
    "`deskterm list`, `deskterm show` and `deskterm reply` work here, and read well aloud."
)
_FILES = 5.0  # seconds between looks at the orders files
_ANYWAY = 300.0  # seconds after which a pass is made anyway


def arguments(_: "ArgumentParser") -> None:
    """No arguments of its own."""


def run(args: "Namespace") -> int:
    """Open the desk; read-only if another one is open."""
    return open_home(home_of(args))


def run_bare(root: str | None = None) -> int:
    """What `deskterm` without a command, or with `--home` (`root`), does: `run` without parsing arguments."""
    return open_home(find_home(None if root is None else Path(root), "open"))


def open_home(home: "Home") -> int:
    """Open the desk of a home; read-only if another one is open or nothing can be written."""
    with _is_writer(home) as ours, assemble(home, read_only=not ours) as app:
        return open_desk(app)


@contextmanager
def _is_writer(home: "Home") -> Iterator[bool]:
    """Whether this is the one desk that writes. Raises ReadOnly if only the lock cannot be made."""
    with ExitStack() as stack:
        try:
            ours = stack.enter_context(account_lock(home.locks, "the desk"))
        except OSError as error:
            if not shut(home.database):
                raise ReadOnly(
                    f"Nothing can be written into {home.locks}: {error.strerror}.",
                    todo="Correct the folder's permissions; `deskterm doctor` names what else is wrong.",
                ) from error
            ours = False
        yield ours


def open_sealed(app: App, words: str) -> int:
    """Show a desk that contacts nothing outside while it is open, with `words` in its status line."""
    from deskterm.app.background import Wire  # noqa: PLC0415 - as below

    return open_desk(app, Wire(sync_at_start=False), words)


def open_desk(app: App, wire: "Wire | None" = None, words: str = "") -> int:
    """Show the desk until it is left. `wire` reaches the outside; None means as the settings say."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        print("The desk needs a terminal. `deskterm --help` lists what works without one.", file=sys.stderr)
        return USAGE
    if is_line_only(os.environ):
        print(_BLIND.format(os.environ.get("TERM", "")), file=sys.stderr)
        return USAGE
    _unlock(app)
    import gc  # noqa: PLC0415 - as below

    gc.disable()  # until the first paint, which it would cost 30 ms; the app enables it
    os.environ.setdefault("ESCDELAY", "40")  # ms instead of Textual's 100; read at its import
    os.environ["TEXTUAL_COLOR_SYSTEM"] = (
        "truecolor"  # also read at import; the app reduces the colours itself
    )
    from deskterm.app.desk_app import DesktermApp  # noqa: PLC0415 - Textual is only imported for the screen

    colours = find_colours(os.environ, app.settings.colours)
    reach = _wire(app) if wire is None else wire
    desk_app = DesktermApp(app.desk, app.settings, app.formats, wire=reach, colours=colours)
    desk_app.shows_around = wire is None
    if words:
        desk_app.work.facts.alarms["practice"] = words
    desk_app.run()
    return desk_app.return_code or OK


def _unlock(app: App) -> None:
    """Ask for the passphrase of the secrets file, unless there is no terminal; empty works offline."""
    if app.settings.uses_secrets_file and not app.db.read_only and not passphrase.current():
        from deskterm.cli import prompts  # noqa: PLC0415 - rarely needed

        question = "Passphrase of deskterm's secrets file (empty: stay offline): "
        passphrase.hold(prompts.passphrase(app.home.secrets_file, question))


def _wire(app: App) -> "Wire":
    from deskterm.app.background import Wire  # noqa: PLC0415 - as above

    if app.db.read_only:
        return Wire()

    def sync(report: "Callable[[Progress], None]", stop: Event, *, asked: bool) -> str:
        from deskterm.cli import run_pass  # noqa: PLC0415 - not needed for the first paint
        from deskterm.sync.child import run_beside  # noqa: PLC0415 - as above

        plan = run_pass.plan(app, patient=not asked)
        return run_pass.in_words(run_beside(plan, app.db, report, stop))

    def deliver() -> bool:
        from deskterm.cli import run_pass  # noqa: PLC0415 - as above

        return run_pass.deliver(app)

    def run_daily_care(report: "ReportProblem", stop: Event) -> None:
        from deskterm.cli import daily_care  # noqa: PLC0415 - as above

        daily_care.run_daily_care(app, report, stop)

    def rest(ticket_id: int, report: "Callable[[Progress], None]", stop: Event) -> str:
        from deskterm.sync.full_mail import RestOfMail  # noqa: PLC0415 - as above

        RestOfMail(ticket_id, app.settings, app.home, secrets_of(app.home)).fetch_in_child(report, stop)
        return f"All of T{ticket_id} is here now."

    secrets = cache(partial(secrets_of, app.home))  # runs a password command only once

    def refresh_orders(ticket_id: int) -> None:
        from deskterm.cli import run_pass  # noqa: PLC0415 - as above

        run_pass.refresh_ticket_orders(app, ticket_id, secrets())

    def watch(changed: "Callable[[], None]", stop: Event) -> None:
        _watch(app, changed, stop)

    return Wire(
        sync=sync,
        deliver=deliver,
        watch=watch,
        run_daily_care=run_daily_care,
        rest=rest,
        refresh_orders=refresh_orders,
    )


def _watch(app: App, changed: Callable[[], None], stop: Event) -> None:
    """Call `changed` for news of any mailbox or orders file, and now and then anyway, until `stop`."""
    from deskterm.sync.watch import watch  # noqa: PLC0415 - as above

    secrets = secrets_of(app.home)
    for mailbox in app.settings.mailboxes:
        threading.Thread(
            target=watch, args=(mailbox, secrets, changed, stop), name=f"watch {mailbox.name}", daemon=True
        ).start()
    seen, quiet = _stamps(app), 0.0
    while not stop.wait(_FILES):
        quiet += _FILES
        now = _stamps(app)
        if now != seen or quiet >= _ANYWAY:
            seen, quiet = now, 0.0
            changed()


def _stamps(app: App) -> list[tuple[int, int]]:
    stamps = []
    for place in (path for store in app.settings.stores for path in (store.path, store.shipments) if path):
        try:
            stat = Path(place).stat()
            stamps.append((stat.st_mtime_ns, stat.st_size))
        except OSError:
            stamps.append((0, 0))
    return stamps

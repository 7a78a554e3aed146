"""A pass in the caller's thread, or, when there is much to read, in a process of its own.

Parsing hundreds of mails beside the screen would double what a key press takes.
The child gets everything through a pipe (nothing on its command line), reports
over it, and stops when it is told to or when its parent is gone.
"""

import multiprocessing
import os
import signal
from collections.abc import Callable
from contextlib import redirect_stderr
from dataclasses import replace
from multiprocessing.connection import Connection
from threading import Event, Thread

from deskterm.config import logs
from deskterm.domain.views import Progress
from deskterm.errors import DesktermError, NotNow
from deskterm.storage import mailboxes, sources
from deskterm.storage.database import Database
from deskterm.storage.migrate import open_database
from deskterm.sync.one_pass import Pass, PassResult, run_pass
from deskterm.sync.reader import Reader

SMALL = 300  # mails a pass may read beside the screen
_TICK = 0.2  # seconds between looks at `stop`


def run_beside(what: Pass, db: Database, report: Callable[[Progress], None], stop: Event) -> PassResult:
    """One pass, as `run_pass`; a large one runs in a child process. For programs with a screen."""
    if _much_is_left(what, db):
        return run_apart(what, report, stop)
    done = run_pass(replace(what, most=SMALL), db, report, stop)
    return _both(done, run_apart(what, report, stop)) if done.more else done


def run_here(what: Pass, db: Database, report: Callable[[Progress], None], stop: Event) -> PassResult:
    """One pass in this process, for programs without a screen; a large one has its mails read beside it."""
    if not _much_is_left(what, db):
        return run_pass(what, db, report, stop)
    with Reader(what.context.own) as reader:
        return run_pass(what, db, report, stop, reader=reader)


def run_apart(what: Pass, report: Callable[[Progress], None], stop: Event) -> PassResult:
    """One pass in a child process. NotNow if the child died; what it had read is kept."""
    spawn = multiprocessing.get_context("spawn")  # a fork would copy the screen's threads and its terminal
    ours, theirs = spawn.Pipe()
    child = spawn.Process(target=_child, args=(what, theirs), name="deskterm sync")
    with redirect_stderr(None):  # the screen's stands for no file, and could not be handed on
        child.start()
    theirs.close()
    try:
        return _followed(ours, report, stop)
    finally:
        ours.close()
        child.join()
        child.close()


def _followed(pipe: "Connection", report: Callable[[Progress], None], stop: Event) -> PassResult:
    told = False
    while True:
        try:
            if stop.is_set() and not told:
                pipe.send("stop")
                told = True
            said = pipe.recv() if pipe.poll(_TICK) else None
        except (EOFError, OSError) as error:
            raise NotNow(
                "The sync was ended from outside.",
                safe="What it had read is kept.",
                todo="It goes on from there with the next sync.",
            ) from error
        match said:
            case Progress():
                report(said)
            case PassResult():
                return said
            case DesktermError():
                raise said


def _much_is_left(what: Pass, db: Database) -> bool:
    """Whether a folder's history is still to be read. Who fails is tried in the thread first."""
    with db.read() as tx:
        for mailbox in what.settings.mailboxes:
            if sources.failing(tx, mailbox.name):
                continue
            known = [
                one for one in mailboxes.cursors(tx, mailbox.name) if one.role in ("inbox", "sent", "all")
            ]
            if not known or any(not one.complete_to for one in known):
                return True
    return False


def _both(first: PassResult, then: PassResult) -> PassResult:
    return replace(
        then,
        mails=first.mails + then.mails,
        fresh=first.fresh + then.fresh,
        orders=first.orders + then.orders,
        sent=first.sent + then.sent,
    )


def _child(what: Pass, pipe: "Connection") -> None:
    """The child's whole life. Nothing of it reaches the terminal its parent draws on."""
    _quiet()
    stop = Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_listen, args=(pipe, stop), daemon=True).start()
    try:
        answer: PassResult | DesktermError = _whole_pass(what, pipe, stop)
    except DesktermError as error:
        answer = error
    try:
        pipe.send(answer)
    except OSError:
        os._exit(0)  # the parent is gone


def _whole_pass(what: Pass, pipe: "Connection", stop: Event) -> PassResult:
    def report(progress: Progress) -> None:
        try:
            pipe.send(progress)
        except OSError:
            stop.set()

    if what.settings.wire_log:
        logs.start_wire_log(what.home)
    db = open_database(what.home.database)
    try:
        return run_here(what, db, report, stop)
    finally:
        db.close()


def _listen(pipe: "Connection", stop: Event) -> None:
    """Whatever the parent says, or its end, means stop."""
    try:
        pipe.recv()
    except (EOFError, OSError):
        pass
    finally:
        stop.set()


def _quiet() -> None:
    nowhere = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(nowhere, descriptor)
    os.close(nowhere)

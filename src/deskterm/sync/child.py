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
from functools import partial
from multiprocessing.connection import Connection
from threading import Event, Lock, Thread
from typing import TypeVar, cast

from deskterm.config import logs
from deskterm.config.environment import starting_safely
from deskterm.config.paths import Home
from deskterm.config.settings_file import Settings
from deskterm.domain.desk_state import Progress, Report
from deskterm.domain.sources import Source, SourceKind
from deskterm.errors import DesktermError, NotNow
from deskterm.intake import learning
from deskterm.storage import sources
from deskterm.storage.mail import folders
from deskterm.storage.schema.database import Database
from deskterm.storage.schema.migrate import open_database
from deskterm.sync.one_pass import Pass, PassResult, run_pass
from deskterm.sync.reader import Reader
from deskterm.value_class import dataclass

T = TypeVar("T")
Work = Callable[[Database, Report, Event], T]
SMALL = 300  # mails a pass may read beside the screen
_STARTING = Lock()  # stderr is the whole process's: two that start at once would give back the wrong one
_TICK = 0.2  # seconds between looks at `stop`


def run_beside(what: Pass, db: Database, report: Callable[[Progress], None], stop: Event) -> PassResult:
    """One pass, as `run_pass`; a large one runs in a child process. For programs with a screen."""
    if _much_is_left(what, db):
        return run_pass_in_child(what, report, stop)
    done = run_pass(replace(what, most=SMALL), db, report, stop)
    with db.read() as tx:
        owed = done.more or learning.is_due(tx)
    return _add_results(done, run_pass_in_child(what, report, stop)) if owed else done


def run_here(what: Pass, db: Database, report: Callable[[Progress], None], stop: Event) -> PassResult:
    """One pass in this process, for programs without a screen; a large one has its mails read beside it."""
    if not _much_is_left(what, db):
        return run_pass(what, db, report, stop)
    if not what.beside_desk:
        db.write_much()
    with Reader(what.context) as reader:
        return run_pass(what, db, report, stop, reader=reader)


def run_pass_in_child(what: Pass, report: Callable[[Progress], None], stop: Event) -> PassResult:
    """One pass in a child process. NotNow if the child died; what it had read is kept."""
    work = partial(run_here, replace(what, beside_desk=True))
    return run_in_child(what.settings, what.home, work, report, stop)


def run_in_child(settings: Settings, home: Home, work: Work[T], report: Report, stop: Event) -> T:
    """Do `work`, which pickles, in a child process with a database of its own; returns what it gives.

    Raises the DesktermError that it ended with. NotNow if the child died.
    """
    spawn = multiprocessing.get_context("spawn")  # a fork would copy the screen's threads and its terminal
    ours, theirs = spawn.Pipe()
    given = (settings.wire_log, home, work, theirs)
    child = spawn.Process(target=_child, args=given, name="deskterm sync")
    with (
        _STARTING,
        starting_safely(),
        redirect_stderr(None),
    ):  # the screen's stands for no file, and could not be handed on
        child.start()
    theirs.close()
    try:
        return cast("T", _follow_child(ours, report, stop))
    finally:
        ours.close()
        child.join()
        child.close()


def _follow_child(pipe: "Connection", report: Report, stop: Event) -> object:
    asked_to_stop = False
    while True:
        try:
            if stop.is_set() and not asked_to_stop:
                pipe.send("stop")
                asked_to_stop = True
            message = pipe.recv() if pipe.poll(_TICK) else None
        except (EOFError, OSError) as error:
            raise NotNow(
                "The sync was ended from outside.",
                safe="What it had read is kept.",
                todo="It goes on from there with the next sync.",
            ) from error
        match message:
            case Progress():
                report(message)
            case DesktermError():
                raise message
            case _Done():
                return message.result


def _much_is_left(what: Pass, db: Database) -> bool:
    """Whether the history of a folder or a store is still to be read; what fails is retried in a thread."""
    with db.read() as tx:
        for store in what.settings.stores:
            source = Source(store.name, SourceKind.ORDERS)
            failing = sources.is_failing(tx, source)
            if store.is_live and not failing and not sources.complete_to(tx, source, what.now):
                return True
        for mailbox in what.settings.mailboxes:
            if sources.is_failing(tx, Source(mailbox.name)):
                continue
            known = [one for one in folders.cursors(tx, mailbox.name) if one.role in ("inbox", "sent", "all")]
            if not known or any(not one.complete_to for one in known):
                return True
    return False


def _add_results(first: PassResult, then: PassResult) -> PassResult:
    return replace(
        then,
        mails=first.mails + then.mails,
        fresh=first.fresh + then.fresh,
        orders=first.orders + then.orders,
        sent=first.sent + then.sent,
    )


@dataclass(frozen=True, slots=True)
class _Done:
    """The result of the child's work."""

    result: object


def _child(wire_log: bool, home: Home, work: Work[object], pipe: "Connection") -> None:  # noqa: FBT001 - of settings
    """The main function of the child. Nothing it prints reaches the terminal that its parent draws on."""
    _quiet()
    stop = Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_listen, args=(pipe, stop), daemon=True).start()
    try:
        answer: _Done | DesktermError = _Done(_do_work(home, work, pipe, stop, wire_log=wire_log))
    except DesktermError as error:
        answer = error
    try:
        pipe.send(answer)
    except OSError:
        os._exit(0)  # the parent is gone


def _do_work(home: Home, work: Work[T], pipe: "Connection", stop: Event, *, wire_log: bool) -> T:
    def report(progress: Progress) -> None:
        try:
            pipe.send(progress)
        except OSError:
            stop.set()

    if wire_log:
        logs.start_wire_log(home)
    os.chdir(home.data_folder)  # nothing that lies in the folder deskterm was started from concerns a child
    db = open_database(home.database)
    try:
        return work(db, report, stop)
    finally:
        db.close()


def _listen(pipe: "Connection", stop: Event) -> None:
    """Stop as soon as the parent says anything or has ended."""
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

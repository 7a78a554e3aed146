"""What runs in a process that is to die: a delivery, a pass or the whole program, killed where it is told."""

import os
import signal
from threading import Event

from aiosmtplib.protocol import SMTPProtocol

from deskterm.config.paths import Home
from deskterm.config.settings_file import Settings
from deskterm.storage.schema import database
from deskterm.storage.schema.migrate import open_database
from deskterm.sync.one_pass import run_pass
from deskterm.sync.smtp.outbox import deliver
from torture import scene  # noqa: F401 - as small batches as there


def die():
    os.kill(os.getpid(), signal.SIGKILL)


def counting(left):
    """Something to call; the `left`-th call is the last."""

    def count(*_):
        nonlocal left
        left -= 1
        if left == 0:
            die()

    return count


def at_statement(number):
    """Have this process die before its n-th statement (0: never); gives nothing back."""
    connect, count = database._connect, counting(number)

    def traced(*given, **named):
        connection = connect(*given, **named)
        connection.set_trace_callback(count)
        return connection

    database._connect = traced


def at_write(number, part):
    """Have this process die at its n-th write to an SMTP server, before it (0), midway (1) or after it (2)."""
    write, left = SMTPProtocol.write, number

    def writing(self, data):
        nonlocal left
        left -= 1
        if left:
            return write(self, data)
        write(self, (b"", data[: len(data) // 2], data)[part])
        if part == 2:
            os.sched_yield()
        return die()

    SMTPProtocol.write = writing


def delivering(root, mailbox, known, now, *, statement, write):
    at_statement(statement)
    if write:
        at_write(*write)
    home = Home(root)
    db = open_database(home.database)
    deliver(Settings(mailboxes=(mailbox,)), home, db, known, now=now, stop=Event())


def reading(what, statement):
    at_statement(statement)
    run_pass(what, open_database(what.home.database), lambda progress: None, Event())


def syncing(root):
    """`deskterm sync`, whole."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for descriptor in (0, 1, 2):
        os.dup2(nowhere, descriptor)
    from deskterm.cli import main

    os._exit(main(["--home", str(root), "sync"]))

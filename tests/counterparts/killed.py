"""Kills work before its n-th statement or step, in a forked process, because starting a new one is slow."""

import os
import signal
import sqlite3
import sys
import warnings

FILE_STEPS = ("os.rename", "os.link", "os.remove", "shutil.copyfile", "open", "sqlite3.connect")


def killed_at_file(step, work):
    """The same, killed before it touches a file for that time (`FILE_STEPS`, as Python's audit events call them)."""
    return killed_at(step, work, _count_files)


def killed_at(statement, work, count=None):
    """Do the work, killed before that statement; gives whether it had ended by then. No database may be open."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # 3.12 warns of threads, which do nothing here
        child = os.fork()
    if child:
        ended = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        assert ended in (0, -signal.SIGKILL), "the work itself failed"
        return ended == 0
    try:
        (count or _count)(statement)
        work()
        os._exit(0)
    finally:
        os._exit(1)


def _count(left):
    connect = sqlite3.connect

    def count(_statement):
        nonlocal left
        left -= 1
        if not left:
            os.kill(os.getpid(), signal.SIGKILL)

    def traced(*given, **named):
        connection = connect(*given, **named)
        connection.set_trace_callback(count)
        return connection

    sqlite3.connect = traced


def _count_files(left):
    def hear(event, _given):
        nonlocal left
        if event in FILE_STEPS:
            left -= 1
            if not left:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(hear)

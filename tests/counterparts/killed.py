"""Work that is killed before its n-th statement, in a process of its own: a fork, as starting one takes long."""

import os
import signal
import sqlite3
import warnings


def killed_at(statement, work):
    """Do the work, killed before that statement; gives whether it came to its end before. No database may be open."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # 3.12 warns of threads, which do nothing here
        child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    try:
        _count(statement)
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

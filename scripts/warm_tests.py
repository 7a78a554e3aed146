"""Runs tests many times in a process that has the libraries loaded: for `scripts/mutants`.

`python warm_tests.py serve SOCKET` waits; `python warm_tests.py run SOCKET ARGUMENTS` has pytest run there
with these arguments, in a fork, and ends with its exit status. Nothing of deskterm is loaded before the fork,
so that each run has the code as it is in the file then.
"""

import importlib
import os
import socket
import sys
from contextlib import suppress

_HEAVY = (
    "pytest",
    "sqlmodel",
    "aiosmtplib",
    "aiosmtpd.smtp",
    "imapclient",
    "cryptography.x509",
    "textual.app",
)


def main() -> int:
    """Serve, or send something to be run."""
    what, path, *arguments = sys.argv[1:]
    return serve(path) if what == "serve" else run(path, arguments)


def serve(path: str) -> int:
    """Run what is asked for, one after the other, until the process ends."""
    for name in _HEAVY:
        with suppress(ImportError):
            importlib.import_module(name)
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(path)
        listener.listen()
        while True:
            line, _ = listener.accept()
            with line:
                line.sendall(b"%d\n" % _in_a_fork(line.recv(65536).decode().split("\n")))


def _in_a_fork(arguments: list[str]) -> int:
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    os.setsid()
    sys.path.insert(0, "src")
    os._exit(int(importlib.import_module("pytest").main(arguments)))


def run(path: str, arguments: list[str]) -> int:
    """Have these tests run; returns their exit status."""
    with socket.socket(socket.AF_UNIX) as line:
        line.connect(path)
        line.sendall("\n".join(arguments).encode())
        return int(line.recv(16) or 1)


if __name__ == "__main__":
    sys.exit(main())

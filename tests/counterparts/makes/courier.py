"""Courier's IMAP program, behind a front end for TLS and login like Courier's own.

Debian lets nobody install it beside Dovecot: `sh scripts/servers` unpacks it. It needs neither root nor a daemon.
"""

import contextlib
import shlex
import shutil
import socket
import subprocess
import tempfile
import threading
from pathlib import Path

from counterparts.dovecot import USER
from counterparts.makes import UNPACKED, is_right, surroundings
from counterparts.makes.mailboxes import Mailboxes

_ROOT = UNPACKED / "courier-imap"
PROGRAM = _ROOT / "usr/bin/imapd"
_MONITOR = (
    _ROOT / "usr/libexec/gam_server"
)  # tells it of new files; looking for one that is missing takes seconds
_CAN = "IMAP4rev1 UIDPLUS CHILDREN NAMESPACE THREAD=ORDEREDSUBJECT THREAD=REFERENCES SORT QUOTA IDLE"  # as Debian has it


class Courier(Mailboxes):
    """A running server with one user's Maildir, and INBOX.Sent in it."""

    def __init__(self, certificate, ca_file):
        self.ca_file = ca_file
        self.folder = Path(tempfile.mkdtemp(prefix="courier-"))
        for name in ("", ".Sent"):
            for part in ("cur", "new", "tmp"):
                (self.folder / "Maildir" / name / part).mkdir(parents=True)
        self._environment = {
            **surroundings(_ROOT),
            "AUTHENTICATED": USER,
            "MAILDIR": str(self.folder / "Maildir"),
            "HOME": str(self.folder),
            "IMAP_CAPABILITY": _CAN,
            "IMAP_USELOCKS": "0",
            "GAM_CLIENT_ID": self.folder.name,
        }
        self._monitor = subprocess.Popen([_MONITOR, "--notimeout", self.folder.name], env=self._environment)
        self._context = certificate.server_context()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.tls_port = self._listener.getsockname()[1]
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def stop(self):
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._thread.join(5)
        self._listener.close()
        self._monitor.terminate()
        self._monitor.wait(20)
        shutil.rmtree(self.folder, ignore_errors=True)

    def _serve(self):
        with contextlib.suppress(OSError):
            while True:
                line, _ = self._listener.accept()
                threading.Thread(target=self._one, args=(line,), daemon=True).start()

    def _one(self, line):
        with contextlib.suppress(OSError):
            line = self._context.wrap_socket(line, server_side=True)
            with line, line.makefile("rb") as said:
                tag = self._let_in(line, said)
                if tag:
                    self._hand_on(line, said, tag)

    def _let_in(self, line, said):
        """The tag of the successful LOGIN; None if the client leaves before."""
        line.sendall(b"* OK [CAPABILITY %b] Courier-IMAP ready.\r\n" % _CAN.encode())
        for command in said:
            tag, verb, *words = shlex.split(command.decode())
            if verb == "CAPABILITY":
                line.sendall(f"* CAPABILITY {_CAN}\r\n{tag} OK CAPABILITY completed\r\n".encode())
            elif verb == "LOGIN" and is_right(*words):
                return tag
            else:
                line.sendall(f"{tag} NO Login failed.\r\n".encode())
        return None

    def _hand_on(self, line, said, tag):
        """Connect the client with Courier; its greeting for a client that is logged in already is not passed on."""
        program = subprocess.Popen(
            [PROGRAM, "Maildir"], cwd=self.folder, env=self._environment,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        with program:
            while not program.stdout.readline().startswith(b"* PREAUTH"):
                pass
            line.sendall(f"{tag} OK LOGIN Ok.\r\n".encode())
            threading.Thread(target=_pass_on, args=(said, program.stdin), daemon=True).start()
            while some := program.stdout.read1():
                line.sendall(some)


def _pass_on(said, to):
    with contextlib.suppress(OSError, ValueError), to:
        while some := said.read1():
            to.write(some)
            to.flush()

"""Tells Cyrus and Postfix whether a password is right, as saslauthd does, on a socket of the test's own."""

import contextlib
import socket
import struct
import threading

from counterparts.dovecot import PASSWORD, USER

_NAME = USER.partition("@")[0]


class PasswordChecker:
    """Answers at the socket `path` until it is closed. A question is user, password, service and realm, each counted."""

    def __init__(self, path):
        self._listener = socket.socket(socket.AF_UNIX)
        self._listener.bind(str(path))
        path.chmod(0o777)
        self._listener.listen()
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def close(self):
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._thread.join(5)
        self._listener.close()

    def _serve(self):
        with contextlib.suppress(OSError):
            while True:
                line, _ = self._listener.accept()
                with line, line.makefile("rb") as said, contextlib.suppress(OSError, struct.error):
                    user, password, *_ = (said.read(*struct.unpack("!H", said.read(2))) for _ in range(4))
                    name = user.decode().partition("@")[0]  # Cyrus gives what follows as the realm
                    answer = b"OK" if (name, password.decode()) == (_NAME, PASSWORD) else b"NO"
                    line.sendall(struct.pack("!H", len(answer)) + answer)

"""A server that sends what a test tells it to, for answers that no honest server gives."""

import contextlib
import re
import socket
import threading


class Scripted:
    """Listens on loopback; each line a client sends is answered by the first pattern that fits.

    `replies` are (pattern, bytes or None): `%T` in the bytes is the command's tag, None cuts the line.
    A line that fits nothing is answered with OK. With `tls` the line is encrypted from the start. `pause`
    is how many seconds the server thinks about each answer.
    """

    def __init__(self, *replies, greeting=b"* OK ready\r\n", tls=None, pause=0.0):
        self.replies, self.greeting, self.tls, self.pause = replies, greeting, tls, pause
        self._over = threading.Event()
        self.lines = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self._held = []
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def close(self):
        self._over.set()
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)  # wakes the thread, so that its port is free
        self._thread.join(5)
        self._listener.close()
        for line in self._held:
            with contextlib.suppress(OSError):
                line.close()

    def _serve(self):
        while True:
            try:
                line, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._one, args=(line,), daemon=True).start()

    def _one(self, line):
        with contextlib.suppress(OSError):
            if self.tls:
                line = self.tls.wrap_socket(line, server_side=True)
            self._held.append(line)
            with line, line.makefile("rb") as said:
                line.sendall(self.greeting)
                for command in said:
                    self.lines.append(command)
                    answer = self._answer(command)
                    if answer is None:
                        return
                    if answer:
                        self._over.wait(self.pause)
                        line.sendall(answer)

    def _answer(self, command):
        tag = command.split(b" ", 1)[0].strip()
        for pattern, reply in self.replies:
            if re.search(pattern, command, re.IGNORECASE):
                return None if reply is None else reply.replace(b"%T", tag)
        return tag + b" OK done\r\n"

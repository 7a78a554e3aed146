"""A TCP proxy that cuts or stalls the connection after a number of bytes."""

import contextlib
import select
import socket
import struct
import threading


class Chaos:
    """Forwards to a port on loopback. `cut_after` bytes from the server each connection is cut (None: never).

    `ours` cuts after so many bytes from the client. `reset` cuts with RST in place of FIN, `stall` goes
    silent in place of cutting; `at_cut` is called just before. `late` holds back what the server says, in
    seconds; `trickle` are (bytes, seconds) in which it is let through. One thread serves a connection.
    `passed` are the bytes (from the server, from the client) the last connection let through, `most` the
    connections that were open at once, `begun` all there were.
    """

    def __init__(
        self,
        port,
        cut_after=None,
        *,
        ours=None,
        reset=False,
        stall=False,
        at_cut=None,
        late=0.0,
        trickle=None,
    ):
        self.target, self.reset, self.stall, self.at_cut = port, reset, stall, at_cut
        self.late, self.trickle = late, trickle
        self._over = threading.Event()
        self.limits = (cut_after, ours)
        self.passed = [0, 0]
        self.cuts = self.open = self.most = self.begun = 0
        self._lines = set()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self._thread = threading.Thread(target=self._accept, daemon=True)
        self._thread.start()

    def close(self):
        self._over.set()
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)  # wakes the thread, so that its port is free
        self._thread.join(5)
        self._listener.close()

    def _accept(self):
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(client,), daemon=True).start()

    def _serve(self, client):
        server = socket.create_connection(("127.0.0.1", self.target))
        self._lines |= {client, server}
        self.begun += 1
        self.open += 1
        self.most = max(self.most, self.open)
        with client, server, contextlib.suppress(OSError):
            if self._forwarded(client, server):
                self.cuts += 1
                if self.reset:
                    for line in (client, server):
                        line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.open -= 1

    def cut_all(self):
        """Cut every open connection."""
        for line in self._lines:
            with contextlib.suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)

    def _forwarded(self, client, server):
        """Forwards until one side is done (False) or a limit is reached (True)."""
        left = list(self.limits)
        self.passed = passed = [0, 0]
        while True:
            ready, _, _ = select.select([client, server], [], [])
            for source in ready:
                data = source.recv(4096)
                if not data:
                    return False
                side, target = (1, server) if source is client else (0, client)
                passed[side] += len(data)
                limit = left[side]
                if limit is not None and len(data) >= limit:
                    target.sendall(data[:limit])
                    return self._cut(client)
                left[side] = None if limit is None else limit - len(data)
                for piece in [data] if side else self._slowly(data):
                    target.sendall(piece)

    def _slowly(self, data):
        """Pass on what the server sends, as slowly as it is set to."""
        size, pause = self.trickle or (len(data), self.late)
        for at in range(0, len(data), size):
            self._over.wait(pause)
            yield data[at : at + size]

    def _cut(self, client):
        if self.at_cut:
            self.at_cut()
        while self.stall and client.recv(4096):
            pass
        return True

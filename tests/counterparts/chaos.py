"""A TCP proxy that cuts the line after so many bytes from the server."""

import contextlib
import select
import socket
import struct
import threading


class Chaos:
    """Forwards to a port on loopback. `cut_after` bytes from the server each connection is cut (None: never).

    `reset` cuts with RST in place of FIN; `at_cut` is called just before. One thread serves a connection.
    """

    def __init__(self, port, cut_after=None, *, reset=False, at_cut=None):
        self.target, self.cut_after, self.reset, self.at_cut = port, cut_after, reset, at_cut
        self.cuts = 0
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self._thread = threading.Thread(target=self._accept, daemon=True)
        self._thread.start()

    def close(self):
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
        with client, server, contextlib.suppress(OSError):
            if self._forwarded(client, server):
                self.cuts += 1
                if self.reset:
                    client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))

    def _forwarded(self, client, server):
        """Forwards until one side is done (False) or the limit is reached (True)."""
        left = self.cut_after
        while True:
            ready, _, _ = select.select([client, server], [], [])
            for source in ready:
                data = source.recv(4096)
                if not data:
                    return False
                if source is client:
                    server.sendall(data)
                elif left is not None and len(data) >= left:
                    client.sendall(data[:left])
                    if self.at_cut:
                        self.at_cut()
                    return True
                else:
                    left = None if left is None else left - len(data)
                    client.sendall(data)

"""A TCP proxy that cuts the line after so many bytes from the server."""

import contextlib
import socket
import struct
import threading


class Chaos:
    """Forwards to a port on loopback. `cut_after` bytes from the server each connection is cut (None: never).

    `reset` cuts with RST in place of FIN.
    """

    def __init__(self, port, cut_after=None, *, reset=False):
        self.target, self.cut_after, self.reset = port, cut_after, reset
        self.cuts = 0
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self):
        self._listener.close()

    def _accept(self):
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            server = socket.create_connection(("127.0.0.1", self.target))
            threading.Thread(target=self._pump, args=(client, server, None), daemon=True).start()
            threading.Thread(target=self._pump, args=(server, client, self.cut_after), daemon=True).start()

    def _pump(self, source, sink, left):
        with contextlib.suppress(OSError):
            while data := source.recv(4096):
                if left is not None and len(data) >= left:
                    sink.sendall(data[:left])
                    self.cuts += 1
                    break
                left = None if left is None else left - len(data)
                sink.sendall(data)
        for line in (source, sink):
            with contextlib.suppress(OSError):
                if self.reset and left is not None:
                    line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                line.shutdown(socket.SHUT_RDWR)
            line.close()

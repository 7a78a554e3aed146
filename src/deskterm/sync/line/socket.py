"""A socket with limits: a server can neither flood us nor keep us waiting with a trickle."""

import io
import select
import socket
import ssl
import time
from typing import IO, TYPE_CHECKING, Any, cast

from deskterm.errors import Offline, ServerNonsense
from deskterm.sync.line import log

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

TIMEOUT = 30.0  # seconds without a byte
PATIENCE = 45.0  # seconds after which an answer must have come at SLOWEST
SLOWEST = 1000  # bytes a second
LONGEST = 60.0  # seconds in which a slower answer is given up, however its bytes are spread
MOST = 80_000_000  # bytes of one answer; ours are asked for in smaller pieces
# A line that died in silence (another network, say) is known within half a minute, in IDLE too.
_ALIVE = {"TCP_KEEPIDLE": 15, "TCP_KEEPALIVE": 15, "TCP_KEEPINTVL": 5, "TCP_KEEPCNT": 3}


class BoundedSocket(io.RawIOBase):
    """The reading side of a connection. `begin` is called before each command."""

    def __init__(self, sock: socket.socket, host: str) -> None:
        self._sock, self._host = sock, host
        self._silence = sock.gettimeout() or TIMEOUT
        self.log = log.open_log(host)
        self._only_ready = False
        _keep_alive(sock)
        self.begin()

    def begin(self) -> None:
        """Begin a new answer: counting starts from zero."""
        self._got = 0
        self._since = time.monotonic()

    def readable(self) -> bool:
        """True: this is the reading side."""
        return True

    def readinto(self, buffer: "WriteableBuffer") -> int | None:
        """Read bytes as they come. Raises Offline for a trickle, ServerNonsense for a flood."""
        if self._only_ready and not self._wait_ready(0):
            return None
        self._sock.settimeout(self._patience())
        got = self._sock.recv_into(buffer)
        self._got += got
        if self.log:
            self.log.log_received(bytes(memoryview(buffer)[:got]))
        if self._got > MOST:
            raise ServerNonsense(
                f"{self._host} answers without end.",
                safe="What was read before is kept.",
                todo="Try again; if it stays so, tell the mail host.",
            )
        spent = time.monotonic() - self._since
        if spent > PATIENCE and self._got < spent * SLOWEST:
            raise Offline(
                f"{self._host} answers too slowly to go on.",
                safe="What was read before is kept.",
                todo="deskterm tries again by itself.",
            )
        return got

    def _patience(self) -> float:
        """How many seconds the next byte may take; this shrinks while an answer only trickles in."""
        spent = time.monotonic() - self._since
        slow = self._got < spent * SLOWEST
        return max(0.1, min(self._silence, LONGEST - spent)) if slow else self._silence

    def wait(self, file: IO[Any], seconds: float) -> bool:
        """Whether anything can be read within that time; nothing is read."""
        buffered = cast("io.BufferedReader", file)
        self._only_ready = True
        try:
            return bool(buffered.peek(1)) or (self._wait_ready(seconds) and bool(buffered.peek(1)))
        finally:
            self._only_ready = False

    def _wait_ready(self, seconds: float) -> bool:
        if isinstance(self._sock, ssl.SSLSocket) and self._sock.pending():
            return True
        return bool(select.select([self._sock], [], [], seconds)[0])


def _keep_alive(sock: socket.socket) -> None:
    """Have the system ask, in seconds and times; macOS names the first differently."""
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    for name, value in _ALIVE.items():
        if hasattr(socket, name):
            sock.setsockopt(socket.IPPROTO_TCP, getattr(socket, name), value)

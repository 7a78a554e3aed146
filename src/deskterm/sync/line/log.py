"""The wire log of connections, for support. Off unless config.toml has `wire_log = true`.

Passwords and tokens are masked; of a literal or a mail handed over only its
size is written down.
"""

import itertools
import logging
import re
from collections.abc import Iterator
from typing import Any

from deskterm.domain.text import line

LOG = logging.getLogger("deskterm.wire")  # `config.logs` gives it a file of its own
_numbers = itertools.count(1)
_LONGEST = 1000  # characters of one line
_HELD = 65536  # bytes of a line without an end
_LITERAL = re.compile(rb"\{(\d{1,12})\+?\}\r?\n$")
_QUOTED = re.compile(rb'(BODY\[[^\]]*\](?:<\d+>)? )"(?:[^"\\]|\\.)*"', re.IGNORECASE)
_LOGIN = re.compile(rb"^(\S+ LOGIN) .*", re.IGNORECASE | re.DOTALL)
_AUTH = re.compile(rb"^((?:\S+ AUTHENTICATE|AUTH) [\w-]+)(.*)", re.IGNORECASE | re.DOTALL)
_GOES_ON = (b"+", b"334", b"* ")  # a login is not over: its next part is asked for, or other news comes


def open_log(host: str) -> "WireLog | None":
    """A log for one connection to `host`; None if the wire log is off."""
    return WireLog(host) if LOG.isEnabledFor(logging.DEBUG) else None


class WireLog:
    """One connection's two sides. `log_sent` and `log_received` take bytes as they come, in any pieces."""

    def __init__(self, host: str) -> None:
        self._name = f"{next(_numbers)} {line(host)}"
        self._ours, self._theirs = _Lines(), _Lines()
        self._secret = self._asked = self._body = False

    def log_sent(self, data: bytes) -> None:
        """Log bytes that we sent."""
        if self._body:
            self._write_lines(">", b"<mail of %d bytes>" % len(data))
            self._body = False
            return
        for part in self._ours.take(data):
            self._write_lines(">", self._mask(part))

    def log_received(self, data: bytes) -> None:
        """Log bytes that the server sent."""
        for part in self._theirs.take(data):
            if not part.startswith(_GOES_ON):
                self._secret = False
            self._body = self._asked and part.startswith(b"354")
            self._asked = self._asked and self._body
            self._write_lines("<", _QUOTED.sub(rb"\1<left out>", part))

    def _mask(self, part: bytes) -> bytes:
        if self._secret:
            return b"***"
        if found := _AUTH.match(part):
            self._secret = True
            return found[1] + (b" ***" if found[2].strip() else b"")
        self._asked = part.strip().upper() == b"DATA"
        return _LOGIN.sub(rb"\1 ***", part)

    def _write_lines(self, way: str, part: bytes) -> None:
        LOG.debug("%s %s %s", self._name, way, line(part.decode("utf-8", "replace").rstrip())[:_LONGEST])


class _Lines:
    """Splits bytes into lines; for a literal (RFC 9051, 4.3) only its size is logged."""

    def __init__(self) -> None:
        self._held = b""
        self._literal = self._left = 0

    def take(self, data: bytes) -> Iterator[bytes]:
        while data:
            if self._left:
                passed = min(self._left, len(data))
                self._left, data = self._left - passed, data[passed:]
                if not self._left:
                    yield b"<literal of %d bytes>" % self._literal
                continue
            head, end, data = data.partition(b"\n")
            self._held += head + end
            if end or len(self._held) > _HELD:
                part, self._held = self._held, b""
                if found := _LITERAL.search(part):
                    self._literal = self._left = int(found[1])
                yield part


def tap_imap(raw: Any, log: WireLog) -> WireLog:
    """Have what imaplib sends logged too; returns the connection's log, which outlives STARTTLS.

    The server's greeting was heard before.
    """
    known: WireLog | None = vars(raw).get("wire_log")
    if known:
        return known
    log.log_received(raw.welcome + b"\r\n")
    raw.wire_log, send = log, raw.send

    def sending(data: bytes) -> None:
        log.log_sent(bytes(data))
        send(data)

    raw.send = sending
    return log


def tap_smtp(protocol: Any, host: str, greeting: str) -> None:
    """Log both sides of aiosmtplib's protocol, which has already received the server's greeting."""
    log = open_log(host)
    if log is None or protocol is None:
        return
    log.log_received(f"{greeting}\r\n".encode())
    write, received = protocol.write, protocol.data_received

    def writing(data: bytes) -> None:
        log.log_sent(bytes(data))
        write(data)

    def receiving(data: bytes) -> None:
        log.log_received(bytes(data))
        received(data)

    protocol.write, protocol.data_received = writing, receiving

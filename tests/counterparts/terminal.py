"""A program in a pty of its own: keys and clicks go in, every byte that comes out is kept and classified."""

import fcntl
import os
import pty
import re
import select
import signal
import struct
import termios
import time
from contextlib import suppress

QUIET = 0.03  # seconds without output after which a picture is whole
PATIENCE = 60.0  # until something counts as not coming at all, on a machine that does much else
_STRING = rb"\x1b(?P<string>[\]PX^_])(?P<words>[^\x1b\x07]*(?:\x1b(?!\\)[^\x1b\x07]*)*)(?:\x07|\x1b\\)"
_TOKEN = re.compile(
    rb"\x1b\[(?P<params>[0-?]*)(?P<between>[ -/]*)(?P<end>[@-~])"
    rb"|" + _STRING + rb"|\x1b(?P<short>[ -/]*[0-NOQ-WYZ\\`-~])|(?P<control>[\x00-\x1f\x7f])"
)


def parted(output: bytes) -> tuple[set[str], str]:
    """The kinds of sequences and controls a terminal was sent, and the text between them.

    A kind is what a sequence does, without its figures: `CSI m`, `CSI ?1049h`. Strings
    (OSC, DCS, APC ...) and modes are kinds with all they say. Text that is no UTF-8 raises.
    """
    kinds = {_kind(found) for found in _TOKEN.finditer(output)}
    return kinds, _TOKEN.sub(b"\n", output).decode("utf-8")


def _kind(found: re.Match[bytes]) -> str:
    part = {name: value.decode("utf-8", "replace") for name, value in found.groupdict().items() if value}
    if "string" in part:
        return f"ESC {part['string']} {part.get('words', '')}"
    if "short" in part:
        return f"ESC {part['short']}"
    if "control" in part:
        return f"control {ord(part['control']):02x}"
    end, params = part["end"], part.get("params", "")
    said = params if end in "hlnctqu" or params[:1] in ("<", "=", ">", "?") else ""
    return f"CSI {said}{part.get('between', '')}{end}"


class Terminal:
    """`with Terminal([...]) as terminal:` starts the program and ends it. `output` is all it wrote.

    The size is the terminal's, whatever the environment of the tests says of another one.
    """

    def __init__(self, argv, *, env, columns=120, rows=36):
        self.output = b""
        self.columns, self.rows = columns, rows
        env = {name: value for name, value in env.items() if name not in ("COLUMNS", "LINES")}
        self.pid, self._fd = pty.fork()
        if self.pid == 0:
            try:
                os.execvpe(argv[0], argv, env)
            finally:
                os._exit(127)
        fcntl.ioctl(self._fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self._over = False

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if not self._over:
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
        os.close(self._fd)

    @property
    def lives(self) -> bool:
        """Whether the program still runs."""
        if not self._over:
            self._over = os.waitpid(self.pid, os.WNOHANG)[0] != 0
        return not self._over

    def press(self, keys: str, marker: str = "") -> None:
        """Send keys. Read until `marker` was painted since, and until nothing more comes for a moment."""
        before = len(self.output)
        os.write(self._fd, keys.encode())
        if marker:
            self.until(marker, before)
        self._drain(QUIET if marker else 4 * QUIET)

    def click(self, column: int, row: int) -> None:
        """Press and release the left button at a cell, counted from 1 (SGR mouse reports)."""
        os.write(self._fd, f"\x1b[<0;{column};{row}M\x1b[<0;{column};{row}m".encode())
        self._drain(0.0)

    def until(self, marker: str, since: int = 0) -> None:
        """Read until `marker` is in the output after `since`."""
        wanted, end = marker.encode(), time.monotonic() + PATIENCE
        while wanted not in self.output[since:]:
            if time.monotonic() > end or not (self._read(0.5) or self.lives):
                raise AssertionError(f"{marker!r} was not painted; last came {self.output[since:][-300:]!r}")

    def reads_until(self, true) -> None:
        """Read on until a condition outside holds."""
        end = time.monotonic() + PATIENCE
        while not true():
            assert time.monotonic() < end, f"it does not come; last was painted {self.output[-300:]!r}"
            self._read(0.1)

    def ended(self) -> int:
        """Read until the program has ended; gives its exit status."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            if not self._read(0.2):
                pid, status = os.waitpid(self.pid, os.WNOHANG)
                if pid:
                    self._over = True
                    self._drain(0.0)
                    return os.waitstatus_to_exitcode(status)
        raise AssertionError(f"it goes on and on: {self.output[-300:]!r}")

    def _drain(self, quiet: float) -> None:
        while self._read(quiet):
            pass

    def _read(self, wait: float) -> bytes:
        if not select.select([self._fd], [], [], wait)[0]:
            return b""
        with suppress(OSError):  # Linux says EIO where the other side has gone
            data = os.read(self._fd, 1 << 16)
            self.output += data
            return data
        return b""

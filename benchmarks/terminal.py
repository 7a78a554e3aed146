"""A real pty: how long until a program has painted, how long a key takes, how much memory it uses."""

import fcntl
import os
import pty
import select
import signal
import struct
import termios
import time
from pathlib import Path
from types import TracebackType
from typing import Self

QUIET = 0.04  # seconds without output after which a picture is complete


class Terminal:
    """A program running in a pty of its own, read as fast as it writes."""

    def __init__(
        self, argv: list[str], *, columns: int = 120, rows: int = 36, env: dict[str, str] | None = None
    ) -> None:
        self.started = time.perf_counter()
        self.output = b""
        self.pid, self.fd = pty.fork()
        if self.pid == 0:
            term = {
                "TERM": "xterm-256color",
                "COLORTERM": "truecolor",
                "COLUMNS": str(columns),
                "LINES": str(rows),
            }
            try:
                os.execvpe(argv[0], argv, {**os.environ, **term, **(env or {})})
            finally:
                os._exit(127)
        fcntl.ioctl(self.fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self.fd)

    def until(self, marker: bytes, patience: float = 60) -> float:
        """Seconds from the start of the program to the first output that holds `marker`."""
        end = time.perf_counter() + patience
        while time.perf_counter() < end:
            self._read(0.5)
            if marker in self.output:
                return time.perf_counter() - self.started
        raise TimeoutError(f"{marker!r} was not painted within {patience} s: {self.output[-300:]!r}")

    def settle(self, quiet: float = 0.4) -> None:
        """Read until nothing comes for a while."""
        while self._read(quiet):
            pass

    def key(self, data: bytes) -> float:
        """Seconds from the key press to the last byte of the picture that answers it.

        Raises TimeoutError if nothing answers the key: that does not count as fast.
        """
        pressed = last = time.perf_counter()
        os.write(self.fd, data)
        wait = 1.0
        while self._read(wait):
            last, wait = time.perf_counter(), QUIET
        if last == pressed:
            raise TimeoutError(f"{data!r} painted nothing")
        return last - pressed

    def shown(self, data: bytes, marker: bytes, patience: float = 60) -> tuple[float, float]:
        """Seconds from the key press to the first byte that answers it, and to the output that holds `marker`."""
        self.output, first = b"", 0.0
        pressed = time.perf_counter()
        os.write(self.fd, data)
        while time.perf_counter() < pressed + patience:
            if self._read(0.5):
                first = first or time.perf_counter() - pressed
            if marker in self.output:
                return first, time.perf_counter() - pressed
        raise TimeoutError(f"{marker!r} was not painted within {patience} s after {data!r}")

    def megabytes(self) -> float:
        """Resident memory now."""
        status = Path(f"/proc/{self.pid}/status").read_text(encoding="ascii")
        line = next(line for line in status.splitlines() if line.startswith("VmRSS"))
        return int(line.split()[1]) / 1024

    def _read(self, wait: float) -> bytes:
        if not select.select([self.fd], [], [], wait)[0]:
            return b""
        try:
            data = os.read(self.fd, 1 << 16)
        except OSError:
            return b""
        self.output = (self.output + data)[-400_000:]
        return data

"""The terminal as Textual drives it, but that the thread which reads keys sleeps until there is one.

Textual's wakes ten times a second, to see whether it is to end and whether an Escape stood alone. This one is
woken when it is to end, and looks at the time only while something half read waits for its rest.
"""

import os
import selectors
from codecs import getincrementaldecoder
from contextlib import suppress
from threading import Event
from typing import Any

from textual.drivers.linux_driver import LinuxDriver

from deskterm.app.paste import PasteParser

_MOMENT = 0.02  # seconds between looks whether what was begun is over
_AT_ONCE = 4096  # bytes of a read, as Textual's


class WakingEvent(Event):
    """An event that a selector can wait for too: its `reader` has something to read while it is set."""

    def __init__(self) -> None:
        super().__init__()
        self.reader, self._writer = os.pipe()
        os.set_blocking(self.reader, False)

    def set(self) -> None:
        """Set it."""
        super().set()
        os.write(self._writer, b".")

    def clear(self) -> None:
        """Take it back."""
        super().clear()
        with suppress(BlockingIOError):
            os.read(self.reader, _AT_ONCE)


class QuietDriver(LinuxDriver):
    """Textual's driver with a parser of ours, and a thread that sleeps."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.exit_event = self._over = WakingEvent()

    def run_input_thread(self) -> None:
        """Read and tell what is typed, pressed and pasted until told to end."""
        parser = PasteParser(self._debug)
        decode = getincrementaldecoder("utf-8")().decode
        with selectors.SelectSelector() as selector:
            selector.register(self.fileno, selectors.EVENT_READ)
            selector.register(self._over.reader, selectors.EVENT_READ)
            while not self.exit_event.is_set():
                ready = selector.select(_MOMENT if parser.waits else None)
                if any(key.fd == self.fileno for key, _ in ready):
                    read = os.read(self.fileno, _AT_ONCE)
                    if not read:  # the terminal is gone: there will be nothing more
                        self.exit_event.wait()
                    for message in parser.feed(decode(read)) if read else ():
                        self.process_message(message)
                for message in parser.tick():
                    self.process_message(message)

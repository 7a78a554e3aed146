"""The log: rotating, readable by the owner alone, without bodies, secrets or locals.

An exception is logged as its type and the places it came through. Its text is
left out unless it is one of ours, because a library's may quote a mail.
"""

import logging
import os
import traceback
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler
from typing import Any

from deskterm.config.paths import Home
from deskterm.errors import DesktermError

_ONE_FILE = 1_000_000  # bytes
_KEPT = 3


def start(home: Home, level: int = logging.INFO) -> logging.Logger:
    """The logger of deskterm, writing to the home's log file. Other libraries' loggers stay silent."""
    logger = logging.getLogger("deskterm")
    for old in logger.handlers[:]:
        logger.removeHandler(old)
        old.close()
    handler = _PrivateFileHandler(
        home.log_file, maxBytes=_ONE_FILE, backupCount=_KEPT, encoding="utf-8", delay=True
    )
    handler.setFormatter(_BriefFormatter("%(asctime)s %(levelname)s %(name)s %(process)d: %(message)s"))
    logger.addHandler(handler)
    logger.setLevel(level)
    logger.propagate = False
    return logger


def start_wire_log(home: Home) -> None:
    """Log all traffic into `wire.log` beside the log, for support."""
    logger = logging.getLogger("deskterm.wire")
    file = home.log_file.with_name("wire.log")
    for old in logger.handlers[:]:
        logger.removeHandler(old)
        old.close()
    handler = _PrivateFileHandler(file, maxBytes=_ONE_FILE, backupCount=_KEPT, encoding="utf-8", delay=True)
    handler.setFormatter(logging.Formatter("%(asctime)s %(process)d %(message)s"))
    logger.addHandler(handler)
    logger.setLevel(logging.DEBUG)
    logger.propagate = False


class _PrivateFileHandler(RotatingFileHandler):
    """A rotating log file with mode 0600."""

    def _open(self) -> TextIOWrapper:
        os.close(os.open(self.baseFilename, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600))
        return super()._open()

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - logging's name
        """Ignore errors of the log itself; `deskterm doctor` reports a folder that cannot be written."""


class _BriefFormatter(logging.Formatter):
    """A formatter that leaves out the texts of exceptions and prints only where they passed."""

    def formatException(self, ei: Any) -> str:  # noqa: N802 - logging's name
        kind, error, trail = ei
        words = f": {error}" if isinstance(error, DesktermError) else ""
        places = [
            f"  {frame.filename}:{frame.lineno} in {frame.name}" for frame in traceback.extract_tb(trail)
        ]
        return "\n".join([f"{kind.__name__}{words}", *places])

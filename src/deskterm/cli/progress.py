"""A command's progress on the terminal: the same words, bar and pace as in the desk."""

import shutil
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from deskterm.domain.desk_state import Progress
from deskterm.domain.drawn_text import drawable
from deskterm.domain.text import line


@contextmanager
def progress_on_terminal(*, quiet: bool) -> Iterator[Callable[[Progress], None]]:
    """A report that rewrites one line of stderr and clears it at the end; silent without a terminal."""
    shows = sys.stderr.isatty() and not quiet
    try:
        yield _progress if shows else _silent
    finally:  # an error gets its own line
        if shows:
            print("\r\x1b[K", end="", file=sys.stderr, flush=True)


def _silent(_: Progress) -> None:
    """Report nothing."""


def _progress(progress: Progress) -> None:
    """Write it like the desk: words, bar, count, rate and time left, on one line."""
    from rich.cells import cell_len, set_cell_size  # noqa: PLC0415 - only needed with a terminal

    width = shutil.get_terminal_size().columns - 1
    bar = "".join(progress.bar(width))
    beside = " ".join(filter(None, (bar, progress.count + progress.pace(time.time()))))[:width]
    words, room = drawable(line(progress.words)), max(0, width - len(beside) - 1)
    words = words if cell_len(words) <= room else set_cell_size(words, room)
    print(f"\r\x1b[K{words} {beside}".rstrip(), end="", file=sys.stderr, flush=True)

"""A window is closed while the screen is busy: the desk ends, unless there is text to keep."""

import os
import sys
from pathlib import Path

from counterparts.terminal import Terminal

SOURCE = Path(__file__).parents[2] / "src"
BUSY = """
import asyncio, os, sys, time
from deskterm.app.leaving import on_signal

async def leave():
    with open(sys.argv[1], "w") as file:
        file.write("kept")

async def main():
    on_signal(leave, lambda: sys.argv[2] == "words")
    os.write(1, b"stands")
    while os.isatty(0) or sys.argv[2] == "none":  # busy: nothing else of the loop gets its turn
        time.sleep(0.01)
    time.sleep(1)  # busy for longer than one without words would be waited for
    await asyncio.sleep(60)

asyncio.run(main())
"""


def closed(tmp_path, words):
    """Run a program whose loop is busy, close its window; its exit status and whether it kept something."""
    command = [sys.executable, "-c", BUSY, str(tmp_path / "kept"), words]
    with Terminal(command, env={**os.environ, "PYTHONPATH": str(SOURCE)}) as terminal:
        terminal.until("stands")
        os.close(terminal._fd)
        terminal._fd = os.open(os.devnull, os.O_RDWR)
        status = terminal.ended()
    return status, (tmp_path / "kept").exists()


def test_without_unsaved_words_a_busy_screen_is_not_waited_for(tmp_path):
    assert closed(tmp_path, "none") == (0, False)


def test_with_unsaved_words_a_busy_screen_is_waited_for(tmp_path):
    assert closed(tmp_path, "words") == (0, True)

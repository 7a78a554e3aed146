"""Row 22: the terminal hangs up, is resized without end, is tiny, is dumb, or goes away while one writes."""

import contextlib
import fcntl
import json
import os
import re
import signal
import sqlite3
import struct
import sys
import termios
import time
from pathlib import Path

import pytest

from cli.conftest import laid, shell  # noqa: F401 - fixtures
from counterparts.terminal import PATIENCE, Terminal

SOURCE = Path(__file__).parents[2] / "src"
WORDS = "Dear Jana, the parcel is found"
RESTORED = (b"\x1b[?1049l", b"\x1b[?25h", b"\x1b[?1000l")


def started(shell, *, columns=120, rows=36, **env):  # noqa: F811
    base = {**os.environ, "PYTHONPATH": str(SOURCE), "TERM": "xterm-256color", "LC_ALL": "C.UTF-8"}
    command = [sys.executable, "-m", "deskterm", "--home", str(shell.home)]
    return Terminal(command, env={**base, **env}, columns=columns, rows=rows)


def draft(shell):  # noqa: F811
    """The draft as it stands in the file."""
    connection = sqlite3.connect(f"file:{shell.home / 'desk.db'}?mode=ro", uri=True)
    with contextlib.closing(connection):
        return [
            json.loads(row[0])["body"] if row[0].startswith("{") else row[0]
            for row in connection.execute("SELECT body FROM draft")
        ]


def writing(terminal):
    """Open the first ticket's reply and type; gives when the last word was typed."""
    terminal.until("Really disappointed")
    terminal.until("outbox empty")
    terminal.press("")
    terminal.press("r", "Saved automatically")
    terminal.press(WORDS, "found")
    return time.monotonic()


def kept(shell):  # noqa: F811
    return any(WORDS in body for body in draft(shell))


def until(true, terminal):
    """Read what the terminal is sent until something holds."""
    end = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < end
        terminal._read(0.05)


@pytest.mark.parametrize("sign", [signal.SIGHUP, signal.SIGTERM])
def test_asked_to_end_it_keeps_the_last_word_and_restores_the_terminal(shell, sign):  # noqa: F811
    with started(shell) as terminal:
        writing(terminal)
        os.kill(terminal.pid, sign)
        assert terminal.ended() == 0
        assert kept(shell)
        assert all(one in terminal.output for one in RESTORED)


def test_after_a_kill_the_draft_is_two_seconds_old_at_most(shell):  # noqa: F811
    """Nothing can be done at a kill -9: what was saved last is there."""
    with started(shell) as terminal:
        typed = writing(terminal)
        until(lambda: kept(shell), terminal)
        assert time.monotonic() - typed < 2 + 3  # the promise, and what a loaded machine takes
        os.kill(terminal.pid, signal.SIGKILL)
        assert terminal.ended() == -signal.SIGKILL
        assert kept(shell)


def test_a_terminal_that_goes_away_ends_the_desk_and_keeps_the_draft(shell):  # noqa: F811
    with started(shell) as terminal:
        writing(terminal)
        os.close(terminal._fd)
        terminal._fd = os.open(os.devnull, os.O_RDWR)
        until(lambda: not terminal.lives, terminal)
        assert kept(shell)


def test_many_sizes_down_to_20_by_5_are_survived_and_no_letter_is_lost(shell):  # noqa: F811
    with started(shell) as terminal:
        writing(terminal)
        for number in range(400):
            columns, rows = ((20, 5), (200, 60), (1, 1), (80, 24))[number % 4]
            fcntl.ioctl(terminal._fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
            os.kill(terminal.pid, signal.SIGWINCH)
            terminal._read(0)
        fcntl.ioctl(terminal._fd, termios.TIOCSWINSZ, struct.pack("HHHH", 36, 120, 0, 0))
        os.kill(terminal.pid, signal.SIGWINCH)
        os.write(terminal._fd, b" again")  # painted in pieces while the storm drains: the draft tells
        until(lambda: any(f"{WORDS} again" in body for body in draft(shell)), terminal)
        assert terminal.lives
        os.kill(terminal.pid, signal.SIGTERM)
        assert terminal.ended() == 0
        assert any(f"{WORDS} again" in body for body in draft(shell))


def test_the_window_has_the_desks_title_and_gets_its_own_back(shell):  # noqa: F811
    with started(shell, TERM="st-256color") as terminal:
        terminal.until("\x1b]2;deskterm: ")
        terminal.press("")
        assert terminal.output.index(b"\x1b[22;2t") < terminal.output.index(b"\x1b]2;deskterm: ")
        assert b"\x1b=" in terminal.output  # st sends Delete as another key else
        terminal.press("\x11", "Quit deskterm?")
        terminal.press("q")
        assert terminal.ended() == 0
        assert b"\x1b[23;2t" in terminal.output
        assert b"\x1b>" in terminal.output


def test_stopped_it_gives_the_terminal_back_and_continues_whole(shell):  # noqa: F811
    with started(shell) as terminal:
        terminal.until("\x1b]2;deskterm: ")
        terminal.press("")
        before = len(terminal.output)
        os.write(terminal._fd, b"\x1a")
        until(lambda: b"\x1b[?1049l" in terminal.output[before:], terminal)
        assert b"\x1b[23;2t" in terminal.output[before:]
        until(lambda: os.waitpid(terminal.pid, os.WNOHANG | os.WUNTRACED)[0] != 0, terminal)  # it is stopped
        stopped = len(terminal.output)
        os.kill(terminal.pid, signal.SIGCONT)
        terminal.until("\x1b]2;deskterm: ", stopped)
        terminal.until("Henrik Dahl", stopped)


@pytest.mark.parametrize("term", ["dumb", ""])
def test_a_terminal_without_screens_is_told_what_works_there(shell, term):  # noqa: F811
    with started(shell, TERM=term) as terminal:
        assert terminal.ended() == 2
    said = terminal.output.decode()
    assert "deskterm list" in said
    assert "\x1b" not in said


@pytest.mark.parametrize(
    ("columns", "rows", "env"),
    [
        (20, 5, {}),
        (80, 24, {"TERM": "vt220"}),
        (80, 24, {"TERM": "vt100", "NO_COLOR": "1"}),
        (80, 24, {"LC_ALL": "C", "LANG": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}),
        (80, 24, {"LC_ALL": "tr_TR.UTF-8"}),
    ],
)
def test_it_opens_and_ends_on_any_terminal(shell, columns, rows, env):  # noqa: F811
    with started(shell, columns=columns, rows=rows, **env) as terminal:
        until(
            lambda: (
                terminal._read(0.1) == b""
                and len(re.sub(rb"\x1b\[[0-?]*[ -/]*[@-~]", b"", terminal.output)) > 50
            ),
            terminal,
        )
        assert terminal.lives
        terminal.press("qq")
        os.kill(terminal.pid, signal.SIGTERM)
        assert terminal.ended() in (0, -signal.SIGTERM)  # the signal may find it leaving already
        assert b"Traceback" not in terminal.output

"""Running a command of the owner's with text in and text out."""

import os
import shlex
import signal
import subprocess
from contextlib import suppress
from pathlib import Path

from deskterm.config.environment import safe_environment
from deskterm.errors import NotNow

_PATIENCE = 180  # seconds
_MOST = 200_000  # bytes of an answer
_running: set[subprocess.Popen[bytes]] = set()


def run_command(command: str, given: str, folder: Path) -> str:
    """What the command prints for `given` on its standard input. Blocks until it ends.

    It runs in `folder`, without a shell, in the environment of `safe_environment`. NotNow when it cannot be
    run, fails, takes longer than three minutes, or prints nothing. After three minutes it is killed, with
    every process it started.
    """
    text = _run(command, (), given, folder)[:_MOST].decode(errors="replace").strip()
    if not text:
        raise _failure(command, "it printed nothing")
    return text


def tell_command(command: str, words: str, folder: Path) -> None:
    """Run the command with words as its last argument. Blocks until it ends; NotNow as above."""
    _run(command, (words,), "", folder)


def end_commands() -> None:
    """Kill the commands that still run, with what they started: leaving does not wait for them."""
    for process in tuple(_running):
        _kill(process)


def _run(command: str, more: tuple[str, ...], given: str, folder: Path) -> bytes:
    try:
        status, printed, complaint = _outcome([*shlex.split(command), *more], given, folder)
    except subprocess.TimeoutExpired:
        raise _failure(command, "it did not end within three minutes") from None
    except (OSError, ValueError, IndexError) as error:
        raise _failure(command, getattr(error, "strerror", "") or str(error)) from None
    if status < 0:
        raise _failure(command, f"it was ended by signal {-status}")
    if status:
        last = complaint.decode(errors="replace").strip().rpartition("\n")[2]
        raise _failure(command, f"exit status {status}" + (f": {last[:200]}" if last else ""))
    return printed


def _outcome(words: list[str], given: str, folder: Path) -> tuple[int, bytes, bytes]:
    """Exit status, output and complaints. In a session of its own: what it starts ends with it."""
    with subprocess.Popen(  # noqa: S603 - the owner's own command, from a 0600 file
        words,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=folder,
        env=safe_environment(os.environ),
        start_new_session=True,
    ) as process:
        _running.add(process)
        try:
            printed, complaint = process.communicate(given.encode(), _PATIENCE)
        except subprocess.TimeoutExpired:
            _kill(process)
            raise
        finally:
            _running.discard(process)
    return process.returncode, printed, complaint


def _kill(process: subprocess.Popen[bytes]) -> None:
    with suppress(ProcessLookupError):  # it may have ended at this moment
        os.killpg(process.pid, signal.SIGKILL)


def _failure(command: str, why: str) -> NotNow:
    return NotNow(
        f"The command `{command}` failed: {why}.",
        safe="Nothing was written or sent.",
        todo="Try it in a terminal.",
    )

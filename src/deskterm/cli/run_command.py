"""Runs one command: every failure becomes words and an exit status here."""

import logging
import os
import sys
from collections.abc import Sequence

from deskterm import __version__
from deskterm.cli.output import end_output, say_json
from deskterm.cli.statuses import FAILED, NOTHING, OK
from deskterm.config.secret import passphrase
from deskterm.domain.text import block
from deskterm.errors import DesktermError, NotFound

_HOME_ALONE = 2  # words: `--home DIR`


def protect_process() -> None:
    """Keep what this process creates and knows to its owner, if it runs nothing but deskterm."""
    os.umask(0o077)  # also for SQLite's files
    passphrase.take_from_environment()


def run(words: Sequence[str]) -> int:
    """Run the command that `words` name."""
    try:
        return _run(words)
    except SystemExit as stop:  # argparse has printed the error or the help
        return stop.code if isinstance(stop.code, int) else FAILED
    except DesktermError as error:
        return _report_failure(error, json="--json" in words)
    except Exception as error:  # noqa: BLE001 - the outermost edge: whatever a command raises is logged
        status = end_output(error) if isinstance(error, OSError) else None
        return _report_unexpected(error) if status is None else status


def _run(words: Sequence[str]) -> int:
    if not words or (len(words) == _HOME_ALONE and words[0] == "--home" and words[1][:1] != "-"):
        from deskterm.cli.open_desk import run_bare  # noqa: PLC0415 - the desk starts without argparse

        return run_bare(*words[1:])
    from deskterm.cli.arguments import parse  # noqa: PLC0415 - as above

    args, module = parse(words)
    if args.version:
        print(f"deskterm {__version__}")
        return OK
    status: int = module.run(args)
    sys.stdout.flush()
    return status


def _report_failure(error: DesktermError, *, json: bool) -> int:
    """Print the failure to stderr; with --json, stdout has it too."""
    print_error(error)
    status = NOTHING if isinstance(error, NotFound) else FAILED
    if json:
        words = {"what": error.what, "safe": error.safe, "todo": error.todo}
        say_json({"error": words, "status": status})
    return status


def print_error(error: DesktermError) -> None:
    """Print what happened, what is safe and what to do, one line each, to stderr."""
    for part in (error.what, error.safe, error.todo):
        if part:
            print(block(part), file=sys.stderr)


def _report_unexpected(error: Exception) -> int:
    logger = logging.getLogger("deskterm")
    logger.error("unexpected", exc_info=error)
    files = [handler.baseFilename for handler in logger.handlers if isinstance(handler, logging.FileHandler)]
    where = f"The details are in {files[0]}." if files else "Run `deskterm doctor`."
    print(f"Something unexpected happened in deskterm ({type(error).__name__}). {where}", file=sys.stderr)
    return FAILED

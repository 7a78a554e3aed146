"""`deskterm backup`: a copy of the database, made even while others write."""

import time
from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from pathlib import Path

from deskterm.cli.arguments import json_option
from deskterm.cli.composition import home_of
from deskterm.cli.output import say, say_json
from deskterm.cli.statuses import OK
from deskterm.config.paths import Home
from deskterm.desk.upkeep.backups import Backups
from deskterm.errors import NotNow, ReadOnly
from deskterm.sync.locks import account_lock

_LOCK = "the backups"


def arguments(parser: ArgumentParser) -> None:
    """Add the arguments of `backup`."""
    parser.add_argument(
        "file",
        nargs="?",
        type=Path,
        metavar="FILE",
        help="the file to write (default: among the daily backups)",
    )
    parser.add_argument("--force", action="store_true", help="overwrite FILE")
    json_option(parser)


def run(args: Namespace) -> int:
    """Make a backup now; say where it is and how large."""
    home = home_of(args)
    if args.file:
        path = args.file.expanduser().absolute()
        Backups(home).make_to(path, over=args.force)
    else:
        path = _now(home)
    size = path.stat().st_size
    if args.json:
        say_json({"file": str(path), "bytes": size})
    else:
        say(f"The backup is {path} ({size / 1e6:.1f} MB).")
    return OK


def daily(home: Home, stopped: Callable[[], bool] = lambda: False) -> bool:
    """Make today's backup if there is none; gives whether it made one. StorageError, NotNow if stopped."""
    if not Backups(home).is_due(int(time.time())):
        return False
    with account_lock(home.locks, _LOCK) as ours:
        if not ours:
            return False
        now = int(time.time())
        if Backups(home).is_due(now):
            Backups(home).make(now, stopped)
            return True
    return False


def _now(home: Home) -> Path:
    try:
        return _make_locked(home)
    except OSError as error:
        raise ReadOnly(
            f"No backup can be written into {home.data_folder}: {error.strerror or error}.",
            safe="The database was not touched.",
            todo="Make the folder writable, or name a file elsewhere: `deskterm backup FILE`.",
        ) from error


def _make_locked(home: Home) -> Path:
    with account_lock(home.locks, _LOCK) as ours:
        if not ours:
            raise NotNow("A backup is being made right now.", todo="Try again in a moment.")
        return Backups(home).make(int(time.time()))

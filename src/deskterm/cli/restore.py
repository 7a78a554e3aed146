"""`deskterm restore`: replace the database by a backup."""

import time
from argparse import ArgumentParser, Namespace
from pathlib import Path

from deskterm.cli.arguments import json_option
from deskterm.cli.composition import find_home
from deskterm.cli.output import count_of, moment, say, say_json, table
from deskterm.cli.prompts import confirm
from deskterm.cli.statuses import NOTHING, OK, UNCONFIRMED
from deskterm.desk.upkeep.backups import Backups, Restored
from deskterm.domain.backups import Contents


def arguments(parser: ArgumentParser) -> None:
    """Add the arguments of `restore`."""
    parser.add_argument("file", nargs="?", default="", metavar="FILE", help="a backup (default: the newest)")
    parser.add_argument("--list", action="store_true", help="list the backups")
    parser.add_argument("-y", "--yes", action="store_true", help="do not ask")
    json_option(parser)


def run(args: Namespace) -> int:
    """Check a backup, ask, and restore it. 3 if there is none, 4 if not confirmed."""
    brings_own = bool(args.file) and Path(args.file).expanduser().is_file()  # to a computer without a desk
    backups = Backups(find_home(args.home, args.command, creates=brings_own and not args.list))
    if args.list:
        return _list(backups, as_json=args.json)
    path = backups.find(args.file)
    contents = backups.check(path)
    if not args.json:
        say(f"{path} is sound: {in_words(contents)}.")
    if not confirm("Restore it? The present database is kept beside it.", yes=args.yes):
        return UNCONFIRMED
    _tell(backups.restore(path, int(time.time())), as_json=args.json)
    return OK


def in_words(contents: Contents) -> str:
    """`57 tickets, 383 messages, 150 orders, the newest mail of 2026-11-20T09:14:00Z`."""
    newest = f", the newest mail of {moment(contents.newest_at)}" if contents.newest_at else ""
    kinds = ((contents.tickets, "ticket"), (contents.messages, "message"), (contents.orders, "order"))
    return f"{', '.join(count_of(*kind) for kind in kinds)}{newest}"


def _list(backups: Backups, *, as_json: bool) -> int:
    listed = backups.listing()
    if as_json:
        rows = [{"file": str(one.path), "made_at": moment(one.at), "bytes": one.size} for one in listed]
        say_json({"backups": rows})
        return OK if listed else NOTHING
    for row in table(((one.path.name, f"{one.size / 1e6:.1f} MB") for one in listed), right=(1,)):
        say(row)
    if not listed:
        say("There is no backup yet.")
    return OK if listed else NOTHING


def _tell(done: Restored, *, as_json: bool) -> None:
    if as_json:
        kept = str(done.kept) if done.kept else None
        again = None if done.again is None else list(done.again)
        say_json({"file": str(done.source), "kept": kept, "tickets": done.contents.tickets,
                  "messages": done.contents.messages, "orders": done.contents.orders,
                  "forgotten_again": again})  # fmt: skip
        return
    say(f"Restored: {in_words(done.contents)}.")
    if done.kept:
        say(f"The previous database is kept as {done.kept}.")
    if done.again is None:
        say("It cannot be read: customers you forgot since the backup may be back.")
    elif done.again:
        say(f"Forgotten again, as they were since that backup: {', '.join(done.again)}.")
    say("Run `deskterm sync`: it fetches what came since. Replies that were on their way are in the outbox.")

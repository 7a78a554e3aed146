"""`deskterm export`: everything, to take along or to look at elsewhere."""

import time
from argparse import ArgumentParser, Namespace
from pathlib import Path

from deskterm.cli.composition import home_of
from deskterm.cli.output import say
from deskterm.cli.statuses import OK
from deskterm.desk.upkeep.export import Export
from deskterm.storage.schema.migrate import open_database


def arguments(parser: ArgumentParser) -> None:
    """Add the arguments of `export`."""
    kinds = parser.add_mutually_exclusive_group(required=True)
    kinds.add_argument(
        "--mbox", type=Path, metavar="FILE", help="all original mails (mboxrd), your replies in FILE-sent"
    )
    kinds.add_argument("--json", type=Path, metavar="FILE", help="all rows as one document")
    kinds.add_argument("--csv", type=Path, metavar="FILE", help="all rows, one file per table")
    parser.add_argument("--force", action="store_true", help="overwrite existing files")


def run(args: Namespace) -> int:
    """Write the files and say what is in them. 1 if one exists."""
    db = open_database(home_of(args).database)
    try:
        wanted = Export(db)
        if args.mbox:
            path = args.mbox.expanduser().absolute()
            for file, number in wanted.mbox(path, over=args.force).items():
                say(f"{file}: {number} mails")
            say("Notes are in --json and --csv. `deskterm import` reads both files, the second with --sent.")
        elif args.json:
            path = args.json.expanduser().absolute()
            counts = wanted.json(path, int(time.time()), over=args.force)
            say(f"{path}: {', '.join(f'{number} {name}' for name, number in counts.items())}.")
        else:
            for path, number in wanted.csv(args.csv.expanduser().absolute(), over=args.force).items():
                say(f"{path}: {number} rows")
    finally:
        db.close()
    return OK

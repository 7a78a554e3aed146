"""`deskterm fetch`: the rest of mails that were too large to come with the others."""

import sys
from argparse import ArgumentParser, Namespace
from getpass import getpass

from deskterm.cli import OK
from deskterm.cli.arguments import json_option, ticket
from deskterm.cli.printing import say, say_json
from deskterm.cli.wiring import home_of, outfit, secrets_of
from deskterm.errors import NotFound


def arguments(parser: ArgumentParser) -> None:
    """What `fetch` takes."""
    parser.add_argument("ticket", type=ticket, help="its number, as T1043")
    json_option(parser)


def run(args: Namespace) -> int:
    """Fetch what is missing of a ticket's mails. 3 when nothing is."""
    from deskterm.storage import originals, tickets  # noqa: PLC0415 - as above
    from deskterm.sync.rest import fetch_rest  # noqa: PLC0415 - as above

    with outfit(home_of(args)) as fit:
        with fit.db.read() as tx:
            waiting = originals.partial(tx, tickets.root(tx, args.ticket))
        if not waiting:
            raise NotFound(f"All mails of T{args.ticket} are here whole.")
        secrets = secrets_of(fit.home, getpass if sys.stdin.isatty() else None)
        sizes = [fetch_rest(one, fit.settings, fit.db, secrets) for one in waiting]
        if args.json:
            say_json({"ticket": f"T{args.ticket}", "sizes": sizes})
        else:
            say(f"{len(sizes)} fetched, {sum(sizes) // 1_000_000} MB. The attachments can be saved now.")
        return OK

"""`deskterm fetch`: the rest of mails too large to fetch with the others."""

from argparse import ArgumentParser, Namespace
from threading import Event

from deskterm.cli.arguments import json_option, ticket
from deskterm.cli.composition import assemble, home_of, secrets_of
from deskterm.cli.output import say, say_json
from deskterm.cli.progress import progress_on_terminal
from deskterm.cli.prompts import asking
from deskterm.cli.statuses import OK


def arguments(parser: ArgumentParser) -> None:
    """Add the arguments of `fetch`."""
    parser.add_argument("ticket", type=ticket, help="the ticket, as in T1043")
    json_option(parser)


def run(args: Namespace) -> int:
    """Fetch what is missing of a ticket's mails. 3 if nothing is."""
    from deskterm.sync.full_mail import RestOfMail  # noqa: PLC0415 - as above

    with assemble(home_of(args)) as app:
        secrets = secrets_of(app.home, asking(app.home))
        with progress_on_terminal(quiet=args.json) as report:
            sizes = RestOfMail(args.ticket, app.settings, app.home, secrets).fetch(app.db, report, Event())
        if args.json:
            say_json({"ticket": f"T{args.ticket}", "sizes": sizes})
        else:
            say(f"{len(sizes)} fetched, {sum(sizes) // 1_000_000} MB. The attachments can be saved now.")
        return OK

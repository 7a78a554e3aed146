"""`deskterm list`: tickets as rows."""

import time
from argparse import ArgumentParser, Namespace

from deskterm.cli.arguments import json_option, whole_number
from deskterm.cli.composition import App, assemble, home_of
from deskterm.cli.output import moment, say, say_json, table
from deskterm.cli.statuses import NOTHING, OK
from deskterm.domain.tickets import CategoryBy, Listing, Row

NAMES = {
    "others": Listing.OTHERS,
    "hold": Listing.HOLD,
    "promised": Listing.PROMISED,
    **{str(one): one for one in Listing if " " not in one},
}


def arguments(parser: ArgumentParser) -> None:
    """Add the arguments of `list`."""
    parser.add_argument("list", nargs="?", choices=sorted(NAMES), default="inbox", metavar="LIST",
                        help=f"which list: {', '.join(sorted(NAMES))} (default: inbox)")  # fmt: skip
    parser.add_argument(
        "-n", "--count", type=whole_number(1), default=50, metavar="N", help="at most N (default: 50)"
    )
    parser.add_argument("--first", type=whole_number(0), default=0, metavar="N", help="skip the first N")
    json_option(parser)


def run(args: Namespace) -> int:
    """Print a list. 3 if it is empty."""
    with assemble(home_of(args)) as app:
        listing = NAMES[args.list]
        rows = app.desk.inbox.page(listing, args.first, args.count)
        total = app.desk.inbox.count(listing)
        if args.json:
            say_json({"list": args.list, "total": total, "tickets": [as_json(row) for row in rows]})
        else:
            show(app, rows)
            if not rows:
                say(_nothing(app, args.list, now=int(time.time())))
            elif len(rows) < total:
                say(f"{len(rows)} of {total}")
        return OK if rows else NOTHING


def _nothing(app: App, name: str, now: int) -> str:
    if not app.settings.mailboxes:
        return "No mailbox is set up. Run `deskterm setup`."
    if not any(one.complete_to for one in app.desk.state(now).mail):
        return "Nothing has been fetched yet. Run `deskterm sync`."
    return f"Nothing in {name}."


def show(app: App, rows: list[Row]) -> None:
    """Print rows with aligned columns."""
    now = int(time.time())
    lines = table((_cells(app, row, now) for row in rows), right=(1,))
    for text in lines:
        say(text)


def _cells(app: App, row: Row, now: int) -> tuple[str, ...]:
    since = row.unanswered_since if row.unanswered_since is not None else row.last_at
    state = "unanswered" if row.unanswered_since is not None else str(row.status)
    marks = (row.why, row.due, "draft" if row.draft else "", "in the outbox" if row.outbox else "")
    return (
        f"T{row.ticket_id}",
        app.formats.age(now - since),
        state,
        row.name,
        row.subject,
        row.order,
        f"{row.category}{'?' if row.category_by is CategoryBy.GUESS else ''}",
        ", ".join(mark for mark in marks if mark),
    )


def as_json(row: Row) -> dict[str, object]:
    """A row as docs/cli.md describes it."""
    return {
        "ticket": f"T{row.ticket_id}",
        "customer": row.name,
        "subject": row.subject,
        "status": str(row.status),
        "unanswered_since": moment(row.unanswered_since),
        "last_at": moment(row.last_at),
        "snoozed_until": moment(row.snoozed_until),
        "due": row.due,
        "order": row.order,
        "category": row.category,
        "category_guessed": row.category_by is CategoryBy.GUESS,
        "messages": row.messages,
        "why_not_a_customer": row.why,
        "draft": row.draft,
        "in_outbox": bool(row.outbox),
    }

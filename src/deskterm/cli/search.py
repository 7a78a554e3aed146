"""`deskterm search`: find tickets by words."""

import sys
import time
from argparse import ArgumentParser, Namespace

from deskterm.cli.arguments import json_option, whole_number
from deskterm.cli.composition import assemble, home_of
from deskterm.cli.list import as_json
from deskterm.cli.output import say, say_json
from deskterm.cli.statuses import NOTHING, OK, USAGE
from deskterm.domain.views import Hit, SearchResult


def arguments(parser: ArgumentParser) -> None:
    """Add the arguments of `search`."""
    parser.add_argument(
        "words",
        nargs="+",
        help="words that must all occur, and terms such as from:jana, order:1042, is:open, after:7d; "
        "put a phrase into its own quotes: '\"broken mug\"'",
    )
    parser.add_argument(
        "-n", "--count", type=whole_number(1), default=20, metavar="N", help="at most N (default: 20)"
    )
    json_option(parser)
    parser.set_defaults(refuse=parser.error)


def run(args: Namespace) -> int:
    """Print hits, newest first. 3 if there are none, 2 for an invalid query."""
    query = " ".join(args.words)  # the shell removes its quotes, so a phrase needs its own
    if not query.strip():
        args.refuse("there are no words to search for")
    with assemble(home_of(args)) as app:
        found = app.desk.search.find(query, int(time.time()), 0, args.count)
        if found.problems:
            for problem in found.problems:
                print(problem.caret(query), file=sys.stderr)
            return USAGE
        if args.json:
            hits = [
                {**as_json(hit.row), "excerpt": hit.excerpt, "marks": [list(mark) for mark in hit.marks]}
                for hit in found.hits
            ]
            say_json({"query": query, "total": found.total, "hits": hits, "instead": dict(found.instead)})
        else:
            _print(found, phrase='"' in query)
        return OK if found.hits else NOTHING


def _print(found: SearchResult, *, phrase: bool) -> None:
    """Print the newest hit of each ticket and the number of matching messages."""
    for was, better in found.instead:
        say(f"Nothing has “{was}”: these have “{better}”.")
    shown: dict[int, Hit] = {}
    for hit in found.hits:
        shown.setdefault(hit.row.ticket_id, hit)
    for hit in shown.values():
        say(f"T{hit.row.ticket_id}  {hit.row.name}  {hit.row.subject}  [{hit.row.standing}]")
        say(f"    {' '.join(word for word in hit.excerpt.split() if word.strip('>'))}")
    if found.hits:
        say(f"{len(found.hits)} of {found.total} messages")
    elif phrase:
        say("Nothing found with the quoted words side by side; without quotes they may stand anywhere.")
    else:
        say("Nothing found.")

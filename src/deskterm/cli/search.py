"""`deskterm search`: tickets by words."""

from argparse import ArgumentParser, Namespace

from deskterm.cli.arguments import json_option, whole_number
from deskterm.cli.composition import assemble, home_of
from deskterm.cli.list import as_json
from deskterm.cli.output import say, say_json
from deskterm.cli.statuses import NOTHING, OK
from deskterm.domain.views import Hit


def arguments(parser: ArgumentParser) -> None:
    """What `search` takes."""
    parser.add_argument(
        "words",
        nargs="+",
        help="words that must all be there; a phrase has quotes of its own: '\"broken mug\"'",
    )
    parser.add_argument(
        "-n", "--count", type=whole_number(1), default=20, metavar="N", help="at most so many (default: 20)"
    )
    json_option(parser)


def run(args: Namespace) -> int:
    """Print hits, newest first. 3 when there is none."""
    with assemble(home_of(args)) as fit:
        query = " ".join(args.words)  # a shell's quotes do not reach us: a phrase has its own
        hits = fit.desk.search.find(query, 0, args.count)
        total = fit.desk.search.count(query)
        if args.json:
            found = [
                {**as_json(hit.row), "excerpt": hit.excerpt, "marks": [list(mark) for mark in hit.marks]}
                for hit in hits
            ]
            say_json({"query": query, "total": total, "hits": found})
        else:
            shown: dict[int, Hit] = {}
            for hit in hits:
                shown.setdefault(hit.row.ticket_id, hit)
            for hit in shown.values():
                say(f"T{hit.row.ticket_id}  {hit.row.name}  {hit.row.subject}  [{hit.row.standing}]")
                say(f"    {' '.join(word for word in hit.excerpt.split() if word.strip('>'))}")
            say(f"{len(hits)} of {total} messages" if hits else "Nothing found.")
        return OK if hits else NOTHING

"""`deskterm playbook`: SOPs, macros, policies and tone as one document, for somebody's first day."""

import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from deskterm.cli.composition import App, assemble, home_of
from deskterm.cli.output import say, write_file
from deskterm.cli.statuses import OK
from deskterm.commands.keymap import keymap
from deskterm.commands.record import Where
from deskterm.desk.sops.handbook import write_handbook
from deskterm.domain.documents.as_markdown import as_markdown
from deskterm.domain.documents.as_page import as_page
from deskterm.domain.documents.document import Block, BlockKind, heading

_FIRST_DAY = (
    "open", "first-answer", "reply", "macro", "sop", "note", "snooze", "solve", "undo", "search", "help",
)  # fmt: skip


def arguments(parser: ArgumentParser) -> None:
    """Add the arguments of `playbook`."""
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--html", metavar="FILE", type=Path, help="write it as a page to read or print")
    what.add_argument("--markdown", metavar="FILE", type=Path, help="write it as Markdown")


def run(args: Namespace) -> int:
    """Write the document, or print it as Markdown."""
    with assemble(home_of(args)) as app:
        document = write_handbook(app.desk.shop, _keys(app))
        broken = app.desk.playbook.current().broken
    path = args.html or args.markdown
    text = as_page(document, "Contents") if args.html else as_markdown(document)
    if path:
        write_file(path, text)
        say(f"Wrote {path}.")
    else:
        sys.stdout.write(text)
    for name, why in broken:
        print(f"{name}: {why}", file=sys.stderr)
    return OK


def _keys(app: App) -> tuple[Block, ...]:
    """The keys for a first day, as this desk has them."""
    keys = keymap(Where.LIST, app.settings.keys, app.settings.preset)
    by_id = {one.id: (key, one) for key, one in reversed(keys.items())}
    found = [by_id[name] for name in _FIRST_DAY if name in by_id]
    review = keymap(Where.REVIEW, app.settings.keys, app.settings.preset)
    sends = next(((key, one) for key, one in review.items() if one.id == "send"), None)
    found += [sends] if sends else []
    facts = "\n".join(f"{key}\t{one.help}" for key, one in found)
    return heading("Keys of the first day"), Block(BlockKind.FACTS, facts)

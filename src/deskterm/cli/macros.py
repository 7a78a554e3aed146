"""`deskterm macros`: the macros and SOPs in use, and the files that cannot be used."""

import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from deskterm.cli.arguments import json_option
from deskterm.cli.composition import assemble, home_of, playbook_of
from deskterm.cli.output import say, say_json, table
from deskterm.cli.statuses import FAILED, NOTHING, OK
from deskterm.domain.liquid.to_foreign import HelpDesk
from deskterm.domain.playbook import Macro, Playbook
from deskterm.domain.sops.sop import Sop
from deskterm.domain.text import line


def arguments(parser: ArgumentParser) -> None:
    """Add the arguments of `macros`."""
    parser.add_argument("--sops", action="store_true", help="list the SOPs instead")
    parser.add_argument("--import", dest="file", type=Path, metavar="FILE",
                        help="import macros from another help desk (JSON or CSV)")  # fmt: skip
    parser.add_argument("--export", dest="export", type=Path, metavar="FILE",
                        help="export the macros for another help desk (JSON or CSV)")  # fmt: skip
    parser.add_argument("--for", dest="desk", choices=[*map(str, HelpDesk)], default=HelpDesk.ZENDESK,
                        metavar="DESK",
                        help="the help desk to export for: %(choices)s")  # fmt: skip
    json_option(parser)


def run(args: Namespace) -> int:
    """Print the macros by category. 3 if there are none."""
    if args.file:
        return _import(args)
    if args.export:
        return _export(args)
    playbook = playbook_of(home_of(args)).current()
    if args.json:
        say_json(as_json(playbook))
    else:
        for text in table(_sops(playbook) if args.sops else _macros(playbook)):
            say(text)
        for name, reason in playbook.broken:
            print(line(f"{name}: {reason}"), file=sys.stderr)
    return OK if playbook.macros else NOTHING


def _import(args: Namespace) -> int:
    """Import the macros of a file. 1 if one was left out."""
    from deskterm.desk.answers.import_macros import import_macros  # noqa: PLC0415 - rarely used

    with assemble(home_of(args)) as app:
        done = import_macros(app.desk.shop, args.file)
    if args.json:
        left = [{"title": title, "reason": reason} for title, reason in done.left_out]
        say_json({"written": list(done.written), "left_out": left})
        return FAILED if left else OK
    say(f"{len(done.written)} macros written to macros/imported. `deskterm check` checks them.")
    for title, reason in done.left_out:
        print(line(f"Left out: {title}: {reason}"), file=sys.stderr)
    return FAILED if done.left_out else OK


def _export(args: Namespace) -> int:
    """Export the macros, and name what has to be filled in by hand there."""
    from deskterm.desk.answers.export_macros import export_macros  # noqa: PLC0415 - rarely used

    with assemble(home_of(args)) as app:
        made = export_macros(app.desk.shop, args.export, HelpDesk(args.desk))
    left = [one for one in made if one.open]
    if args.json:
        say_json(
            {"written": len(made), "open": [{"title": one.title, "what": list(one.open)} for one in left]}
        )
        return OK
    say(f"{len(made)} texts written to {args.export} for {args.desk}.")
    if left:
        say(f"{len(left)} of them have [brackets] for which {args.desk} has no placeholder:")
    for one in left:
        say(f"  {one.title}: {', '.join(one.open)}")
    return OK


def _macros(playbook: Playbook) -> list[tuple[str, ...]]:
    listed = sorted(playbook.macros.values(), key=lambda one: (one.category, one.id))
    return [(one.id, one.key, one.category, one.title, ", ".join(one.needs)) for one in listed]


def _sops(playbook: Playbook) -> list[tuple[str, ...]]:
    return [(one.id, ", ".join(one.categories), one.title) for one in playbook.sops.values()]


def as_json(playbook: Playbook) -> dict[str, object]:
    """The playbook as docs/cli.md describes it."""
    return {
        "macros": [_macro(one) for one in playbook.macros.values()],
        "sops": [_sop(one) for one in playbook.sops.values()],
        "broken": [{"file": name, "reason": reason} for name, reason in playbook.broken],
    }


def _macro(one: Macro) -> dict[str, object]:
    return {
        "id": one.id,
        "title": one.title,
        "key": one.key,
        "category": one.category,
        "needs": [str(need) for need in one.needs],
        "claims": list(one.claims),
        "tags": list(one.tags),
        "folder": one.folder,
        "attach": list(one.attach),
        "words": list(one.words),
        "texts": {"": one.body, **dict(one.translations)},
    }


def _sop(one: Sop) -> dict[str, object]:
    return {
        "id": one.id,
        "title": one.title,
        "categories": list(one.categories),
        "steps": [step.text for step in one.steps],
    }

"""`deskterm faq`: the FAQ page, from chosen macros and notes."""

import time
from argparse import ArgumentParser, Namespace
from pathlib import Path

from deskterm.cli.arguments import json_option, ticket
from deskterm.cli.composition import App, assemble, home_of
from deskterm.cli.output import count_of, say, say_json, write_file
from deskterm.cli.statuses import FAILED, OK
from deskterm.domain.documents.as_markdown import as_markdown
from deskterm.domain.documents.as_page import as_page
from deskterm.domain.knowledge.page_words import page_words
from deskterm.domain.knowledge.publishable import find_personal_words


def arguments(parser: ArgumentParser) -> None:
    """Add the arguments of `faq`."""
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--macro", metavar="NAME", help="make an entry from this macro")
    what.add_argument("--note", metavar="TICKET", type=ticket, help="make an entry from this ticket's note")
    what.add_argument("--publish", metavar="ENTRY", help="publish this draft")
    what.add_argument("--html", metavar="FILE", type=Path, help="write the page as HTML")
    what.add_argument("--markdown", metavar="FILE", type=Path, help="write the page as Markdown")
    parser.add_argument("--question", default="", help="the question of a new entry")
    parser.add_argument("--topic", default="", help="the heading for a new entry")
    json_option(parser)
    parser.set_defaults(refuse=parser.error)


def run(args: Namespace) -> int:
    """Add an entry, write the page, or list the entries. 1 if one cannot be published."""
    if args.note and not args.question:
        args.refuse("--note needs the question that it answers: --question 'How do I …?'")
    with assemble(home_of(args)) as app:
        faq, now = app.desk.faq, int(time.time())
        if args.macro:
            say(faq.add_macro(args.macro, args.question, now, args.topic).words)
        elif args.note:
            say(faq.add_note(args.note, args.question, now, args.topic).words)
        elif args.publish:
            say(faq.publish(Path(args.publish).stem, now).words)
        elif args.html or args.markdown:
            return _write(app, args)
        else:
            return _list(app, now, as_json=args.json)
    return OK


def _write(app: App, args: Namespace) -> int:
    page, state = app.desk.faq.page(), app.desk.faq.state()
    path = args.html or args.markdown
    write_file(path, as_page(page, page_words(page.language).contents) if args.html else as_markdown(page))
    left = sum(bool(one.refused) for one in state.answers) + len(state.broken)
    more = f"; {left} left out, `deskterm faq` says why" if left else ""
    say(f"{path}: {count_of(len(state.on_page), 'question')}{more}")
    return OK


def _list(app: App, now: int, *, as_json: bool) -> int:
    state, effects = app.desk.faq.state(), app.desk.faq.effects(now)
    effect_of = {one.entry.id: one.words.removeprefix(f"{one.entry.question}: ") for one in effects}
    if as_json:
        say_json(
            {
                "entries": [
                    {
                        "id": one.entry.id, "question": one.entry.question, "macro": one.entry.macro,
                        "since": one.entry.since, "refused": one.refused,
                        "effect": effect_of.get(one.entry.id, ""),
                    }
                    for one in state.answers
                ],
                "broken": [{"file": name, "reason": why} for name, why in state.broken],
            }
        )  # fmt: skip
    else:
        for one in state.answers:
            say(f"{one.entry.question}  (faq/{one.entry.id}.md)")
            effect = effect_of.get(
                one.entry.id, f"a draft: `deskterm faq --publish {one.entry.id}` publishes it"
            )
            say(f"    left out: {one.refused}" if one.refused else f"    {effect}")
            if words := find_personal_words(one.text):
                say(f"    about one customer: “{'”, “'.join(words)}”")
        for name, why in state.broken:
            say(f"{name}: {why}")
        if not state.answers and not state.broken:
            say(
                "No entries. `deskterm faq --macro NAME` makes one, and so does the desk's list of questions."
            )
    return FAILED if state.broken or any(one.refused for one in state.answers) else OK

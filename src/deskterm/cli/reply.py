"""`deskterm reply`: a draft from a macro or your own words; on request also its review and sending."""

import shlex
import sys
import time
from argparse import ArgumentParser, Namespace
from dataclasses import replace

from deskterm.cli.arguments import json_option, ticket
from deskterm.cli.composition import App, assemble, home_of
from deskterm.cli.output import moment, say, say_json
from deskterm.cli.statuses import OK, UNCONFIRMED
from deskterm.desk.reply.sending import AFTER_UNDO, When
from deskterm.desk.reply.text import add_sign_off
from deskterm.domain.moments import TRIES, parse_moment
from deskterm.domain.review.replies import Level, OrderOption, Review
from deskterm.domain.tickets import Status
from deskterm.errors import NotFound, NotNow

_NAMES = {Level.GREEN: "green", Level.AMBER: "amber", Level.RED: "red"}
_AFTER = {"open": Status.OPEN, "waiting": Status.WAITING, "hold": Status.HOLD, "solved": Status.SOLVED}


def arguments(parser: ArgumentParser) -> None:
    """Add the arguments of `reply`."""
    parser.add_argument("ticket", type=ticket, help="the ticket, as in T1043")
    parser.add_argument("--macro", metavar="ID", help="fill this macro")
    parser.add_argument("--order", metavar="NUMBER", help="the order it is about, if several fit")
    parser.add_argument("--text", metavar="TEXT", help="your text; - reads it from standard input")
    parser.add_argument("--replace", action="store_true", help="let --text overwrite an existing draft")
    parser.add_argument("--tick", action="append", default=[], metavar="CLAIM",
                        help="confirm a claim of the macro (repeatable)")  # fmt: skip
    parser.add_argument("--then", choices=_AFTER, help="the ticket's status afterwards")
    parser.add_argument("--give", action="append", default=[], metavar="QUESTION=VALUE",
                        help="answer a question of the macro (repeatable)")  # fmt: skip
    parser.add_argument("--attach", action="append", default=[], metavar="FILE", help="attach a file")
    parser.add_argument("--also", action="append", default=[], type=ticket, metavar="TICKET",
                        help="answer this other open ticket of the customer too (repeatable)")  # fmt: skip
    parser.add_argument("--send", action="store_true", help="print the review, ask, and queue it")
    parser.add_argument("--later", metavar="WHEN",
                        help=f"with --send: when to send it ({TRIES}), unless answered before")  # fmt: skip
    parser.add_argument("--anyway", action="store_true", help="with --later: even if answered")
    parser.add_argument("--yes", action="store_true", help="do not ask (with --send, for scripts)")
    parser.add_argument("--amber", action="store_true", help="accept an amber review; red is never sent")
    json_option(parser)


def run(args: Namespace) -> int:
    """Write the draft; with --send, review and queue it. 4 if not confirmed."""
    with assemble(home_of(args)) as app:
        now = int(time.time())
        when = _when(app, args, now)
        root = _write(app, args, now)
        review = app.desk.replies.review(root, now, when.at)
        if not args.send:
            _tell(args, app, review, "draft")
            return OK
        if not args.json:
            show(app, review)
        confirmed = _confirmed_level(args, review)
        if confirmed is None:
            if review.level is not Level.GREEN:
                app.desk.replies.record_stop(root, review, now)
            _tell(args, app, review, "not sent")
            return UNCONFIRMED
        done = app.desk.replies.send(root, review, int(time.time()), confirmed, when)
        _tell(args, app, review, "queued", done.words, when)
        return OK


def _when(app: App, args: Namespace, now: int) -> When:
    """When to send it; checked before anything is written."""
    if not args.later:
        return AFTER_UNDO
    if not args.send:
        raise NotNow("--later needs --send.", todo=f"Use `--send --later {shlex.quote(args.later)}`.")
    at = parse_moment(args.later, app.formats.local(now))
    if at is None:
        raise NotNow(f"{args.later!r} is not a future time.", todo=f"Write it like {TRIES}.")
    return When(int(at.timestamp()), unless_answered=not args.anyway)


def _write(app: App, args: Namespace, now: int) -> int:
    """Write what the options say into the draft; gives its ticket."""
    replies = app.desk.replies
    draft = replies.begin(args.ticket, now)
    if draft.id and args.text is not None and not args.replace:
        raise NotNow(
            f"T{draft.ticket_id} already has a draft.",
            safe="It was not changed.",
            todo="Add --replace to overwrite it, or leave out --text to continue it.",
        )
    order = _order(app, args)
    if args.macro:
        given = dict(one.rpartition("=")[::2] for one in args.give)
        draft = replies.take(draft.ticket_id, args.macro, order, now, given)
    words = sys.stdin.read() if args.text == "-" else args.text
    if words is not None:
        body = add_sign_off(words, app.settings.shop)
        draft = replies.save(replace(draft, body=body, order_id=order or draft.order_id), now)
    elif not draft.id:
        raise NotNow(
            "There is nothing to write.",
            todo="Give --macro or --text, or --text - with the text on standard input.",
        )
    if args.then:
        draft = replies.save(replace(draft, after=_AFTER[args.then]), now)
    for claim in args.tick:
        if claim not in draft.claims_ticked:
            draft = replies.tick(draft.ticket_id, claim, now)
    others = [one for one in args.also if one not in draft.also]
    if others:
        draft = replies.answer_also(draft.ticket_id, others, now)
    for path in args.attach:
        draft = replies.attach(draft.ticket_id, path, now)
    return draft.ticket_id


def _order(app: App, args: Namespace) -> int | None:
    """The order named by --order, among those that app. NotNow if one must be named."""
    options = app.desk.replies.orders_for(args.ticket, "" if args.order else args.macro or "")
    if args.order:
        wanted = args.order.lstrip("#").casefold()
        for option in options:
            if option.order.number.casefold() == wanted:
                return option.order.id
        raise NotFound(f"No order #{args.order.lstrip('#')} fits this ticket.", todo=_join_words(options))
    if args.macro and len(options) > 1 and not any(option.certain for option in options):
        raise NotNow("Several orders fit this ticket.", todo=f"Name one with --order: {_join_words(options)}")
    return None


def _join_words(options: tuple[OrderOption, ...]) -> str:
    fitting = "; ".join(f"{option.order.mark} ({option.because})" for option in options)
    return f"{fitting}." if fitting else "The customer has no order."


def _confirmed_level(args: Namespace, review: Review) -> Level | None:
    """The level that is confirmed; None if it is not."""
    if review.level is Level.RED or (review.level is Level.AMBER and args.yes and not args.amber):
        return None
    if args.yes:
        return review.level
    if args.json or not sys.stdin.isatty():
        return None
    answer = input("Send it anyway? Type yes: " if review.level is Level.AMBER else "Send it? Type yes: ")
    return review.level if answer.strip().casefold() == "yes" else None


def show(app: App, review: Review) -> None:
    """Print the mail as it will be sent, and what speaks against it."""
    draft = review.draft
    say(f"From:    {review.sender.display}")
    say(f"To:      {', '.join(one.display for one in draft.to)}")
    for name, many in (("Cc", draft.cc), ("Bcc", draft.bcc)):
        if many:
            say(f"{name + ':':8} {', '.join(one.display for one in many)}")
    say(f"Subject: {draft.subject}")
    for path in draft.attachments:
        say(f"Attached: {path}")
    say(f"\n{review.body.rstrip()}\n")
    if review.order_place:
        say(f"{review.order.order.mark if review.order else ''}: {review.order_place}")
    for value in review.values:
        synced = (
            f", synced {app.formats.moment(value.synced_at, int(time.time()))}" if value.synced_at else ""
        )
        shown = " / ".join(value.text.splitlines())
        say(f"  {value.name} = {shown} ({value.source}{synced})")
    for claim in review.claims:
        say(f"[{'x' if claim.ticked else ' '}] {claim.words}")
    say(review.follows)
    for one in review.others:
        say(f"[{'x' if one.answered else ' '}] also answers T{one.ticket_id}: {one.subject}")
    for note in review.notes:
        say(f"Note: {note.removesuffix('.')}.")
    for concern in review.concerns:
        say(f"{_NAMES[concern.level].upper()}: {concern.words}")


def _tell(  # noqa: PLR0917 - what there is to tell
    args: Namespace, app: App, review: Review, state: str, words: str = "", when: When = AFTER_UNDO
) -> None:
    if args.json:
        say_json({**as_json(review, state), "planned_at": moment(when.at)})
        return
    mark = f"T{review.draft.ticket_id}"
    if state == "draft":
        show(app, review)
        say(f"\nKept as the draft of {mark}; nothing was sent.")
    elif state == "not sent":
        why = "red: it cannot be sent" if review.level is Level.RED else "not confirmed"
        say(f"\nNot sent ({why}). The draft of {mark} is kept.")
    else:
        say(f"\n{words}; `deskterm sync` or the open desk sends it; `deskterm undo` takes it back.")


def as_json(review: Review, state: str) -> dict[str, object]:
    """A reply as docs/cli.md describes it."""
    draft = review.draft
    return {
        "ticket": f"T{draft.ticket_id}",
        "state": state,
        "level": _NAMES[review.level],
        "concerns": [{"level": _NAMES[one.level], "words": one.words} for one in review.concerns],
        "notes": list(review.notes),
        "missing": list(dict.fromkeys(one.name for one in review.missing)),
        "claims": [{"words": one.words, "ticked": one.ticked} for one in review.claims],
        "from": draft.sender,
        "to": [one.address for one in draft.to],
        "cc": [one.address for one in draft.cc],
        "subject": draft.subject,
        "body": review.body,
        "order": review.order.order.mark if review.order else "",
        "macro": draft.macro,
        "also": [f"T{one}" for one in review.also],
        "open_too": [f"T{one.ticket_id}" for one in review.others if not one.answered],
        "then": str(draft.after),
        "follows": review.follows,
    }

"""`deskterm status`: one line, for a prompt or a status bar."""

import time
from argparse import ArgumentParser, Namespace
from collections.abc import Iterable

from deskterm.cli.arguments import json_option
from deskterm.cli.composition import App, assemble, home_of
from deskterm.cli.output import moment, say, say_json
from deskterm.cli.statuses import FAILED, OK
from deskterm.domain.outbox_needs import OutboxNeed
from deskterm.domain.tickets import Listing
from deskterm.domain.truth import SourceState, Truth

_MOST = 1000  # tickets looked at for the longest unanswered


def arguments(parser: ArgumentParser) -> None:
    """What `status` takes."""
    json_option(parser)


def run(args: Namespace) -> int:
    """Print where things stand. 1 when a source fails or a reply needs the owner."""
    with assemble(home_of(args)) as fit:
        now = int(time.time())
        truth = fit.desk.truth(now)
        if args.json:
            say_json(_as_json(fit, truth))
        else:
            say(_in_a_line(fit, truth, now))
        return FAILED if truth.needs_owner else OK


def _in_a_line(fit: App, truth: Truth, now: int) -> str:
    counts = fit.desk.inbox.counts()
    rows = fit.desk.inbox.page(Listing.INBOX, 0, _MOST)
    since = min((row.unanswered_since for row in rows if row.unanswered_since), default=None)
    longest = f", longest unanswered {fit.formats.age(now - since)}" if since else ""
    tally = (
        (counts.others, "new not from customers"),
        (truth.queued + truth.sending, "queued"),
        (truth.later, "to go later"),
    )
    parts = [f"{counts.open} open{longest}", *(f"{number} {word}" for number, word in tally if number)]
    parts += [one.short for one in truth.needs]
    parts += [_source(fit, one, now) for one in (*truth.mail, *truth.orders)]
    return " · ".join(parts)


def _source(fit: App, source: SourceState, now: int) -> str:
    if source.failing_since is not None:
        return f"{source.name} fails since {fit.formats.moment(source.failing_since, now)}: {source.words}"
    if not source.complete_to:
        return f"{source.name} not read yet"
    return f"{source.name} complete to {fit.formats.moment(source.complete_to, now)}"


def needs_as_json(needs: Iterable[OutboxNeed]) -> list[dict[str, object]]:
    """What of the outbox needs the owner, as `status` and `sync` give it."""
    return [{"need": one.need, "count": one.count, "what": one.what, "todo": one.todo} for one in needs]


def _as_json(fit: App, truth: Truth) -> dict[str, object]:
    counts = fit.desk.inbox.counts()
    return {
        "open": counts.open,
        "waiting": counts.waiting,
        "on_hold": counts.hold,
        "snoozed": counts.snoozed,
        "drafts": counts.drafts,
        "new_not_from_customers": counts.others,
        "outbox": {
            "queued": truth.queued,
            "sending": truth.sending,
            "refused": truth.refused,
            "uncertain": truth.uncertain,
            "needs": needs_as_json(truth.needs),
            "next_send_at": moment(truth.next_try_at),
            "later": truth.later,
            "next_planned_at": moment(truth.next_planned_at),
        },
        "sources": [
            {
                "name": one.name,
                "kind": one.source.kind,
                "complete_to": moment(one.complete_to or None),
                "failing_since": moment(one.failing_since),
                "words": one.words,
                "todo": one.todo,
            }
            for one in (*truth.mail, *truth.orders)
        ],
    }

"""`deskterm status`: one line, for a prompt or a status bar."""

import time
from argparse import ArgumentParser, Namespace
from collections.abc import Iterable

from deskterm.cli.arguments import json_option
from deskterm.cli.composition import App, assemble, home_of
from deskterm.cli.output import moment, say, say_json
from deskterm.cli.status_line import in_a_line, keep_basis
from deskterm.cli.statuses import FAILED, OK
from deskterm.domain.desk_state import DeskState
from deskterm.domain.outbox_needs import OutboxNeed


def arguments(parser: ArgumentParser) -> None:
    """Add the arguments of `status`."""
    json_option(parser)


def run(args: Namespace) -> int:
    """Print how things stand. 1 if a source fails or a reply needs the owner."""
    with assemble(home_of(args)) as app:
        now = int(time.time())
        state = app.desk.state(now)
        if args.json:
            say_json(_as_json(app, state))
        else:
            with app.db.read() as tx:
                say(in_a_line(tx, app.formats, state, now))
            keep_basis(app)
        return FAILED if state.needs_owner else OK


def needs_as_json(needs: Iterable[OutboxNeed]) -> list[dict[str, object]]:
    """What in the outbox needs the owner, as `status` and `sync` print it."""
    return [{"need": one.need, "count": one.count, "what": one.what, "todo": one.todo} for one in needs]


def _as_json(app: App, state: DeskState) -> dict[str, object]:
    counts = app.desk.inbox.counts()
    return {
        "open": counts.open,
        "waiting": counts.waiting,
        "on_hold": counts.hold,
        "snoozed": counts.snoozed,
        "drafts": counts.drafts,
        "new_not_from_customers": counts.others,
        "outbox": {
            "queued": state.queued,
            "sending": state.sending,
            "refused": state.refused,
            "uncertain": state.uncertain,
            "needs": needs_as_json(state.needs),
            "next_send_at": moment(state.next_try_at),
            "later": state.later,
            "next_planned_at": moment(state.next_planned_at),
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
            for one in (*state.mail, *state.orders)
        ],
    }

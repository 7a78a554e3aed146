"""One pass over mail, orders and outbox, for the app and `deskterm sync`. Imports the network code."""

import time
from collections.abc import Callable
from threading import Event

from deskterm.cli.composition import App, secrets_of
from deskterm.config.all_settings import Settings
from deskterm.config.secret.secrets import Secrets
from deskterm.domain.desk_state import Progress
from deskterm.domain.figures.periods import midnight
from deskterm.domain.formats import Formats
from deskterm.intake.values import Context
from deskterm.sync.child import run_here
from deskterm.sync.one_pass import Pass, PassResult
from deskterm.sync.smtp import outbox
from deskterm.sync.stores.access import store_access
from deskterm.sync.stores.fresh import refresh_orders

NOTHING_NEW = "nothing new"
_DAY = 86400


def plan(app: App, ask: Callable[[str], str] | None = None, *, patient: bool) -> Pass:
    """What a pass that starts now needs.

    `ask` gets a prompt if a passphrase is needed. `patient`: nobody waits for the pass, so servers that asked
    for a pause are left alone.
    """
    now = int(time.time())
    return Pass(
        settings=app.settings,
        home=app.home,
        secrets=secrets_of(app.home, ask),
        context=Context(
            own=app.settings.own_addresses,
            now=now,
            playbook=app.desk.playbook.current(),
            work_from=_work_from(app.settings, app.formats, now),
            rules=app.desk.automation.rules.read(now).rules,
        ),
        now=now,
        patient=patient,
    )


def _work_from(settings: Settings, formats: Formats, now: int) -> int | None:
    """From when old mail counts as work (UTC seconds); None for all of it."""
    words = settings.work_from
    if words == "all":
        return None
    if words == "today":
        return midnight(formats.local(now).date(), formats.zone)
    return now - int(words.split()[0]) * _DAY


def one_pass(
    app: App, report: Callable[[Progress], None], stop: Event, ask: Callable[[str], str] | None = None
) -> PassResult:
    """Make one pass; failures are in the result. Raises ReadOnly if nothing can be written."""
    if app.db.read_only:
        raise app.db.refusal()
    return run_here(plan(app, ask, patient=ask is None), app.db, report, stop)


def deliver(app: App) -> bool:
    """Only send what is due in the outbox; gives whether something due must wait until mail is read."""
    done = outbox.deliver(
        app.settings, app.home, app.db, secrets_of(app.home), now=int(time.time()), stop=Event(), patient=True
    )  # fmt: skip
    return done.unread > 0


def refresh_ticket_orders(app: App, ticket_id: int, secrets: Secrets) -> int:
    """Ask the live stores for a ticket's orders as they are now; gives how many changed."""
    now = int(time.time())
    live = [store for store in app.settings.stores if store.is_live]
    ways = {store.name: store_access(store, app.settings, secrets, now) for store in live}
    return refresh_orders(ticket_id, ways, app.db, app.home, now) if ways else 0


def in_words(result: PassResult) -> str:
    """`12 new mails, 3 orders, 1 reply sent`, `nothing new`, `shop is already being read`.

    Empty if nothing came but something failed: then it is unknown whether there is anything new.
    """
    counts = (
        (result.fresh, "new mail", "new mails"),
        (result.orders, "changed order", "changed orders"),
        (result.sent, "reply sent", "replies sent"),
        (result.held_back, "planned reply is a draft again", "planned replies are drafts again"),
    )
    parts = [f"{count} {one if count == 1 else many}" for count, one, many in counts if count]
    parts += [f"{name} is already being read" for name in result.busy]
    known = not (result.failed or result.left)
    return ", ".join(parts) or (NOTHING_NEW if known else "")

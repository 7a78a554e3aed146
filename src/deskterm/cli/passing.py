"""One pass over mail, orders and outbox, as the app and `deskterm sync` start it. Imports the wire."""

import time
from collections.abc import Callable
from threading import Event

from deskterm.cli.wiring import Outfit, secrets_of, work_from
from deskterm.domain.views import Progress
from deskterm.intake.values import Context
from deskterm.sync import outbox
from deskterm.sync.child import run_here
from deskterm.sync.one_pass import Pass, PassResult


def plan(fit: Outfit, ask: Callable[[str], str] | None = None) -> Pass:
    """What a pass that begins now has to know.

    `ask` is given a prompt where a passphrase is needed; without it nobody waits
    for the pass, and it leaves alone who asked to wait.
    """
    now = int(time.time())
    return Pass(
        settings=fit.settings,
        home=fit.home,
        secrets=secrets_of(fit.home, ask),
        context=Context(
            own=fit.settings.own_addresses,
            now=now,
            playbook=fit.desk.playbook.current(),
            work_from=work_from(fit.settings, fit.formats, now),
        ),
        now=now,
        patient=ask is None,
    )


def one_pass(
    fit: Outfit, report: Callable[[Progress], None], stop: Event, ask: Callable[[str], str] | None = None
) -> PassResult:
    """Make one pass; what failed stands in the result. Raises ReadOnly where nothing can be written."""
    if fit.db.read_only:
        raise fit.db.refusal()
    return run_here(plan(fit, ask), fit.db, report, stop)


def deliver(fit: Outfit) -> None:
    """Send what is due in the outbox, no more."""
    outbox.deliver(
        fit.settings, fit.home, fit.db, secrets_of(fit.home), now=int(time.time()), stop=Event(), patient=True
    )  # fmt: skip


def in_words(result: PassResult) -> str:
    """`12 new mails, 3 orders, 1 reply sent`, `nothing new`."""
    counts = ((result.fresh, "new mail"), (result.orders, "changed order"), (result.sent, "reply sent"))
    parts = [f"{count} {_plural(word, count)}" for count, word in counts if count]
    return ", ".join(parts) or "nothing new"


def _plural(word: str, count: int) -> str:
    if count == 1:
        return word
    return "replies sent" if word == "reply sent" else f"{word}s"

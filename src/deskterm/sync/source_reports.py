"""Recording what each source reports, for the status line, and when a failing one may be asked again."""

import random
from collections.abc import Iterator
from contextlib import contextmanager

from deskterm.config.paths import Home
from deskterm.domain.sources import Failure, Source, failure_of
from deskterm.errors import CannotAsk, DesktermError, LoginRefused, OrdersFileError
from deskterm.storage import sources
from deskterm.storage.schema.database import Database
from deskterm.sync.line.failures import Busy

_SHORTEST = 60  # seconds
_LONGEST = 3600  # after a server that asks to wait
_LONGEST_LOGIN = 900  # after a refused password: hosts lock out who tries too often
_JITTER = 0.25  # so that several programs do not come back at once


def report_failed(db: Database, source: Source, error: DesktermError, now: int) -> None:
    """Record that a source failed: what happened and what to do.

    Not that this process cannot ask for a passphrase: the source was not tried, and a desk that
    knows the passphrase works on.
    """
    if isinstance(error, CannotAsk):
        return
    with db.write() as tx:
        known = sources.is_failing(tx, source)
        wait = _wait(error, now - known[0] if known else 0)
        not_before = now + wait if wait else 0
        kind = failure_of(error)
        sources.mark_failed(
            tx, source, kind, at=now, words=error.what, todo=error.todo, not_before=not_before
        )


@contextmanager
def name_what_is_kept(db: Database, source: Source, what: str) -> Iterator[None]:
    """Add to the error of an unreadable file that the `what` read before are kept, if any were."""
    try:
        yield
    except OrdersFileError as error:
        with db.read() as tx:
            if not error.safe and sources.was_read(tx, source):
                error.safe = f"The {what} read before are kept."
        raise


def report_complete(db: Database, source: Source, complete_to: int, now: int) -> None:
    """Record that a source is complete up to `complete_to`."""
    with db.write() as tx:
        sources.mark_complete(tx, source, complete_to=complete_to, at=now)


def forget_failure(db: Database, source: Source) -> None:
    """Forget the failure of a source that is only listed while it fails."""
    with db.read() as tx:
        known = sources.is_failing(tx, source)
    if known:
        with db.write() as tx:
            sources.forget(tx, source)


def is_reported(db: Database, source: Source, error: DesktermError) -> bool:
    """Whether that source fails already by its password, as `error` does: then it is not said twice."""
    kind = failure_of(error)
    if kind not in (Failure.LOGIN, Failure.SECRET):
        return False
    with db.read() as tx:
        return sources.failure(tx, source) is kind


def may_ask(db: Database, source: Source, home: Home, now: int) -> bool:
    """Whether a source may be asked by a program that nobody waits for.

    Not before the time it was given, but for changed settings, and a clock
    that was set back.
    """
    with db.read() as tx:
        known = sources.is_failing(tx, source)
    if known is None or now >= known[2] or known[2] - now > 2 * _LONGEST:
        return True
    try:
        return home.config_file.stat().st_mtime > known[1]
    except OSError:
        return False


def _wait(error: DesktermError, failing_for: int) -> int:
    """Seconds until the next try; doubled each time, since it has failed for that long. 0: no wait."""
    if not isinstance(error, Busy | LoginRefused):
        return 0
    longest = _LONGEST_LOGIN if isinstance(error, LoginRefused) else _LONGEST
    wait = min(longest, max(_SHORTEST, failing_for, error.after if isinstance(error, Busy) else 0))
    return wait + random.randrange(int(wait * _JITTER) + 1)  # noqa: S311 - it spreads, it hides nothing

"""Checks what is wrong with this desk, and says what to do."""

import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from deskterm.config import timer
from deskterm.config.paths import Home
from deskterm.config.secret.secrets import Secrets
from deskterm.config.settings_file import load
from deskterm.desk.status import mail, outbox_needs
from deskterm.desk.upkeep import home_checks
from deskterm.desk.upkeep.findings import Finding, Findings, bad, good, warning
from deskterm.desk.upkeep.health import lost_log
from deskterm.domain.sources import SourceKind
from deskterm.errors import DesktermError
from deskterm.storage import desk_facts, sources
from deskterm.storage.mail import aliases
from deskterm.storage.replies import outbox_counts
from deskterm.storage.schema.database import Tx
from deskterm.storage.schema.migrate import LOST_LOG, open_database
from deskterm.storage.upkeep import health
from deskterm.storage.upkeep.in_use import misses_log

_LATE = 600  # seconds a due reply may wait before it is reported
_AHEAD = 300  # seconds a server's clock may be ahead of ours


def examine(home: Home, now: int, secrets: Secrets | None = None) -> tuple[Finding, ...]:
    """Check everything that can be checked without the network. Raises nothing; works without a database.

    With `secrets` the logins are checked too.
    """
    checks: tuple[Callable[[], Findings], ...] = (
        lambda: home_checks.settings(home),
        lambda: home_checks.rights(home),
        lambda: home_checks.room(home),
        lambda: home_checks.clock(now),
        lambda: home_checks.playbook(home),
        lambda: home_checks.logins(home, secrets, now) if secrets else iter(()),
        lambda: home_checks.backups(home, now),
        lambda: _database(home, now),
    )
    return tuple(finding for check in checks for finding in collect_findings(check))


def collect_findings(check: Callable[[], Findings]) -> Findings:
    """A check's findings; an error that stops it becomes one."""
    try:
        yield from check()
    except DesktermError as error:
        yield bad(error.what, error.safe, error.todo)
    except OSError as error:
        yield bad(f"{error.filename or 'A file'} cannot be checked: {error.strerror}.")


def _database(home: Home, now: int) -> Findings:
    if home.database.is_dir():
        return  # reported with the folders
    if not home.database.exists():
        yield warning("There is no database yet.", todo="Run `deskterm sync` or open `deskterm`.")
        return
    missed = misses_log(home.database)
    db = open_database(home.database, read_only=True)
    try:
        with db.read() as tx:
            if missed or desk_facts.get_fact(tx, LOST_LOG):
                error = lost_log()
                yield bad(error.what, error.safe, error.todo)
            yield from _is_sound(tx, home)
            yield from _find_open_processes(home)
            yield from _has_future_mail(tx, now)
            yield from _sources(tx)
            yield from _outbox(tx, home, now)
            yield from _unnamed_addresses(tx, home)
    finally:
        db.close()


def _unnamed_addresses(tx: Tx, home: Home) -> Findings:
    """Addresses of the shop missing in the settings, as arriving mail shows."""
    try:
        own = load(home).own_addresses
    except DesktermError:  # reported with the settings
        return
    for one in aliases.list_offers(tx, own):
        yield good(
            f"{one.mails} mails came to {one.key}, which is not among your addresses. If it is yours,"
            " add it to `addresses` in config.toml; replies do not copy it."
        )


def _is_sound(tx: Tx, home: Home) -> Findings:
    complaints = health.complaints(tx)
    if complaints or health.loose_ends(tx):
        yield bad(
            f"The database {home.database} is damaged: {'; '.join(complaints) or 'rows point at nothing'}.",
            safe="The file was not changed, and your mail is still on the server.",
            todo="Close deskterm and run `deskterm doctor --repair`: it restores the last backup.",
        )
    else:
        yield good("The database is sound.")
    if not health.search_works(tx):
        yield warning("The search index does not match the messages.", safe="All mail is there.",
                       todo="Run `deskterm doctor --repair`: it rebuilds the index.")  # fmt: skip


def _find_open_processes(home: Home) -> Findings:
    """The processes that have the database open, if the system tells (Linux)."""
    holders = []
    for link in Path("/proc").glob("[0-9]*/fd/*"):
        with suppress(OSError):
            if link.readlink() == home.database and (pid := int(link.parts[2])) != os.getpid():
                holders.append(pid)
    for pid in dict.fromkeys(holders):
        yield good(f"Process {pid} has the database open.")


def _has_future_mail(tx: Tx, now: int) -> Findings:
    """Whether a mail is dated in the future, which shows a wrong clock."""
    newest = health.newest_mail(tx)
    if newest is not None and newest > now + _AHEAD:
        ahead = newest - now
        far = f"{ahead // 86400} days" if ahead > 2 * 86400 else f"{ahead // 60} minutes"
        yield warning(
            f"The newest mail is {far} in the future.",
            todo="Check this machine's clock; if it is right, the mail server's was wrong.",
        )


def _sources(tx: Tx) -> Findings:
    for source in (*mail(tx), *sources.states(tx, SourceKind.ORDERS)):
        kept = "What was read before is here." if source.complete_to else ""
        if source.is_partial and source.left_out:
            yield bad(f"{source.name} was read except for this:", safe="All else is here.", todo=source.todo)
        elif source.failing_since is not None:
            yield bad(f"{source.name} fails: {source.words}", safe=kept, todo=source.todo)
        elif not source.complete_to:
            yield warning(f"{source.name} has not been read completely yet.", todo="Run `deskterm sync`.")
        else:
            yield good(f"{source.name} works.")
        for words in source.left_out:
            yield (bad if source.is_partial else warning)(f"{source.name}: {words}.")


def _outbox(tx: Tx, home: Home, now: int) -> Findings:
    needs = outbox_needs(tx, now)
    yield from (bad(one.what, safe=one.safe, todo=one.todo) for one in needs)
    next_at = outbox_counts.next_send_at(tx, planned=False)
    if next_at is not None and next_at < now - _LATE:
        yield warning("A reply has been due for over ten minutes.", safe="It is kept, and goes out once.",
                       todo="Run `deskterm sync`; it says what prevents sending.")  # fmt: skip
    later = outbox_counts.next_send_at(tx, planned=True)
    if later is not None and not timer.is_on(home):
        yield warning(
            "A reply is planned for later, but nothing sends it while no desk is open.",
            safe="It is kept, and goes out once.",
            todo="Run `deskterm timer on`, or keep the desk open then.",
        )
    if not needs:
        yield good("Nothing in the outbox needs you.")

"""What is wrong with this desk, and what to do about it."""

import os
import shlex
import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

from deskterm.config.paths import Home
from deskterm.config.settings import Settings, load
from deskterm.desk.backups import Backups
from deskterm.desk.playbook import PlaybookFiles
from deskterm.desk.standing import mail
from deskterm.domain.formats import Formats
from deskterm.domain.hours import Hours
from deskterm.domain.replies import OutboxState
from deskterm.errors import DesktermError
from deskterm.storage import health, outbox, sources
from deskterm.storage.database import Tx, shut
from deskterm.storage.migrate import open_database

_DAY = 86400
_STALE = 3 * _DAY  # seconds after which a missing backup is worth a word
_LATE = 600  # seconds a due reply may wait before it is worth a word
_LITTLE, _TIGHT = 200_000_000, 1_000_000_000  # bytes free
_LONG_AGO = 1_735_689_600  # 2025: a clock before it is wrong
_OTHERS = 0o077


class Grade(StrEnum):
    """How a check came out."""

    GOOD = "ok"
    WARNING = "warning"
    BAD = "problem"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at. `safe` and `todo` are empty where all is well."""

    grade: Grade
    what: str
    safe: str = ""
    todo: str = ""


Findings = Iterator[Finding]


def examine(home: Home, now: int) -> tuple[Finding, ...]:
    """Look at all that can be looked at without the network. Raises nothing; works without a database."""
    checks: tuple[Callable[[], Findings], ...] = (
        lambda: _settings(home),
        lambda: _rights(home),
        lambda: _room(home),
        lambda: _clock(now),
        lambda: _playbook(home),
        lambda: _backups(home, now),
        lambda: _database(home, now),
    )
    return tuple(finding for check in checks for finding in _told(check))


def _told(check: Callable[[], Findings]) -> Findings:
    """A check's findings; what stops it is one of them."""
    try:
        yield from check()
    except DesktermError as error:
        yield Finding(Grade.BAD, error.what, error.safe, error.todo)
    except OSError as error:
        yield Finding(Grade.BAD, f"{error.filename or 'A file'} cannot be looked at: {error.strerror}.")


def _settings(home: Home) -> Findings:
    settings: Settings = load(home)
    shop = settings.shop
    Hours(shop.hours, Formats(shop.locale, shop.zone).zone, shop.holidays)
    yield _good(f"The settings in {home.config_file} can be read.")
    if not settings.mailboxes:
        yield _warning("No mailbox is set up.", todo="Run `deskterm setup`.")
    if settings.wire_log:
        yield _warning(
            f"The wire log is on: {home.log_file.with_name('wire.log')}.",
            safe="No password and no mail is in it, but addresses are.",
            todo="Take `wire_log` out of config.toml when it is not needed any more.",
        )
    for store in settings.stores:
        if not Path(store.path).is_file():
            yield _warning(
                f"The orders file of {store.name} is not there: {store.path}.",
                safe="The orders read before are kept.",
                todo="Export the orders to that place, or change the path in config.toml.",
            )


def _rights(home: Home) -> Findings:
    folders = (home.config_folder, home.data_folder, home.state_folder)
    wrong = open_to_others(home)
    if wrong:
        named = " ".join(shlex.quote(str(one)) for one in wrong)
        yield _warning(
            f"Others on this machine can look into {', '.join(map(str, wrong))}.",
            safe="Nothing was changed.",
            todo=f"Run `deskterm doctor --repair`, or: chmod go-rwx {named}",
        )
    for folder in dict.fromkeys(folders):
        if not os.access(folder, os.W_OK | os.X_OK):
            yield _bad(f"Nothing can be written into {folder}.", todo="Mend the folder's rights.")
    locked = shut(home.database) if home.database.exists() else None
    if locked and not locked.is_dir():
        yield _bad(
            f"{locked} cannot be written: the desk shows all, and changes and sends nothing.",
            safe="What was saved can be read.",
            todo="Run `deskterm doctor --repair`. If that does not help, `lsattr` shows an i that locks the "
            "file (`chattr -i` takes it off), `mount` whether its disk is mounted for reading only.",
        )
    if not wrong:
        yield _good("Files and folders can be read by you alone.")
    if home.log_file.exists():
        yield _good(f"The log is {home.log_file}; it holds no mail and no secret.")


def open_to_others(home: Home) -> list[Path]:
    """Files and folders of the desk that others on this machine may look into."""
    files = (home.config_file, home.database, home.log_file, home.secrets_file, *Backups(home).copies())
    folders = (home.config_folder, home.data_folder, home.state_folder, home.backups)
    return [path for path in (*files, *folders) if path.exists() and path.stat().st_mode & _OTHERS]


def _room(home: Home) -> Findings:
    free = shutil.disk_usage(home.data_folder).free
    words = f"{free / 1e9:.1f} GB are free on the disk of {home.data_folder}."
    if free >= _TIGHT:
        yield _good(words)
    else:
        grade = Grade.BAD if free < _LITTLE else Grade.WARNING
        yield Finding(grade, words, "What was saved is safe.", "Make room on that disk.")


def _clock(now: int) -> Findings:
    if now < _LONG_AGO:
        yield _bad(
            "This machine's clock is years behind.", todo="Set the clock: snoozes and dates depend on it."
        )
    else:
        yield _good(f"This machine's clock says {datetime.fromtimestamp(now, UTC):%Y-%m-%d %H:%M} UTC.")


def _playbook(home: Home) -> Findings:
    playbook = PlaybookFiles(home.config_folder).current()
    for name, reason in playbook.broken:
        yield _warning(f"{name} cannot be used. {reason}", safe="All other macros and SOPs work.")
    if not playbook.macros:
        yield _warning(
            f"There is no macro in {home.config_folder / 'macros'}.",
            todo="Run `deskterm`: it copies the starters once.",
        )
    else:
        yield _good(f"{len(playbook.macros)} macros and {len(playbook.sops)} SOPs are in use.")


def _backups(home: Home, now: int) -> Findings:
    listed = Backups(home).listing()
    if not listed:
        if home.database.exists():
            yield _good("There is no backup yet: the next sync or the open desk makes one.")
    elif now - listed[0].at > _STALE:
        yield _warning(
            f"The newest backup is {(now - listed[0].at) // _DAY} days old.",
            safe="The database itself is as it is.",
            todo="Run `deskterm backup`: it says what stands in the way.",
        )
    else:
        number = "1 backup is" if len(listed) == 1 else f"{len(listed)} backups are"
        yield _good(f"{number} in {home.backups}.")


def _database(home: Home, now: int) -> Findings:
    if not home.database.exists():
        yield _warning("There is no database yet.", todo="Run `deskterm sync` or open `deskterm`.")
        return
    db = open_database(home.database, read_only=True)
    try:
        with db.read() as tx:
            yield from _sound(tx, home)
            yield from _holders(home)
            yield from _from_tomorrow(tx, now)
            yield from _sources(tx)
            yield from _outbox(tx, now)
    finally:
        db.close()


def _sound(tx: Tx, home: Home) -> Findings:
    complaints = health.complaints(tx)
    if complaints or health.loose_ends(tx):
        yield _bad(
            f"The database {home.database} is damaged: {'; '.join(complaints) or 'rows point at nothing'}.",
            safe="The file is left as it is, and your mail is still on the server.",
            todo="Close deskterm and run `deskterm doctor --repair`: it restores the last backup.",
        )
    else:
        yield _good("The database is sound.")
    if not health.search_works(tx):
        yield _warning("The search index does not fit the messages.", safe="All mail is there.",
                       todo="Run `deskterm doctor --repair`: it makes the index anew.")  # fmt: skip


def _holders(home: Home) -> Findings:
    """Which processes have the database open, where the system tells (Linux)."""
    holders = []
    for link in Path("/proc").glob("[0-9]*/fd/*"):
        with suppress(OSError):
            if link.readlink() == home.database and (pid := int(link.parts[2])) != os.getpid():
                holders.append(pid)
    for pid in dict.fromkeys(holders):
        yield _good(f"Process {pid} has the database open.")


def _from_tomorrow(tx: Tx, now: int) -> Findings:
    newest = health.newest_mail(tx)
    if newest is not None and newest > now + _DAY:
        yield _warning(
            f"The newest mail is {(newest - now) // _DAY} days in the future.",
            todo="Check this machine's clock; if it is right, the mail server's was wrong.",
        )


def _sources(tx: Tx) -> Findings:
    for source in (*mail(tx), *sources.states(tx, "orders")):
        if source.failing_since is not None:
            yield _bad(
                f"{source.name} fails: {source.words}", safe="What was read before is here.", todo=source.todo
            )
        elif not source.complete_to:
            yield _warning(f"{source.name} has not been read to its end yet.", todo="Run `deskterm sync`.")
        else:
            yield _good(f"{source.name} works.")


def _outbox(tx: Tx, now: int) -> Findings:
    tally = outbox.tally(tx)
    if refused := tally[OutboxState.REFUSED]:
        yield _bad(f"{_replies(refused)} refused by the server.", safe="The text is kept.",
                   todo="Open the outbox (g o): it shows the server's words.")  # fmt: skip
    if uncertain := tally[OutboxState.UNCERTAIN]:
        yield _bad(
            f"Replies that may have been sent: {uncertain}.",
            safe="None of them is sent again by itself.",
            todo="Look into your Sent folder, then say in the outbox (g o) what happened.",
        )
    next_at = outbox.next_send_at(tx, planned=False)
    if next_at is not None and next_at < now - _LATE:
        yield _warning("A reply has been due for over ten minutes.", safe="It is kept, and goes out once.",
                       todo="Run `deskterm sync`; it says what stands in the way.")  # fmt: skip
    if not refused and not uncertain:
        yield _good("The outbox needs nothing from you.")


def _replies(number: int) -> str:
    return "1 reply was" if number == 1 else f"{number} replies were"


def _good(what: str) -> Finding:
    return Finding(Grade.GOOD, what)


def _warning(what: str, safe: str = "", todo: str = "") -> Finding:
    return Finding(Grade.WARNING, what, safe, todo)


def _bad(what: str, safe: str = "", todo: str = "") -> Finding:
    return Finding(Grade.BAD, what, safe, todo)

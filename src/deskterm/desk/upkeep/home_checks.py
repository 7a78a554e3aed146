"""The doctor's checks around the database: settings, permissions, space, clock, playbook, logins, backups."""

import os
import shlex
import shutil
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from deskterm.config.all_settings import Mailbox
from deskterm.config.paths import Home
from deskterm.config.secret.secrets import Secrets
from deskterm.config.settings_file import Settings, load
from deskterm.desk.figures.figure_settings import survey_is_unsigned
from deskterm.desk.playbook import PlaybookFiles
from deskterm.desk.upkeep.backups import Backup, Backups
from deskterm.desk.upkeep.findings import Finding, Findings, Grade, bad, good, warning
from deskterm.domain.business_hours import Hours
from deskterm.domain.formats import Formats
from deskterm.errors import ConfigError, DesktermError, SecretError
from deskterm.storage.schema.database import shut

_DAY = 86400
_STALE = 3 * _DAY  # seconds after which a missing backup is reported
_LITTLE, _TIGHT = 200_000_000, 1_000_000_000  # bytes free
_LONG_AGO = 1_735_689_600  # 2025: an earlier clock is wrong
_OTHERS = 0o077
_BESIDE = ("-wal", "-shm", ".lock")


def settings(home: Home) -> Findings:
    """Whether the settings can be read and what they name exists."""
    known: Settings = load(home)
    shop = known.shop
    Hours(shop.hours, Formats(shop.locale, shop.zone).zone, shop.holidays)
    beside = f" and {home.policy_file.name}" if home.policy_file.exists() else ""
    yield good(f"The settings in {home.config_file}{beside} can be read.")
    if not known.mailboxes:
        yield warning("No mailbox is set up.", todo="Run `deskterm setup`.")
    if known.wire_log:
        yield warning(
            f"The wire log is on: {home.log_file.with_name('wire.log')}.",
            safe="No password and no mail is in it, but addresses are.",
            todo="Remove `wire_log` from config.toml when you no longer need it.",
        )
    for store in known.stores:
        if not store.is_live and not Path(store.path).exists():  # a folder of files is watched
            yield warning(
                f"The orders file of {store.name} is missing: {store.path}.",
                todo="Export the orders to that place, or change the path in config.toml.",
            )


def rights(home: Home) -> Findings:
    """Whether the owner can write and others cannot read."""
    folders = (home.config_folder, home.data_folder, home.state_folder)
    wrong = open_to_others(home)
    if wrong:
        named = " ".join(shlex.quote(str(one)) for one in wrong)
        yield warning(
            f"Others on this machine can read {', '.join(map(str, wrong))}.",
            safe="Nothing was changed.",
            todo=f"Run `deskterm doctor --repair`, or: chmod go-rwx {named}",
        )
    for folder in dict.fromkeys(folders):
        if not os.access(folder, os.W_OK | os.X_OK):
            yield bad(f"Nothing can be written into {folder}.", todo="Correct the folder's permissions.")
    for path in _folders(home):
        if path.exists() and not path.is_dir():
            yield bad(f"{path} is not a folder.", todo="Move it away: deskterm creates the folder.")
    if home.database.is_dir():
        yield bad(f"{home.database} is a folder.", todo="Move it away, then run `deskterm restore`.")
    locked = shut(home.database) if home.database.exists() else None
    if locked and not locked.is_dir():
        yield bad(
            f"{locked} cannot be written: the desk shows everything but changes and sends nothing.",
            safe="What was saved can be read.",
            todo="Run `deskterm doctor --repair`. If that does not help: `lsattr` shows an i if the file is "
            "locked (`chattr -i` unlocks it), `mount` whether its disk is mounted read-only.",
        )
    if not wrong:
        yield good("Files and folders can be read by you alone.")
    if home.log_file.exists():
        yield good(f"The log is {home.log_file}; it holds no mail and no secret.")


def open_to_others(home: Home) -> list[Path]:
    """Files and folders of the desk that others on this machine can read."""
    database = (home.database, *(home.database.with_name(home.database.name + end) for end in _BESIDE))
    logs = (home.log_file, home.log_file.with_name("wire.log"))
    copies = Backups(home).copies() if (home.data_folder / "backups").is_dir() else ()
    files = (home.config_file, *database, *logs, home.secrets_file, *copies)
    known = dict.fromkeys((*files, *_folders(home)))
    return [path for path in known if path.exists() and path.stat().st_mode & _OTHERS]


def _folders(home: Home) -> tuple[Path, ...]:
    """The folders of a desk, existing or not."""
    return (
        *(home.config_folder / name for name in ("", "macros", "sops")),
        *(home.data_folder / name for name in ("", "backups", "attachments")),
        *(home.state_folder / name for name in ("", "locks")),
    )


def room(home: Home) -> Findings:
    """How much space is left on the disk."""
    free = shutil.disk_usage(home.data_folder).free
    words = f"{free / 1e9:.1f} GB are free on the disk of {home.data_folder}."
    if free >= _TIGHT:
        yield good(words)
    else:
        grade = Grade.BAD if free < _LITTLE else Grade.WARNING
        yield Finding(grade, words, "What was saved is safe.", "Make room on that disk.")


def clock(now: int) -> Findings:
    """What this machine's clock says."""
    if now < _LONG_AGO:
        yield bad(
            "This machine's clock is years behind.", todo="Set the clock: snoozes and dates depend on it."
        )
    else:
        yield good(f"This machine's clock says {datetime.fromtimestamp(now, UTC):%Y-%m-%d %H:%M} UTC.")


def playbook(home: Home) -> Findings:
    """Whether the macros and SOPs can be used."""
    found = PlaybookFiles(home.config_folder).current()
    if not found.macros and not any(name.startswith("macros") for name, _ in found.broken):
        yield warning(  # then the steps that name a macro need not be reported
            f"There is no macro in {home.config_folder / 'macros'}.",
            todo="Run `deskterm`: it copies the starters once.",
        )
        return
    for name, reason in found.broken:
        yield warning(f"{name} cannot be used. {reason}", safe="All other macros and SOPs work.")
    if found.macros:
        yield good(f"{len(found.macros)} macros and {len(found.sops)} SOPs are in use.")
    with suppress(ConfigError):  # reported with the settings
        if survey_is_unsigned(load(home), found):
            yield warning(
                "No survey is sent: nobody signs its letter.",
                todo="Set `signature` in config.toml, or sign the macro of the survey.",
            )


def logins(home: Home, secrets: Secrets, now: int) -> Findings:
    """The age of each OAuth2 login, if known. Unreadable settings are reported elsewhere."""
    mailboxes: tuple[Mailbox, ...] = ()
    with suppress(ConfigError):
        mailboxes = load(home).mailboxes
    for mailbox in mailboxes:
        if mailbox.oauth and secrets.is_locked(mailbox):
            yield good(f"The login of {mailbox.name} is locked by your passphrase: not checked.")
        elif mailbox.oauth:
            yield _login(mailbox, secrets, now)


def _login(mailbox: Mailbox, secrets: Secrets, now: int) -> Finding:
    try:
        since = secrets.login(mailbox).since
    except SecretError as error:
        return bad(error.what, error.safe, f"Run `deskterm login {mailbox.name}`.")
    if not since:
        return good(f"{mailbox.name} is logged in by OAuth2.")
    day = datetime.fromtimestamp(since, UTC)
    return good(
        f"{mailbox.name} has been logged in by OAuth2 since {day:%Y-%m-%d} ({(now - since) // _DAY} days)."
    )


def backups(home: Home, now: int) -> Findings:
    """The age of the newest backup and whether it opens; the copies kept beside the database."""
    kept = Backups(home)
    listed = kept.listing()
    if not listed and home.database.exists():
        yield good("There is no backup yet: the next sync or the open desk makes one.")
    elif listed and now - listed[0].at > _STALE:
        yield warning(
            f"The newest backup is {(now - listed[0].at) // _DAY} days old.",
            safe="The database itself is unaffected.",
            todo="Run `deskterm backup`: it says what prevents it.",
        )
    if listed:
        number = "1 backup is" if len(listed) == 1 else f"{len(listed)} backups are"
        yield good(f"{number} in {home.backups}.")
        yield _opens(kept, listed[0])
    if aside := kept.aside():
        size = sum(one.stat().st_size for one in aside)
        yield good(f"Kept beside the database: {', '.join(one.name for one in aside)} ({size / 1e6:.1f} MB).")


def _opens(kept: Backups, newest: Backup) -> Finding:
    try:
        contents = kept.check(newest.path)
    except DesktermError as error:
        return bad(f"The newest backup is unusable: {error.what}", error.safe, "Run `deskterm backup`.")
    return good(f"The newest backup, {newest.path.name}, is sound: {contents.tickets} tickets.")

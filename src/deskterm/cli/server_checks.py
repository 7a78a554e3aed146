"""Checks of `deskterm doctor --servers`: does each login work, and is every mail here."""

import time

from deskterm.config.paths import Home
from deskterm.config.secret.secrets import Secrets
from deskterm.config.settings_file import Mailbox, load
from deskterm.desk.upkeep.doctor import collect_findings
from deskterm.desk.upkeep.findings import Finding, Findings, bad, good, warning
from deskterm.errors import DesktermError
from deskterm.storage.schema.database import Database
from deskterm.storage.schema.migrate import open_database
from deskterm.sync import discover
from deskterm.sync.imap import gaps
from deskterm.sync.stores.access import store_access
from deskterm.sync.stores.try_store import try_store


def ask_servers(home: Home, secrets: Secrets) -> tuple[Finding, ...]:
    """Log in to each server of each mailbox, compare its mails with those here, and test each live store.

    Raises nothing.
    """
    mail = collect_findings(lambda: _ask(home, secrets))
    return (*mail, *collect_findings(lambda: _stores(home, secrets)))


def _stores(home: Home, secrets: Secrets) -> Findings:
    settings = load(home)
    for store in settings.stores:
        if not store.is_live:
            continue
        trial = try_store(store_access(store, settings, secrets, int(time.time())))
        for one in trial.rights:
            if one.granted:
                yield good(f"{store.name} grants {one.name}.")
            else:
                yield warning(
                    f"{store.name} does not grant {one.name}: {one.words}",
                    safe="Orders already here are kept.",
                    todo=one.todo,
                )
        if trial.error:
            yield bad(trial.error.what, trial.error.safe, trial.error.todo)


def mark_gaps(home: Home, secrets: Secrets) -> int:
    """Mark gaps in what was read; gives how many missing mails a sync will fetch."""
    found: list[gaps.Gap] = []
    db = open_database(home.database)
    try:
        for mailbox in load(home).mailboxes:
            if mailbox.kind == "imap":
                try:
                    found += gaps.look(mailbox, secrets.password(mailbox), db, mend=True)
                except DesktermError:  # the findings report it
                    continue
    finally:
        db.close()
    return sum(one.lack for one in found)


def _ask(home: Home, secrets: Secrets) -> Findings:
    db = open_database(home.database, read_only=True)
    try:
        for mailbox in load(home).mailboxes:
            yield from collect_findings(lambda box=mailbox: _reading(box, secrets, db))  # type: ignore[misc]
            if mailbox.delivery == "smtp":
                yield from collect_findings(lambda box=mailbox: _sending(box, secrets))  # type: ignore[misc]
    finally:
        db.close()


def _reading(mailbox: Mailbox, secrets: Secrets, db: Database) -> Findings:
    if mailbox.kind == "maildir":
        return
    found = gaps.look(mailbox, secrets.password(mailbox), db)
    yield good(f"{mailbox.host} accepts the login.")
    for one in found:
        where = f"{mailbox.name}, {one.folder}"
        if one.renumbered:
            yield good(f"{where}: the server has renumbered its mails; the next sync reads them all again.")
        elif one.lack or one.went:
            lack = "1 mail of the server is" if one.lack == 1 else f"{one.lack} mails of the server are"
            yield warning(
                f"{where}: {lack} missing here; {one.went} disappeared from the server unnoticed.",
                safe="What is here is kept.",
                todo="Run `deskterm doctor --servers --repair`: it fetches them.",
            )
        else:
            yield good(f"{where}: every one of the {one.there} mails there was read.")


def _sending(mailbox: Mailbox, secrets: Secrets) -> Findings:
    discover.try_sending(mailbox, secrets.password(mailbox.sending))
    yield good(f"{mailbox.smtp_host} accepts the login for sending.")

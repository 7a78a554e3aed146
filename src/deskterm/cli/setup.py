"""`deskterm setup`: the form that writes config.toml, after testing the servers."""

import locale
import os
import sys
import time
from argparse import ArgumentParser, Namespace
from dataclasses import replace
from threading import Event
from typing import TYPE_CHECKING

from deskterm.cli import rules, timer
from deskterm.cli.composition import home_of, secrets_of
from deskterm.cli.output import say
from deskterm.cli.statuses import FAILED, OK, UNCONFIRMED, USAGE
from deskterm.config import logs
from deskterm.config.all_settings import Mailbox
from deskterm.config.paths import Home
from deskterm.config.providers import intended_address
from deskterm.config.settings_file import Settings, Shop, load, machine_zone, save
from deskterm.config.store import Store
from deskterm.config.terminal import find_colours, is_line_only
from deskterm.errors import SecretError

if TYPE_CHECKING:
    from collections.abc import Callable

    from deskterm.config.secret.secrets import Secrets
    from deskterm.screens.setup.calls import SetupCalls
    from deskterm.screens.setup.form import Found, TypedLines
    from deskterm.sync.stores.adapter import RightCheck
    from deskterm.sync.stores.try_store import StoreTrial

_SEALED = Mailbox(secret="file")  # noqa: S106 - a place, not a password


def arguments(_: ArgumentParser) -> None:
    """No arguments of its own."""


def run(args: Namespace) -> int:
    """Show the form. 4 if it was left without writing."""
    home = home_of(args)
    if is_line_only(os.environ) or not (sys.stdin.isatty() and sys.stdout.isatty()):
        print(f"Setup needs a terminal that can show a form. It writes {home.config_file}.", file=sys.stderr)
        return USAGE
    os.environ["TEXTUAL_COLOR_SYSTEM"] = (
        "truecolor"  # read at Textual's import; the app reduces the colours itself
    )
    from deskterm.screens.setup.app import SetupApp  # noqa: PLC0415 - screen imports, only needed here

    logs.start(home)
    start = _start(home)
    app = SetupApp(start, _setup_calls(home), find_colours(os.environ, start.colours))
    written = app.run()
    if app.return_code:
        return FAILED
    if not written:
        say("Nothing was written.")
        return UNCONFIRMED
    _say_what_is_next(home)
    rules.offer(home)
    timer.offer(home)
    return OK


def _setup_calls(home: Home) -> "SetupCalls":
    """What the form can do to a home and its servers."""
    from deskterm.screens.setup.calls import SetupCalls  # noqa: PLC0415 - as above
    from deskterm.screens.setup.store_calls import StoreCalls  # noqa: PLC0415 - as above

    shop = StoreCalls(
        try_store=lambda *typed: _try_store(home, *typed),
        ready=lambda passphrase: _secrets(home, passphrase).require_store(_SEALED),
        keep=lambda store, secret, passphrase: _secrets(home, passphrase).keep(store.key_secret, secret),
        save=lambda settings: _save(home, settings),
        has_keyring=_has_keyring,
        has_file=home.secrets_file.exists,
    )
    return SetupCalls(
        discover=_discover,
        test=lambda mailbox, *typed: _test(home, mailbox, *typed),
        presented=_show_fingerprint,
        log_in=lambda mailbox, *given: _log_in(home, mailbox, *given),
        orders=_orders,
        ready=shop.ready,
        keep=lambda mailbox, *typed: _keep(home, mailbox, *typed),
        save=shop.save,
        has_keyring=shop.has_keyring,
        has_file=shop.has_file,
        shop=shop,
    )


def _say_what_is_next(home: Home) -> None:
    """Where the settings are, and what they still need."""
    say(f"Written to {home.config_file}. `deskterm` opens the desk and reads your mail, newest first.")
    settings = load(home)
    if not settings.stores:
        say("`deskterm stores add` adds a shop (WooCommerce, Shopify, Vendure) and tests its permissions.")
    for mailbox in settings.mailboxes:
        if mailbox.oauth and not _is_logged_in(home, mailbox):  # it was written untested
            say(f"Run `deskterm login {mailbox.name}` first.")


def _is_logged_in(home: Home, mailbox: Mailbox) -> bool:
    """Whether there is an OAuth2 login; for the locked file, only whether it exists."""
    if mailbox.secret == "file":
        return home.secrets_file.exists()
    try:
        _secrets(home, "").login(mailbox)
    except SecretError:
        return False
    return True


def _start(home: Home) -> Settings:
    """The existing settings, or this machine's zone and language."""
    if home.config_file.exists():
        return load(home)
    language = locale.getlocale()[0]
    named = language if language and "_" in language else Shop().locale
    return Settings(shop=Shop(zone=machine_zone(), locale=named))


def _discover(address: str) -> "Found":
    from deskterm.screens.setup.form import Found  # noqa: PLC0415 - as above
    from deskterm.sync.discover import guess  # noqa: PLC0415 - asks the network; the form stands before

    found = guess(address, "main")
    return Found(
        found.mailbox, found.how, found.provider, "" if found.provider else intended_address(address)
    )


def _test(home: Home, mailbox: Mailbox, password: str, passphrase: str, sending: bool) -> str:  # noqa: FBT001 - a callable of the form
    from deskterm.sync.discover import try_reading, try_sending  # noqa: PLC0415 - as above

    account = mailbox.sending if sending else mailbox
    if sending:
        try_sending(mailbox, password or _secrets(home, passphrase).password(account))
        return "The outgoing server accepted the login."
    if mailbox.kind == "maildir":
        try_reading(mailbox, "")
        return "The Maildir exists."
    sent = try_reading(mailbox, password or _secrets(home, passphrase).password(account))
    where = f"copies of replies go to {sent}" if sent else "no folder for sent mail was found"
    return f"The mail server accepted the login; {where}."


def _show_fingerprint(mailbox: Mailbox, sending: bool) -> str:  # noqa: FBT001 - as above
    from deskterm.sync.discover import presented_fingerprint  # noqa: PLC0415 - as above

    return presented_fingerprint(mailbox, sending=sending)


def _log_in(
    home: Home, mailbox: Mailbox, form: "TypedLines", show: "Callable[[str, str], None]", stop: Event
) -> None:
    from deskterm.cli.login import enter  # noqa: PLC0415 - as above

    enter(_secrets(home, form.passphrase), mailbox, form.client_secret, show, stop)


def _orders(store: Store, settings: Settings) -> bool:
    """Read an orders file; returns whether the currency of every order is known. Raises OrdersFileError."""
    from zoneinfo import ZoneInfo  # noqa: PLC0415 - as above

    from deskterm.sync.stores.exports.files import read_file  # noqa: PLC0415 - as above

    found = read_file(store, ZoneInfo(settings.shop.zone)).orders
    return all(order.total.currency for order in found)


def _try_store(  # noqa: PLR0917 - a callable of the form
    home: Home,
    store: Store,
    settings: Settings,
    secret: str,
    passphrase: str,
    report: "Callable[[RightCheck], None]",
) -> "StoreTrial":
    from deskterm.sync.stores.access import store_access  # noqa: PLC0415 - as above
    from deskterm.sync.stores.try_store import try_store  # noqa: PLC0415 - as above

    access = store_access(store, settings, _secrets(home, passphrase), int(time.time()))
    if secret:
        access = replace(access, secret=lambda: secret, kept=str, keep=lambda _: None)
    return try_store(access, report)


def _keep(home: Home, mailbox: Mailbox, password: str, passphrase: str) -> None:
    _secrets(home, passphrase).keep(mailbox, password)


def _secrets(home: Home, passphrase: str) -> "Secrets":
    return secrets_of(home, lambda _: passphrase)


def _has_keyring() -> bool:
    from deskterm.config.secret.secrets import has_keyring  # noqa: PLC0415 - slow, and the form stands before

    return has_keyring()


def _save(home: Home, settings: Settings) -> str:
    save(home, settings)
    return str(home.config_file)

"""`deskterm setup`: the form that writes config.toml, after the servers have been tried."""

import locale
import sys
from argparse import ArgumentParser, Namespace

from deskterm.cli import OK, UNCONFIRMED, USAGE
from deskterm.cli.printing import say
from deskterm.cli.wiring import home_of, secrets_of
from deskterm.config.paths import Home
from deskterm.config.settings import Settings, Shop, load, machine_zone, save
from deskterm.config.values import Mailbox


def arguments(_: ArgumentParser) -> None:
    """Nothing but what all commands take."""


def run(args: Namespace) -> int:
    """Show the form. 4 when it was left without writing."""
    home = home_of(args)
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        print(f"Setup needs a terminal. It writes {home.config_file}.", file=sys.stderr)
        return USAGE
    from deskterm.screens.setup import SetupApp, SetupCalls  # noqa: PLC0415 - the screen's imports, only here

    calls = SetupCalls(
        discover=_discover,
        test=lambda mailbox, password: _test(home, mailbox, password),
        keep=lambda mailbox, password: _keep(home, mailbox, password),
        save=lambda settings: _save(home, settings),
    )
    if not SetupApp(_start(home), calls).run():
        say("Nothing was written.")
        return UNCONFIRMED
    say(f"Written to {home.config_file}. `deskterm` opens the desk and reads your mail, newest first.")
    return OK


def _start(home: Home) -> Settings:
    """The settings that stand, or what this machine says about zone and language."""
    if home.config_file.exists():
        return load(home)
    language = locale.getlocale()[0]
    named = language if language and "_" in language else Shop().locale
    return Settings(shop=Shop(zone=machine_zone(), locale=named))


def _discover(address: str) -> Mailbox:
    from deskterm.sync.discover import guess  # noqa: PLC0415 - asks the network; the form stands before

    return guess(address, "main").mailbox


def _test(home: Home, mailbox: Mailbox, password: str) -> str:
    from deskterm.sync.discover import try_login  # noqa: PLC0415 - as above

    sent = try_login(mailbox, password or secrets_of(home).password(mailbox))
    where = f"copies of replies go to {sent}" if sent else "no folder for sent mail was found"
    return f"Both servers took the login; {where}."


def _keep(home: Home, mailbox: Mailbox, password: str) -> None:

    if not mailbox.oauth:  # its tokens are kept there
        secrets_of(home).keep(mailbox, password)


def _save(home: Home, settings: Settings) -> str:
    save(home, settings)
    return str(home.config_file)

"""`deskterm login`: log in by OAuth2 once; the tokens then renew themselves."""

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from getpass import getpass
from threading import Event

from deskterm.cli.arguments import json_option
from deskterm.cli.composition import home_of, secrets_of
from deskterm.cli.output import moment, say, say_json
from deskterm.cli.prompts import asking
from deskterm.cli.statuses import OK
from deskterm.config.secret.secrets import Secrets
from deskterm.config.secret.tokens import Tokens
from deskterm.config.settings_file import Mailbox, load
from deskterm.errors import ConfigError, NotFound, SecretError


def arguments(parser: ArgumentParser) -> None:
    """Add the arguments of `login`."""
    parser.add_argument(
        "name", nargs="?", help="the mailbox's name in config.toml (default: list the logins)"
    )
    json_option(parser)


def run(args: Namespace) -> int:
    """Log in to a mailbox, or list the logins."""
    settings = load(home_of(args))
    secrets = secrets_of(home_of(args), asking(home_of(args)))
    if not args.name:
        return _list(secrets, [one for one in settings.mailboxes if one.oauth], as_json=args.json)
    mailbox = settings.mailbox(args.name)
    if mailbox is None:
        raise NotFound(f'There is no mailbox "{args.name}" in config.toml.')
    if not mailbox.oauth:
        raise ConfigError(
            f'The mailbox "{mailbox.name}" logs in by password.',
            todo="For OAuth2 set `oauth` and `client_id`; docs/accounts.md says how.",
        )
    enter(secrets, mailbox, _client_secret(mailbox), _tell, Event())
    login = secrets.login(mailbox)
    _try(mailbox, login)
    if args.json:
        say_json({"mailboxes": [_as_json(mailbox, login)]})
    else:
        say(f"{mailbox.name} is logged in. deskterm renews the token by itself.")
    return OK


def enter(
    secrets: Secrets, mailbox: Mailbox, client_secret: str, show: Callable[[str, str], None], stop: Event
) -> None:
    """Have the owner log in, and store the tokens. `show` gets words and what to open or type.

    An empty client secret means the stored one. NotNow once `stop` is set.
    """
    from deskterm.sync.oauth.login import by_code, in_browser  # noqa: PLC0415 - network imports, only needed here

    secrets.require_store(mailbox)
    if mailbox.oauth == "google":
        before = _keep_tokens(secrets, mailbox)
        client_secret = client_secret or (before.client_secret if before else "")
        login = in_browser(
            mailbox,
            client_secret,
            lambda address: show("Open this in a browser on this machine; it returns by itself:", address),
            stop.is_set,
        )
    else:
        login = by_code(
            mailbox,
            lambda code, where: show(f"Open {where} on any machine, and type the code", code),
            stop.wait,
        )
    secrets.keep_login(mailbox, login)


def _try(mailbox: Mailbox, login: Tokens) -> None:
    from deskterm.sync.discover import try_reading  # noqa: PLC0415 - as above

    try_reading(mailbox, login.access)


def _client_secret(mailbox: Mailbox) -> str:
    if mailbox.oauth != "google":
        return ""
    ask = getpass if sys.stdin.isatty() else _from_pipe
    return ask("Client secret of your Google app (it is kept with the tokens): ").strip()


def _from_pipe(_: str) -> str:
    return sys.stdin.readline()


def _tell(words: str, what: str) -> None:
    """Print to stderr: with --json, stdout is only the answer."""
    print(f"{words}\n\n    {what}\n", file=sys.stderr, flush=True)


def _list(secrets: Secrets, mailboxes: list[Mailbox], *, as_json: bool) -> int:
    found = [(one, _keep_tokens(secrets, one)) for one in mailboxes]
    if as_json:
        say_json({"mailboxes": [_as_json(mailbox, login) for mailbox, login in found]})
        return OK
    for mailbox, login in found:
        since = moment(login.since) if login and login.since else None
        state = "not logged in" if login is None else f"logged in since {since}" if since else "logged in"
        say(f"{mailbox.name}  {mailbox.oauth}  {state}")
    if not found:
        say("No mailbox has `oauth` set: all log in by password.")
    return OK


def _keep_tokens(secrets: Secrets, mailbox: Mailbox) -> Tokens | None:
    try:
        return secrets.login(mailbox)
    except SecretError:
        return None


def _as_json(mailbox: Mailbox, login: Tokens | None) -> dict[str, object]:
    since = moment(login.since) if login and login.since else None
    return {"name": mailbox.name, "oauth": mailbox.oauth, "logged_in": login is not None, "since": since}

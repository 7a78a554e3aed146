"""The line of the setup form that a failure is about: the cursor goes there."""

from deskterm.errors import DesktermError, LoginRefused, NotTrusted, SecretError, WireError
from deskterm.screens.setup.form import (
    BY_COMMAND,
    IN_KEYRING,
    IN_MAILDIR,
    OTHER_LOGIN,
    LineRefused,
    TypedLines,
)


def line_of(error: DesktermError, form: TypedLines, *, tokens: bool, sending: bool) -> str:
    """The line's name in `TypedLines`; empty if no line is at fault, for example when the disk is full.

    `tokens`: the login is by OAuth2; `sending`: the outgoing server was tried last.
    """
    match error:
        case LineRefused():
            return error.line
        case NotTrusted():
            return "trust"
        case LoginRefused() | SecretError():
            if sending and form.sender == OTHER_LOGIN and not tokens:
                return "smtp_command" if form.secret == BY_COMMAND else "smtp_password"
            refused = isinstance(error, LoginRefused)
            return (
                _of_login(form, tokens=tokens, sending=sending)
                if refused
                else _of_secret(form, tokens=tokens)
            )
        case WireError():
            arriving = "path" if form.kind == IN_MAILDIR else "incoming"
            return "outgoing" if sending else arriving
    return ""


def _of_login(form: TypedLines, *, tokens: bool, sending: bool) -> str:
    if tokens:
        return "client_id"
    if sending and form.kind != IN_MAILDIR:
        return "sender"
    return "command" if form.secret == BY_COMMAND else "password"


def _of_secret(form: TypedLines, *, tokens: bool) -> str:
    """Where a password could not be read or stored: its own line, if it is what is missing."""
    if form.secret == BY_COMMAND:
        return "command"
    missing = not tokens and not form.password
    if form.secret == IN_KEYRING:
        return "password" if missing else "secret"
    return "password" if missing and form.passphrase else "passphrase"

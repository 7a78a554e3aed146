"""What setup says: of the mail host and its passwords, of what was found, of what to do about a failure."""

from deskterm.config.providers import Provider
from deskterm.errors import (
    DesktermError,
    LoginRefused,
    NotEncrypted,
    Offline,
    OrdersFileError,
    SecretError,
    WireError,
)
from deskterm.screens.setup.form import (
    BY_COMMAND,
    IN_KEYRING,
    IN_MAILDIR,
    OTHER_LOGIN,
    SEALED,
    Found,
    TypedLines,
)

_CLIENTS = {
    "google": "https://console.cloud.google.com (a client of the type Desktop app)",
    "microsoft": "https://entra.microsoft.com (App registrations)",
}


def about(provider: Provider | None, issuer: str, *, by_token: bool) -> str:
    """Give what the owner should know about logging in at a mail host; empty where it is as everywhere."""
    if issuer and by_token:
        return (
            "OAuth2 needs an app of your own, registered once at\n"
            f"{_CLIENTS[issuer]}; docs/accounts.md has the steps."
        )
    if provider is None:
        return ""
    parts = [provider.note] if provider.note else []
    if provider.app_passwords:
        parts.append(f"An app password for {provider.name} is made at\n{provider.app_passwords}")
    if provider.app_passwords and issuer:
        parts.append("Where that page says that they are switched off: OAuth2.")
    return "\n".join(parts)


def describe_servers(found: Found, address: str) -> str:
    """Give how sure the servers are; empty when they are only guessed."""
    domain = address.rpartition("@")[2]
    if found.provider is not None:
        return f"These are the servers of {found.provider.name}."
    if found.how == "published":
        return f"{domain} names these servers itself."
    return f"Servers answer under the usual names of {domain}." if found.how == "usual names" else ""


def unsure(found: Found, address: str) -> tuple[str, str]:
    """Give what is to be said of servers that may not be there, and what to do."""
    domain = address.rpartition("@")[2]
    todo = f"Did you mean {found.meant}?" if found.meant else "Check the address, or write both servers."
    if found.how == "no domain":
        return f"There is no domain {domain}.", todo
    return f"Nothing is known of {domain}, and nothing answers there: the servers are only guessed.", todo


def unknown(what: str, seen: str, *, sending: bool, first_trusted: bool) -> str:
    """Give what is to be compared before a certificate is trusted that nobody vouches for.

    `first_trusted`: that of the incoming server is trusted by its fingerprint.
    """
    before = "✓ The incoming server's certificate is trusted.\n" if sending and first_trusted else ""
    side = "outgoing" if sending else "incoming"
    ask = f"Trust it only if it is your own {side} server's, and this is its SHA-256 fingerprint:"
    return f"{before}■ The {side} server: {what} {ask}\n{seen[:47]}\n{seen[48:]}"


def todo(error: DesktermError, form: TypedLines, *, sending: bool) -> str:
    """Give what to do about a failure here, where nothing is written yet and config.toml may not be there."""
    match error:
        case LoginRefused():
            return _of_login(form, sending=sending)
        case SecretError() if form.secret == IN_KEYRING:
            missing = "" if form.password or form.by_token else "Type the password here. Or: "
            other = f"“{SEALED}”" if form.by_token else f"“{BY_COMMAND}” or “{SEALED}”"
            return f"{missing}Choose {other} for the password."
        case SecretError() if form.secret == SEALED and not form.passphrase:
            return "Type a passphrase: it closes the file, and opens it at each start."
        case OrdersFileError():
            mend = "" if isinstance(error.__cause__, OSError) else error.todo  # the form is where it is named
            return f"{mend} Name another here, or leave it empty.".strip()
        case WireError():
            return f"{_of_the_wire(error, form)} F4 writes without a test."
    return error.todo


def _of_login(form: TypedLines, *, sending: bool) -> str:
    if form.by_token:
        return "Check the client id, and what the app may do; Ctrl+S asks for the login again."
    if sending and form.sender == OTHER_LOGIN:
        return "Check the name and the password to send with."
    if sending and form.kind != IN_MAILDIR:
        return "Mail comes in by this login. If sending has another one, choose it under “Sends by”."
    if form.secret == BY_COMMAND:
        return "Run the command in a terminal: its first line must be the password."
    return "Type the password again; if the name to log in with is not the address, type it above."


def _of_the_wire(error: WireError, form: TypedLines) -> str:
    if isinstance(error, NotEncrypted):
        return "Check the server and its port: 993 and 465 are tls, 143 and 587 starttls."
    if isinstance(error, Offline):
        return "Check the network and the servers."
    if form.kind == IN_MAILDIR:
        return "Check the Maildir's folder and the server that mail goes to."
    return "Check the servers."

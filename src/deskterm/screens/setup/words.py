"""What setup says: about the mail host and its passwords, what was found, and what to do about a failure."""

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
    """What to know about logging in at a mail host; empty if there is nothing special."""
    if issuer and by_token:
        return (
            "OAuth2 needs an app of your own, registered once at\n"
            f"{_CLIENTS[issuer]}; docs/accounts.md has the steps."
        )
    if provider is None:
        return ""
    parts = [provider.note] if provider.note else []
    if provider.app_passwords:
        parts.append(f"Make an app password for {provider.name} at\n{provider.app_passwords}")
    if provider.app_passwords and issuer:
        parts.append("If that page says app passwords are off, use OAuth2.")
    return "\n".join(parts)


def describe_servers(found: Found, address: str) -> str:
    """How certain the servers are; empty if they are only guessed."""
    domain = address.rpartition("@")[2]
    if found.provider is not None:
        return f"These are the servers of {found.provider.name}."
    if found.how == "published":
        return f"{domain} publishes these servers."
    return f"Servers answer at the usual names of {domain}." if found.how == "usual names" else ""


def describe_guess(found: Found, address: str) -> tuple[str, str]:
    """What to say of servers that may not exist, and what to do."""
    domain = address.rpartition("@")[2]
    todo = f"Did you mean {found.meant}?" if found.meant else "Check the address, or type both servers."
    if found.how == "no domain":
        return f"There is no domain {domain}.", todo
    return f"No server answers at {domain}: these are only guessed.", todo


def describe_certificate(what: str, seen: str, *, sending: bool, first_trusted: bool) -> str:
    """What to compare before trusting a certificate that no authority vouches for.

    `first_trusted`: that of the incoming server is trusted by its fingerprint.
    """
    before = "✓ The incoming server's certificate is trusted.\n" if sending and first_trusted else ""
    side = "outgoing" if sending else "incoming"
    ask = f"Trust it only if it belongs to your own {side} server and has this SHA-256 fingerprint:"
    return f"{before}■ The {side} server: {what} {ask}\n{seen[:47]}\n{seen[48:]}"


def todo(error: DesktermError, form: TypedLines, *, sending: bool) -> str:
    """What to do about a failure here, where nothing is written yet and config.toml may not exist."""
    match error:
        case LoginRefused():
            return _of_login(form, sending=sending)
        case SecretError() if form.secret == IN_KEYRING:
            missing = "" if form.password or form.by_token else "Type the password here. Or: "
            other = f"“{SEALED}”" if form.by_token else f"“{BY_COMMAND}” or “{SEALED}”"
            return f"{missing}Choose {other} for the password."
        case SecretError() if form.secret == SEALED and not form.passphrase:
            return "Type a passphrase: it locks the file, and unlocks it at each start."
        case OrdersFileError():
            mend = "" if isinstance(error.__cause__, OSError) else error.todo  # the form is where it is named
            return f"{mend} Name another file, or leave it empty.".strip()
        case WireError():
            return f"{_of_the_wire(error, form)} F4 writes without a test."
    return error.todo


def _of_login(form: TypedLines, *, sending: bool) -> str:
    if form.by_token:
        return "Check the client id and the app's permissions; Ctrl+S asks for the login again."
    if sending and form.sender == OTHER_LOGIN:
        return "Check the name and password for sending."
    if sending and form.kind != IN_MAILDIR:
        return "Reading works with this login. If sending has another, choose it under “Sends by”."
    if form.secret == BY_COMMAND:
        return "Run the command in a terminal: its first line must be the password."
    return "Type the password again; if the login name is not the address, type it above."


def _of_the_wire(error: WireError, form: TypedLines) -> str:
    if isinstance(error, NotEncrypted):
        return "Check the server and its port: 993 and 465 are tls, 143 and 587 starttls."
    if isinstance(error, Offline):
        return "Check the network and the servers."
    if form.kind == IN_MAILDIR:
        return "Check the Maildir's folder and the outgoing server."
    return "Check the servers."

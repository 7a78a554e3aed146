"""What is typed at setup turned into settings, and back. Nothing here reaches out."""

from dataclasses import dataclass, replace
from pathlib import Path

from deskterm.config.providers import PROVIDERS, Provider
from deskterm.config.values import Mailbox, Settings, Shop, Store
from deskterm.domain import people
from deskterm.errors import DesktermError, LoginRefused, NotEncrypted, NotNow, Offline, SecretError, WireError

_MAIN = "main"
_HIGHEST_PORT = 65535
IN_KEYRING, BY_COMMAND, SEALED = "the keyring", "a command", "an encrypted file"
ON_SERVER, IN_MAILDIR = "an IMAP server", "a Maildir on this machine"
_SECRETS = {IN_KEYRING: "keyring", BY_COMMAND: "command", SEALED: "file"}
FROM = ("14 days", "today", "all")


@dataclass(frozen=True, slots=True)
class Found:
    """The servers of an address, and how they were found: provider, published, usual names, or guessed."""

    mailbox: Mailbox
    how: str
    provider: Provider | None = None


@dataclass(frozen=True, slots=True)
class Typed:
    """The fields as they stand. `incoming` and `outgoing` read `imap.example.org:993 tls`."""

    name: str = ""
    address: str = ""
    others: str = ""
    secret: str = IN_KEYRING
    password: str = ""
    command: str = ""
    passphrase: str = ""
    kind: str = ON_SERVER
    incoming: str = ""
    path: str = ""
    outgoing: str = ""
    work_from: str = FROM[0]
    orders: str = ""


def typed(settings: Settings) -> Typed:
    """Give what stands in the fields for settings that are there already."""
    box = settings.mailboxes[0] if settings.mailboxes else Mailbox()
    others = (address for address in settings.shop.addresses if address != box.address)
    return Typed(
        name=settings.shop.name,
        address=box.address,
        others=", ".join(others),
        secret=next(words for words, kind in _SECRETS.items() if kind == box.secret),
        command=box.password_command,
        kind=IN_MAILDIR if box.kind == "maildir" else ON_SERVER,
        path=box.path,
        incoming=server(box.host, box.port, box.security),
        outgoing=server(box.smtp_host, box.smtp_port, box.smtp_security),
        work_from=settings.work_from,
        orders=settings.stores[0].path if settings.stores else "",
    )


def server(host: str, port: int, security: str) -> str:
    """Give a server as it is typed, empty where there is none."""
    return f"{host}:{port} {security}" if host else ""


def read_server(line: str, name: str) -> tuple[str, int, str]:
    """Give host, port and security of a typed server. NotNow says how it is written."""
    place, _, security = line.strip().partition(" ")
    host, _, port = place.rpartition(":")
    good = host and port.isascii() and port.isdigit() and 0 < int(port) <= _HIGHEST_PORT
    if not good or security.strip() not in ("tls", "starttls"):
        raise NotNow(
            f"The {name} server cannot be read.",
            todo="Write it as imap.example.org:993 tls, or with starttls at the end.",
        )
    return host, int(port), security.strip()


def read_mailbox(form: Typed, start: Settings) -> Mailbox:
    """Give the mailbox of the form, over the one that `start` has. NotNow names what is missing."""
    (address,) = _addresses(form.address) or (None,)
    if address is None:
        raise NotNow("Your address is missing.", todo="It is the one that customers write to.")
    if form.secret == BY_COMMAND and not form.command.strip():
        raise NotNow("The command is missing.", todo="Write one that prints the password, as pass show mail.")
    was = start.mailboxes[0] if start.mailboxes else Mailbox(name=_MAIN)
    box = _arriving(form, replace(was, address=address))
    box = _leaving(form, box)
    return replace(
        box,
        secret=_SECRETS[form.secret],
        password_command=form.command.strip() if form.secret == BY_COMMAND else "",
    )


def _arriving(form: Typed, box: Mailbox) -> Mailbox:
    """The mailbox with where its mail is read."""
    if form.kind == IN_MAILDIR:
        if not form.path.strip():
            raise NotNow("The Maildir's folder is missing.", todo="It is the one that holds cur and new.")
        return replace(box, kind="maildir", path=_absolute(form.path))
    host, port, security = read_server(form.incoming, "incoming")
    return replace(box, kind="imap", path="", host=host, port=port, security=security)


def _leaving(form: Typed, box: Mailbox) -> Mailbox:
    """The mailbox with how its replies leave. One that puts them into its own Maildir may stay so."""
    if not form.outgoing.strip() and box.kind == box.delivery == "maildir":
        return box
    host, port, security = read_server(form.outgoing, "outgoing")
    known = next((one.files_sent_itself for one in PROVIDERS if one.smtp_host == host), box.files_sent_itself)
    return replace(
        box,
        delivery="smtp",
        smtp_host=host,
        smtp_port=port,
        smtp_security=security,
        files_sent_itself=known,
    )


def _absolute(path: str) -> str:
    """The path as it is meant here; in the file it would be read from the file's own folder."""
    return str(Path(path.strip()).expanduser().absolute())


def read(form: Typed, start: Settings) -> Settings:
    """Give `start` with what the form says."""
    box = read_mailbox(form, start)
    own = dict.fromkeys([box.address, *_addresses(form.others)])
    shop: Shop = replace(start.shop, name=form.name.strip() or box.address, addresses=tuple(own))
    return replace(
        start,
        shop=shop,
        work_from=form.work_from,
        mailboxes=(box, *start.mailboxes[1:]),
        stores=_stores(form.orders.strip(), shop.name, start),
    )


def _stores(path: str, name: str, start: Settings) -> tuple[Store, ...]:
    if not path:
        return start.stores[1:]
    path = _absolute(path)
    first = replace(start.stores[0], path=path) if start.stores else Store(name=name, path=path)
    return (first, *start.stores[1:])


def _addresses(line: str) -> tuple[str, ...]:
    return tuple(person.address for person in people.read(line))


def words_about(provider: Provider | None) -> str:
    """Give what the owner should know about the password of a mail host; empty where it is the usual one."""
    if provider is None:
        return ""
    parts = [provider.note] if provider.note else []
    if provider.app_passwords:
        parts.append(f"An app password for {provider.name} is made at\n{provider.app_passwords}")
    return "\n".join(parts)


def words_found(found: Found, address: str) -> str:
    """Give how sure the servers are; empty when they are only guessed."""
    domain = address.rpartition("@")[2]
    if found.provider is not None:
        return f"These are the servers of {found.provider.name}."
    if found.how == "published":
        return f"{domain} names these servers itself."
    return f"Servers answer under the usual names of {domain}." if found.how == "usual names" else ""


def todo(error: DesktermError, form: Typed) -> str:
    """Give what to do about a failure here, where nothing is written yet and config.toml may not be there."""
    words, untested = error.todo, "F4 writes without a test."
    match error:
        case LoginRefused() if form.secret == BY_COMMAND:
            words = "Run the command in a terminal: its first line must be the password."
        case LoginRefused():
            words = "Check the address and type the password again."
        case SecretError() if form.secret == IN_KEYRING:
            words = f"Choose “{BY_COMMAND}” or “{SEALED}” for the password."
        case SecretError() if form.secret == SEALED and not form.passphrase:
            words = "Type a passphrase: it closes the file, and opens it at each start."
        case NotEncrypted():
            own = "If it is your own, name its authority as `ca_file` in config.toml afterwards."
            words = (
                f"Check the server and its port: 993 and 465 are tls, 143 and 587 starttls. {untested} {own}"
            )
        case Offline():
            words = f"Check the network and the servers. {untested}"
        case WireError() if form.kind == IN_MAILDIR:
            words = f"Check the Maildir's folder and the server that mail goes to. {untested}"
        case WireError():
            words = f"Check the servers. {untested}"
    return words

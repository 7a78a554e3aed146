"""What is typed at setup turned into settings, and back. Nothing here reaches out."""

from dataclasses import dataclass, replace

from deskterm.config.providers import Provider, find
from deskterm.config.values import Mailbox, Settings, Shop, Store
from deskterm.domain import people
from deskterm.errors import NotNow

_MAIN = "main"
_HIGHEST_PORT = 65535
IN_KEYRING, BY_COMMAND, SEALED = "in the keyring", "from a command", "in a sealed file"
_SECRETS = {IN_KEYRING: "keyring", BY_COMMAND: "command", SEALED: "file"}
FROM = ("14 days", "today", "all")


@dataclass(frozen=True, slots=True)
class Typed:
    """The fields as they stand. `incoming` and `outgoing` read `imap.example.org:993 tls`."""

    name: str = ""
    address: str = ""
    others: str = ""
    secret: str = IN_KEYRING
    password: str = ""
    command: str = ""
    incoming: str = ""
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
    host, port, security = read_server(form.incoming, "incoming")
    smtp_host, smtp_port, smtp_security = read_server(form.outgoing, "outgoing")
    provider = find(address)
    was = start.mailboxes[0] if start.mailboxes else Mailbox(name=_MAIN)
    return replace(
        was,
        address=address,
        host=host,
        port=port,
        security=security,
        smtp_host=smtp_host,
        smtp_port=smtp_port,
        smtp_security=smtp_security,
        secret=_SECRETS[form.secret],
        password_command=form.command.strip() if form.secret == BY_COMMAND else "",
        files_sent_itself=provider.files_sent_itself if provider else was.files_sent_itself,
    )


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

"""The lines of the setup form: their contents for given settings, and which are asked for."""

from dataclasses import field

from deskterm.config.all_settings import Mailbox, Settings
from deskterm.config.providers import Provider, by_host, find
from deskterm.errors import NotNow
from deskterm.value_class import dataclass

SAME_SECRET = "same"  # the same password for sending as for reading
_HIGHEST_PORT = 65535
_NEW_LINE = " / "  # stands for a line break in the signature's single line
BY_PASSWORD, BY_TOKEN = "a password", "OAuth2"
IN_KEYRING, BY_COMMAND, SEALED = "the keyring", "a command", "an encrypted file"
ON_SERVER, IN_MAILDIR = "an IMAP server", "a Maildir on this machine"
VERIFIED, PINNED, BY_AUTHORITY = "verified", "trust this one", "an authority of mine"
SAME_LOGIN, OTHER_LOGIN = "the same login", "another login"
FROM_FILE, FROM_SHOP = "a file, if any", "a live shop"
SECRETS = {IN_KEYRING: "keyring", BY_COMMAND: "command", SEALED: "file"}
FROM = ("14 days", "today", "all")
_USUAL = {"993": "tls", "465": "tls", "143": "starttls", "587": "starttls"}  # RFC 8314, RFC 6409


class LineRefused(NotNow):
    """A line cannot be accepted. `line` is its name in `TypedLines`."""

    def __init__(self, line: str, what: str, *, todo: str = "") -> None:
        super().__init__(what, todo=todo)
        self.line = line


@dataclass(frozen=True, slots=True)
class Found:
    """The servers of an address, and `how` they were found.

    `how` is provider, published, usual names, guessed or no domain. `meant` is the address that was probably
    meant if the domain looks mistyped.
    """

    mailbox: Mailbox
    how: str
    provider: Provider | None = None
    meant: str = ""


@dataclass(frozen=True, slots=True)
class TypedLines:
    """The form's lines from top to bottom. `incoming` reads `imap.example.org:993 tls`."""

    name: str = ""
    address: str = ""
    others: str = ""
    signature: str = ""
    locale: str = ""
    login: str = BY_PASSWORD
    user: str = ""
    secret: str = IN_KEYRING
    password: str = field(default="", repr=False)
    passphrase: str = field(default="", repr=False)
    again: str = field(default="", repr=False)
    command: str = ""
    client_id: str = ""
    client_secret: str = field(default="", repr=False)
    kind: str = ON_SERVER
    incoming: str = ""
    path: str = ""
    outgoing: str = ""
    trust: str = VERIFIED
    ca_file: str = ""
    sender: str = SAME_LOGIN
    smtp_user: str = ""
    smtp_password: str = field(default="", repr=False)
    smtp_command: str = ""
    work_from: str = FROM[0]
    source: str = FROM_FILE
    orders: str = ""
    currency: str = ""

    @property
    def by_token(self) -> bool:
        """Whether the login is by OAuth2."""
        return self.login == BY_TOKEN


LINES = tuple(TypedLines.__dataclass_fields__)


@dataclass(frozen=True, slots=True)
class Pins:
    """Certificates trusted by their fingerprints: of the incoming and the outgoing server."""

    incoming: str = ""
    outgoing: str = ""


NO_PINS = Pins()


def lines_of(settings: Settings) -> TypedLines:
    """The contents of the lines for given settings."""
    box = settings.mailboxes[0] if settings.mailboxes else Mailbox()
    others = (address for address in settings.shop.addresses if address != box.address)
    pinned = PINNED if box.pin or box.smtp_pin else VERIFIED
    own_sender = box.smtp_user or box.smtp_secret != SAME_SECRET
    return TypedLines(
        name=settings.shop.name,
        address=box.address,
        others=", ".join(others),
        signature=_NEW_LINE.join(settings.shop.signature.split("\n")),
        locale=settings.shop.locale,
        login=BY_TOKEN if box.oauth else BY_PASSWORD,
        user=box.user,
        secret=next(words for words, kind in SECRETS.items() if kind == box.secret),
        command=box.password_command,
        client_id=box.client_id,
        kind=IN_MAILDIR if box.kind == "maildir" else ON_SERVER,
        incoming=server(box.host, box.port, box.security),
        path=box.path,
        outgoing=server(box.smtp_host, box.smtp_port, box.smtp_security),
        trust=BY_AUTHORITY if box.ca_file else pinned,
        ca_file=box.ca_file,
        sender=OTHER_LOGIN if own_sender else SAME_LOGIN,
        smtp_user=box.smtp_user,
        smtp_command=box.smtp_password_command,
        work_from=settings.work_from,
        source=FROM_SHOP if any(store.is_live for store in settings.stores) else FROM_FILE,
        orders=next((store.path for store in settings.stores if not store.is_live), ""),
        currency=next((store.currency for store in settings.stores if not store.is_live), ""),
    )


def in_sight(form: TypedLines, issuer: str, opened: frozenset[str], *, new_file: bool) -> tuple[str, ...]:
    """The lines that are asked for. `issuer` gives out OAuth2 tokens for this mail host; may be empty.

    `opened` are those of `user`, `trust` and `sender` that something made necessary; `new_file`: the
    passphrase is new and typed twice.
    """
    tokens = bool(issuer) and form.by_token
    sealed, other = form.secret == SEALED, "sender" in opened and form.sender == OTHER_LOGIN and not tokens
    shown = {
        "login": bool(issuer),
        "user": "user" in opened,
        "password": form.secret != BY_COMMAND and not tokens,
        "passphrase": sealed,
        "again": sealed and new_file,
        "command": form.secret == BY_COMMAND and not tokens,
        "client_id": tokens,
        "client_secret": tokens and issuer == "google",
        "incoming": form.kind == ON_SERVER,
        "path": form.kind == IN_MAILDIR,
        "trust": "trust" in opened,
        "ca_file": "trust" in opened and form.trust == BY_AUTHORITY,
        "sender": "sender" in opened and not tokens,
        "smtp_user": other,
        "smtp_password": other and form.secret != BY_COMMAND,
        "smtp_command": other and form.secret == BY_COMMAND,
        "orders": form.source == FROM_FILE,
        "currency": form.source == FROM_FILE and bool(form.orders.strip()),
    }
    return tuple(name for name in LINES if shown.get(name, True))


def provider_of(form: TypedLines) -> Provider | None:
    """The mail host: by the typed server, else by the address."""
    return by_host(form.incoming.rpartition(":")[0].strip()) or find(form.address)


def issuer_of(form: TypedLines, start: Settings) -> str:
    """Who issues OAuth2 tokens for the mail host: google, microsoft, or empty."""
    provider = provider_of(form)
    was = start.mailboxes[0].oauth if start.mailboxes else ""
    return (provider.oauth if provider else "") or was


def server(host: str, port: int, security: str) -> str:
    """A server as one types it; empty if there is none."""
    return f"{host}:{port} {security}" if host else ""


def read_server(line: str, name: str) -> tuple[str, int, str]:
    """Host, port and security of a typed server; for the usual ports the security can be left out.

    `name` is incoming or outgoing. LineRefused says how to write it.
    """
    place, _, security = line.strip().partition(" ")
    host, _, port = place.rpartition(":")
    security = security.strip() or _USUAL.get(port, "")
    good = host and port.isascii() and port.isdigit() and 0 < int(port) <= _HIGHEST_PORT
    if not good or security not in ("tls", "starttls"):
        example = "mail.example:993 tls" if name == "incoming" else "mail.example:465 tls"
        raise LineRefused(name, f"The {name} server cannot be read.", todo=f"Write it like {example}.")
    return host, int(port), security

"""What is typed at setup turned into settings, and back. Nothing here reaches out."""

from dataclasses import dataclass, field, replace
from pathlib import Path

from deskterm.config.providers import PROVIDERS, Provider, by_host, find
from deskterm.config.values import Mailbox, Settings, Shop, Store
from deskterm.domain import recipients
from deskterm.errors import NotNow

_MAIN = "main"
_SAME = "same"  # the password for sending is that for reading
_HIGHEST_PORT = 65535
BY_PASSWORD, BY_TOKEN = "a password", "OAuth2"
IN_KEYRING, BY_COMMAND, SEALED = "the keyring", "a command", "an encrypted file"
ON_SERVER, IN_MAILDIR = "an IMAP server", "a Maildir on this machine"
VERIFIED, PINNED, BY_AUTHORITY = "verified", "trust this one", "an authority of mine"
SAME_LOGIN, OTHER_LOGIN = "the same login", "another login"
_SECRETS = {IN_KEYRING: "keyring", BY_COMMAND: "command", SEALED: "file"}
FROM = ("14 days", "today", "all")
_USUAL = {"993": "tls", "465": "tls", "143": "starttls", "587": "starttls"}  # RFC 8314, RFC 6409


class LineRefused(NotNow):
    """What stands in a line cannot be so. `line` is its name in `Typed`."""

    def __init__(self, line: str, what: str, *, todo: str = "") -> None:
        super().__init__(what, todo=todo)
        self.line = line


@dataclass(frozen=True, slots=True)
class Found:
    """The servers of an address, and `how` they were found.

    That is one of provider, published, usual names, guessed, no domain. `meant` is the
    address that was meant, where a mail host's name looks mistyped.
    """

    mailbox: Mailbox
    how: str
    provider: Provider | None = None
    meant: str = ""


@dataclass(frozen=True, slots=True)
class TypedLines:
    """The form's lines as they stand, from top to bottom. `incoming` reads `imap.example.org:993 tls`."""

    name: str = ""
    address: str = ""
    others: str = ""
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
    orders: str = ""

    @property
    def by_token(self) -> bool:
        """Whether the login is by OAuth2."""
        return self.login == BY_TOKEN


LINES = tuple(TypedLines.__dataclass_fields__)


@dataclass(frozen=True, slots=True)
class Pins:
    """The certificates the owner trusts, by their fingerprints: where mail comes from, where it goes to."""

    incoming: str = ""
    outgoing: str = ""


def lines_of(settings: Settings) -> TypedLines:
    """Give what stands in the lines for settings that are there already."""
    box = settings.mailboxes[0] if settings.mailboxes else Mailbox()
    others = (address for address in settings.shop.addresses if address != box.address)
    pinned = PINNED if box.pin or box.smtp_pin else VERIFIED
    own_sender = box.smtp_user or box.smtp_secret != _SAME
    return TypedLines(
        name=settings.shop.name,
        address=box.address,
        others=", ".join(others),
        login=BY_TOKEN if box.oauth else BY_PASSWORD,
        user=box.user,
        secret=next(words for words, kind in _SECRETS.items() if kind == box.secret),
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
        orders=settings.stores[0].path if settings.stores else "",
    )


def in_sight(form: TypedLines, issuer: str, opened: frozenset[str], *, new_file: bool) -> tuple[str, ...]:
    """Give the lines that are asked for. `issuer` gives out tokens for this mail host, empty if nobody does.

    `opened` are those of `user`, `trust` and `sender` that are asked for because there is a
    reason; `new_file`: the passphrase is a new one, and typed twice.
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
    }
    return tuple(name for name in LINES if shown.get(name, True))


def provider_of(form: TypedLines) -> Provider | None:
    """Give the mail host: by the server that is typed, else by the address."""
    return by_host(form.incoming.rpartition(":")[0].strip()) or find(form.address)


def issuer_of(form: TypedLines, start: Settings) -> str:
    """Give who gives out OAuth2 tokens for the mail host: google, microsoft, or empty for nobody."""
    provider = provider_of(form)
    was = start.mailboxes[0].oauth if start.mailboxes else ""
    return (provider.oauth if provider else "") or was


def server(host: str, port: int, security: str) -> str:
    """Give a server as it is typed, empty where there is none."""
    return f"{host}:{port} {security}" if host else ""


def read_server(line: str, name: str) -> tuple[str, int, str]:
    """Give host, port and security of a typed server; the usual ports may do without the last.

    `name` is incoming or outgoing. LineRefused says how it is written.
    """
    place, _, security = line.strip().partition(" ")
    host, _, port = place.rpartition(":")
    security = security.strip() or _USUAL.get(port, "")
    good = host and port.isascii() and port.isdigit() and 0 < int(port) <= _HIGHEST_PORT
    if not good or security not in ("tls", "starttls"):
        example = "mail.example:993 tls" if name == "incoming" else "mail.example:465 tls"
        raise LineRefused(name, f"The {name} server cannot be read.", todo=f"Write it like {example}.")
    return host, int(port), security


def parse_lines(form: TypedLines, start: Settings, pins: Pins = Pins()) -> Settings:
    """Give `start` with what the form says. LineRefused names what is missing."""
    box = read_mailbox(form, start, pins)
    own = dict.fromkeys([box.address, *_addresses(form.others)])
    shop: Shop = replace(start.shop, name=form.name.strip() or box.address, addresses=tuple(own))
    return replace(
        start,
        shop=shop,
        work_from=form.work_from,
        mailboxes=(box, *start.mailboxes[1:]),
        stores=read_stores(form, start),
    )


def read_mailbox(form: TypedLines, start: Settings, pins: Pins = Pins()) -> Mailbox:
    """Give the mailbox of the form, over the one that `start` has. LineRefused names what is missing."""
    (address,) = _addresses(form.address) or (None,)
    if address is None:
        raise LineRefused(
            "address", "Your address is missing.", todo="It is the one that customers write to."
        )
    was = start.mailboxes[0] if start.mailboxes else Mailbox(name=_MAIN)
    box = _entering(form, replace(was, address=address, user=form.user.strip()), issuer_of(form, start))
    box = _leaving(form, _arriving(form, box))
    return _trusting(form, box, pins)


def _entering(form: TypedLines, box: Mailbox, issuer: str) -> Mailbox:
    """The mailbox with how it is logged in to."""
    if issuer and form.by_token:
        if not form.client_id.strip():
            raise LineRefused(
                "client_id",
                "The client id is missing.",
                todo="It is that of your own app: the words below say whence.",
            )
        secret = "file" if form.secret == SEALED else "keyring"
        return replace(
            box, oauth=issuer, client_id=form.client_id.strip(), secret=secret, password_command=""
        )
    command = form.command.strip() if form.secret == BY_COMMAND else ""
    if form.secret == BY_COMMAND and not command:
        raise LineRefused(
            "command",
            "The command is missing.",
            todo="Write one that prints the password, as pass show mail.",
        )
    return replace(box, oauth="", secret=_SECRETS[form.secret], password_command=command)


def _arriving(form: TypedLines, box: Mailbox) -> Mailbox:
    """The mailbox with where its mail is read."""
    if form.kind == IN_MAILDIR:
        if not form.path.strip():
            raise LineRefused(
                "path", "The Maildir's folder is missing.", todo="It is the one that holds cur and new."
            )
        return replace(box, kind="maildir", path=_absolute(form.path))
    host, port, security = read_server(form.incoming, "incoming")
    return replace(box, kind="imap", path="", host=host, port=port, security=security)


def _leaving(form: TypedLines, box: Mailbox) -> Mailbox:
    """The mailbox with how its replies leave. One that puts them into its own Maildir may stay so."""
    if not form.outgoing.strip() and box.kind == box.delivery == "maildir":
        return box
    host, port, security = read_server(form.outgoing, "outgoing")
    known = next((one.files_sent_itself for one in PROVIDERS if one.smtp_host == host), box.files_sent_itself)
    box = replace(
        box,
        delivery="smtp",
        smtp_host=host,
        smtp_port=port,
        smtp_security=security,
        files_sent_itself=known,
    )
    return _sending(form, box)


def _sending(form: TypedLines, box: Mailbox) -> Mailbox:
    """The mailbox with the login replies leave by: the same password stays where no other is typed."""
    if form.sender == SAME_LOGIN or box.oauth:
        return replace(box, smtp_user="", smtp_secret=_SAME, smtp_password_command="")
    command = form.smtp_command.strip() if form.secret == BY_COMMAND else ""
    own = command or form.smtp_password or box.smtp_secret not in (_SAME, "command")
    return replace(
        box,
        smtp_user=form.smtp_user.strip(),
        smtp_secret=box.secret if own else _SAME,
        smtp_password_command=command,
    )


def _trusting(form: TypedLines, box: Mailbox, pins: Pins) -> Mailbox:
    """The mailbox with the certificates it believes."""
    ca_file = form.ca_file.strip() if form.trust == BY_AUTHORITY else ""
    if form.trust == BY_AUTHORITY and not Path(_absolute(ca_file or "-")).is_file():
        missing = f"There is no file {ca_file}." if ca_file else "The certificate's file is missing."
        raise LineRefused("ca_file", missing, todo="Name a PEM file: the certificate of the authority.")
    pinned = pins if form.trust == PINNED else Pins()
    return replace(box, ca_file=ca_file and _absolute(ca_file), pin=pinned.incoming, smtp_pin=pinned.outgoing)


def _absolute(path: str) -> str:
    """The path as it is meant here; in the file it would be read from the file's own folder."""
    return str(Path(path.strip()).expanduser().absolute())


def read_stores(form: TypedLines, start: Settings) -> tuple[Store, ...]:
    """Give the stores of `start`, the first with the orders file of the form, or without it."""
    if not form.orders.strip():
        return start.stores[1:]
    path, name = _absolute(form.orders), form.name.strip() or form.address.strip()
    first = replace(start.stores[0], path=path) if start.stores else Store(name=name, path=path)
    return (first, *start.stores[1:])


def _addresses(line: str) -> tuple[str, ...]:
    return tuple(person.address for person in recipients.parse_recipients(line))

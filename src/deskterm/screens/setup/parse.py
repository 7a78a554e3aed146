"""Parses the lines of setup into settings, without using the network."""

import re
from dataclasses import replace
from pathlib import Path

from deskterm.config.all_settings import Mailbox, Settings, Shop
from deskterm.config.providers import PROVIDERS
from deskterm.config.setting import setting
from deskterm.config.store import Store
from deskterm.domain.people import recipients
from deskterm.screens.setup.form import (
    BY_AUTHORITY,
    BY_COMMAND,
    IN_MAILDIR,
    NO_PINS,
    PINNED,
    SAME_LOGIN,
    SAME_SECRET,
    SEALED,
    SECRETS,
    LineRefused,
    Pins,
    TypedLines,
    issuer_of,
    lines_of,
    read_server,
)

_MAIN = "main"


def parse_lines(form: TypedLines, start: Settings, pins: Pins = NO_PINS) -> Settings:
    """The settings of `start` with the form's lines. LineRefused names what is missing."""
    box = read_mailbox(form, start, pins)
    own = dict.fromkeys([box.address, *_addresses(form.others)])
    shop: Shop = replace(
        start.shop,
        name=form.name.strip() or box.address,
        addresses=tuple(own),
        signature=_signature(form, start),
        locale=_locale(form, start),
    )
    return replace(
        start,
        shop=shop,
        work_from=form.work_from,
        mailboxes=(box, *start.mailboxes[1:]),
        stores=read_stores(form, start),
    )


def _signature(form: TypedLines, start: Settings) -> str:
    """The typed sign-off; an unchanged one keeps its line breaks."""
    if form.signature == lines_of(start).signature:
        return start.shop.signature
    return "\n".join(line.strip() for line in re.split(r"\s/(?:\s|$)", form.signature.strip()))


def _locale(form: TypedLines, start: Settings) -> str:
    """Language and country; `de-DE` is accepted too. LineRefused says how to write it."""
    name = form.locale.strip().replace("-", "_") or start.shop.locale
    if wrong := setting(Shop, "locale").complaint("locale", name):
        raise LineRefused("locale", f"{wrong[0].upper()}{wrong[1:]}.")
    return name


def read_mailbox(form: TypedLines, start: Settings, pins: Pins = NO_PINS) -> Mailbox:
    """The mailbox of the form, over that of `start`. LineRefused names what is missing."""
    addresses = _addresses(form.address)
    if len(addresses) != 1:
        what = "Only one address goes here." if addresses else "Your address is missing."
        raise LineRefused("address", what, todo="Use the one customers write to.")
    (address,) = addresses
    was = start.mailboxes[0] if start.mailboxes else Mailbox(name=_MAIN)
    box = _entering(form, replace(was, address=address, user=form.user.strip()), issuer_of(form, start))
    box = _leaving(form, _arriving(form, box))
    return _trusting(form, box, pins)


def _entering(form: TypedLines, box: Mailbox, issuer: str) -> Mailbox:
    """The mailbox with its login."""
    if issuer and form.by_token:
        if not form.client_id.strip():
            raise LineRefused(
                "client_id",
                "The client id is missing.",
                todo="It belongs to your own app; see below where to make one.",
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
            todo="Give one that prints the password, such as: pass show mail",
        )
    return replace(box, oauth="", secret=SECRETS[form.secret], password_command=command)


def _arriving(form: TypedLines, box: Mailbox) -> Mailbox:
    """The mailbox with where its mail comes from."""
    if form.kind == IN_MAILDIR:
        if not form.path.strip():
            raise LineRefused(
                "path", "The Maildir's folder is missing.", todo="It is the folder with cur and new in it."
            )
        return replace(box, kind="maildir", path=_absolute(form.path))
    host, port, security = read_server(form.incoming, "incoming")
    return replace(box, kind="imap", path="", host=host, port=port, security=security)


def _leaving(form: TypedLines, box: Mailbox) -> Mailbox:
    """The mailbox with where its replies go. One that delivers into its own Maildir may stay so."""
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
    """The mailbox with the login for sending: the same password, unless another is typed."""
    if form.sender == SAME_LOGIN or box.oauth:
        return replace(box, smtp_user="", smtp_secret=SAME_SECRET, smtp_password_command="")
    command = form.smtp_command.strip() if form.secret == BY_COMMAND else ""
    own = command or form.smtp_password or box.smtp_secret not in (SAME_SECRET, "command")
    return replace(
        box,
        smtp_user=form.smtp_user.strip(),
        smtp_secret=box.secret if own else SAME_SECRET,
        smtp_password_command=command,
    )


def _trusting(form: TypedLines, box: Mailbox, pins: Pins) -> Mailbox:
    """The mailbox with the certificates it trusts."""
    ca_file = form.ca_file.strip() if form.trust == BY_AUTHORITY else ""
    if form.trust == BY_AUTHORITY and not Path(_absolute(ca_file or "-")).is_file():
        missing = f"There is no file {ca_file}." if ca_file else "The certificate file is missing."
        raise LineRefused("ca_file", missing, todo="Name a PEM file: the certificate of the authority.")
    pinned = pins if form.trust == PINNED else Pins()
    return replace(box, ca_file=ca_file and _absolute(ca_file), pin=pinned.incoming, smtp_pin=pinned.outgoing)


def _absolute(path: str) -> str:
    """The absolute path: in the settings, a relative one would mean the settings' folder."""
    return str(Path(path.strip()).expanduser().absolute())


def read_stores(form: TypedLines, start: Settings) -> tuple[Store, ...]:
    """The stores of `start`, with the form's orders file as the first file. Live stores are unchanged."""
    file = next((one for one in start.stores if not one.is_live), None)
    others = tuple(one for one in start.stores if one is not file)
    if not form.orders.strip():
        return others
    coin = form.currency.strip().upper()
    path, name = _absolute(form.orders), form.name.strip() or form.address.strip()
    if file is not None:
        return tuple(replace(one, path=path, currency=coin) if one is file else one for one in start.stores)
    taken = {one.name for one in others}
    return (Store(name=f"{name} (file)" if name in taken else name, path=path, currency=coin), *others)


def _addresses(line: str) -> tuple[str, ...]:
    return tuple(person.address for person in recipients.parse_recipients(line))


def read_orders_file(form: TypedLines, start: Settings) -> Store:
    """The store of the form's orders file."""
    return next(one for one in read_stores(form, start) if not one.is_live)

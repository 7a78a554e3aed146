"""Finding the servers of an address at setup, and trying them.

First the table of providers, by domain and by who takes the domain's mail (MX);
then what the domain itself publishes (SRV, RFC 6186 and 8314); then the usual names
and ports, those first that take a connection.
"""

import asyncio
import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import dns.exception
import dns.resolver

from deskterm.config.providers import Provider, by_exchanger, find
from deskterm.config.settings_file import Mailbox
from deskterm.errors import NotTrusted
from deskterm.sync.files import maildir
from deskterm.sync.imap.connection import Connection
from deskterm.sync.imap.special_folders import find_sent
from deskterm.sync.smtp import send
from deskterm.value_class import dataclass

_DNS = 5.0  # seconds for one question
_TRY = 5.0  # seconds for one guessed server
_Server = tuple[str, int, str]  # host, port, security
# Encryption from the start goes before STARTTLS (RFC 8314), a name of its own before a shared one.
_READING: tuple[_Server, ...] = (
    ("imap.{}", 993, "tls"),
    ("mail.{}", 993, "tls"),
    ("imap.{}", 143, "starttls"),
    ("mail.{}", 143, "starttls"),
)
_SENDING: tuple[_Server, ...] = (
    ("smtp.{}", 465, "tls"),
    ("mail.{}", 465, "tls"),
    ("smtp.{}", 587, "starttls"),
    ("mail.{}", 587, "starttls"),
)


@dataclass(frozen=True, slots=True)
class Guess:
    """A mailbox with its servers filled in, how they were found, and the provider if it is a known one.

    `how` is one of "provider", "published", "usual names" (they answer), "guessed" (nothing does) and
    "no domain" (there is none of that name).
    """

    mailbox: Mailbox
    how: str
    provider: Provider | None = None


def guess(address: str, name: str = "", resolver: dns.resolver.Resolver | None = None) -> Guess:
    """The likeliest servers of an address. The last resort is `imap.` and `smtp.` before its domain."""
    domain = address.rpartition("@")[2].lower()
    mailbox = Mailbox(name=name or domain.partition(".")[0], address=address)
    provider = find(address)
    if provider:
        return Guess(_of_provider(mailbox, provider), "provider", provider)
    asked = resolver or dns.resolver.Resolver()
    provider = by_exchanger(tuple(_exchangers(asked, domain)))
    if provider:
        return Guess(_of_provider(mailbox, provider), "provider", provider)
    published = _srv_mailbox(asked, domain, mailbox)
    if published:
        return Guess(published, "published")
    found = _usual(mailbox, domain)
    return replace(found, how="no domain") if found.how == "guessed" and _missing(asked, domain) else found


def try_reading(mailbox: Mailbox, password: str) -> str | None:
    """Log in to the IMAP server and open the inbox; returns the name of Sent, None if it is unknown.

    Of a Maildir it is seen whether it is there. Raises a WireError.
    """
    if mailbox.kind == "maildir":
        root = maildir.inbox(Path(mailbox.path))
        maildir.standing(root)
        return maildir.sent_folder(root, mailbox.sent).name
    with Connection(mailbox, password) as connection:
        connection.examine(mailbox.inbox)
        return mailbox.sent or find_sent(connection.folders())


def try_sending(mailbox: Mailbox, password: str) -> None:
    """Log in to the SMTP server. Nothing is sent. Raises a WireError."""
    asyncio.run(_session(mailbox, password))


def presented_fingerprint(mailbox: Mailbox, *, sending: bool) -> str:
    """The fingerprint of a server's certificate, whoever signed it. Nothing is sent to the server.

    Raises what dialling it raises.
    """
    nobodys = "00" * 32  # a pin that no certificate has
    try:
        if sending:
            try_sending(replace(mailbox, smtp_pin=nobodys), "")
        else:
            with Connection(replace(mailbox, pin=nobodys), ""):
                pass
    except NotTrusted as error:
        return error.seen
    return ""


async def _session(mailbox: Mailbox, password: str) -> None:
    async with send.session(mailbox, password):
        pass


def _of_provider(mailbox: Mailbox, provider: Provider) -> Mailbox:
    return replace(
        mailbox,
        host=provider.imap_host,
        port=provider.imap_port,
        security=provider.imap_security,
        smtp_host=provider.smtp_host,
        smtp_port=provider.smtp_port,
        smtp_security=provider.smtp_security,
        files_sent_itself=provider.files_sent_itself,
    )


def _srv_mailbox(resolver: dns.resolver.Resolver, domain: str, mailbox: Mailbox) -> Mailbox | None:
    """The mailbox according to the domain's SRV records; implicit TLS is preferred to STARTTLS."""
    reading = _first_service(resolver, domain, ("imaps", "tls"), ("imap", "starttls"))
    sending = _first_service(resolver, domain, ("submissions", "tls"), ("submission", "starttls"))
    if not reading or not sending:
        return None
    return _with_servers(mailbox, reading, sending)


def _usual(mailbox: Mailbox, domain: str) -> Guess:
    """The first of the usual names that answers, for reading and for sending; where none does, the first."""
    named = [(name.format(domain), port, security) for name, port, security in (*_READING, *_SENDING)]
    with ThreadPoolExecutor(len(named)) as pool:
        answers = dict(zip(named, pool.map(_answers, named), strict=True))
    reading, sending = named[: len(_READING)], named[len(_READING) :]
    found = [next((one for one in some if answers[one]), some[0]) for some in (reading, sending)]
    how = "usual names" if all(answers[one] for one in found) else "guessed"
    return Guess(_with_servers(mailbox, *found), how)


def _with_servers(mailbox: Mailbox, reading: _Server, sending: _Server) -> Mailbox:
    host, port, security = reading
    smtp_host, smtp_port, smtp_security = sending
    return replace(
        mailbox,
        host=host,
        port=port,
        security=security,
        smtp_host=smtp_host,
        smtp_port=smtp_port,
        smtp_security=smtp_security,
    )


def _first_service(
    resolver: dns.resolver.Resolver, domain: str, *services: tuple[str, str]
) -> _Server | None:
    for service, security in services:
        records = _ask_dns(resolver, f"_{service}._tcp.{domain}", "SRV")
        for record in sorted(records, key=lambda one: (one.priority, -one.weight)):
            host = record.target.to_text(omit_final_dot=True)
            if host and host != ".":  # a bare dot says that there is no such service
                return host.lower(), record.port, security
    return None


def _exchangers(resolver: dns.resolver.Resolver, domain: str) -> Iterator[str]:
    for record in sorted(_ask_dns(resolver, domain, "MX"), key=lambda one: one.preference):
        yield record.exchange.to_text(omit_final_dot=True)


def _missing(resolver: dns.resolver.Resolver, domain: str) -> bool:
    """Whether the name servers say that there is no such domain."""
    try:
        resolver.resolve(domain, "MX", lifetime=_DNS, raise_on_no_answer=False)
    except dns.resolver.NXDOMAIN:
        return True
    except (dns.exception.DNSException, OSError):
        return False
    return False


def _ask_dns(resolver: dns.resolver.Resolver, name: str, kind: str) -> list[Any]:
    try:
        return list(resolver.resolve(name, kind, lifetime=_DNS))
    except (dns.exception.DNSException, OSError):
        return []


def _answers(server: _Server) -> bool:
    """Whether a server accepts a connection; nothing is sent to it."""
    try:
        socket.create_connection(server[:2], _TRY).close()
    except OSError:
        return False
    return True

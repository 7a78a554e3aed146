"""Addresses as they may go on the wire, with nothing in them that could end a line."""

import re
import unicodedata

from deskterm.domain.links import punycode
from deskterm.domain.messages import Address
from deskterm.errors import SendStopped

_LOCAL = re.compile(
    r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}|\"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.@ (),:;<>\[\]-]{1,62}\""
)
_DOMAIN = re.compile(
    r"(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\.)*[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?"
)
_LONGEST = 254  # RFC 5321, errata 1690


def wire_address(address: str) -> str:
    """An address with its domain in punycode. Raises `SendStopped` when it is none.

    RFC 5321, section 4.1.2. A local part beyond ASCII (RFC 6531, 3.3) goes out where the server
    offers SMTPUTF8, and is refused in words where not.
    """
    if any(unicodedata.category(char)[0] == "C" for char in address):
        raise _refuse("An address of this reply holds a line break or another hidden character.")
    local, at, domain = address.rpartition("@")
    plain = punycode(domain) or ""
    wire = f"{local}@{plain}"
    plain_local = "".join(char if char.isascii() or not _is_letter(char) else "x" for char in local)
    if not at or not _LOCAL.fullmatch(plain_local) or not _DOMAIN.fullmatch(plain) or len(wire) > _LONGEST:
        raise _refuse(f"{address or 'An empty text'} is not a mail address.")
    return wire


def _is_letter(char: str) -> bool:
    return unicodedata.category(char)[0] in "LMN"


def envelope(*groups: tuple[Address, ...]) -> tuple[str, ...]:
    """The addresses a reply is handed over for, each once. Raises `SendStopped`."""
    wire = [wire_address(entry.address) for group in groups for entry in group]
    return tuple({address.casefold(): address for address in reversed(wire)}.values())[::-1]


def _refuse(what: str) -> SendStopped:
    return SendStopped(
        what, safe="Nothing was sent; the draft is kept.", todo="Correct the address, then send again."
    )

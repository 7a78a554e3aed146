"""Checking addresses before they are sent to a server: none can contain a line break."""

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
    """An address with its domain in punycode (RFC 5321, 4.1.2). Raises `SendStopped` if it is invalid.

    A local part beyond ASCII is allowed here (RFC 6531, 3.3); a server without SMTPUTF8 refuses it later.
    """
    if any(unicodedata.category(char)[0] == "C" for char in address):
        raise _refuse("An address of this reply contains a line break or another hidden character.")
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
    """The envelope addresses of a reply, each once. Raises `SendStopped` for an invalid one."""
    wire = [wire_address(entry.address) for group in groups for entry in group]
    return tuple({address.casefold(): address for address in reversed(wire)}.values())[::-1]


def _refuse(what: str) -> SendStopped:
    return SendStopped(
        what, safe="Nothing was sent; the draft is kept.", todo="Correct the address, then send again."
    )

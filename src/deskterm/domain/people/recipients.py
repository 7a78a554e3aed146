"""Reading and writing typed recipients: `Jana Mertens <jana@mertens.example>, shop@x.example`."""

import re
from collections.abc import Iterable

from deskterm.domain import text
from deskterm.domain.messages import Address
from deskterm.errors import NotNow

_UNREAD = re.compile(
    r"(?:[\w.-]*[-._+])?(?:no[-._]?(?:reply|response|answer)|do[-._]?not[-._]?(?:reply|respond)|dont?[-._]?reply"
    r"|(?:ne|nicht)[-._]?(?:pas[-._]?repondre|repondez[-._]?pas|antworten)|keine?[-._]?antwort|no[-._]?responder"
    r"|non[-._]?rispondere|nao[-._]?responda)(?:[-._+]?[\w.-]*)?|postmaster|mailer-daemon|mail-daemon|nobody|wordpress|woocommerce|www-data"
    r"|bounces?(?:[-._+=].*)?",
    re.IGNORECASE,
)

_NO_DOMAIN = ".invalid"


def nobody_reads(address: Address) -> bool:
    """Whether an address says that nobody reads its mail: no-reply, wordpress.

    We give a mail without an address one that ends in `.invalid` (RFC 2606).
    """
    local, _, domain = address.key.partition("@")
    return _UNREAD.fullmatch(local) is not None or domain.endswith(_NO_DOMAIN)


def format_recipients(people: Iterable[Address]) -> str:
    """Recipients in one line that `parse_recipients` understands."""
    return ", ".join(_format_recipient(person) for person in people)


def _format_recipient(person: Address) -> str:
    if not person.name:
        return person.address
    name = person.name.replace("\\", "").replace('"', "'")
    return (
        f'"{name}" <{person.address}>'
        if any(char in name for char in ",;<>@()")
        else f"{name} <{person.address}>"
    )


def parse_recipients(line: str) -> tuple[Address, ...]:
    """The recipients in a typed line (an RFC 5322 list, also separated by `;`). Raises NotNow for others."""
    from email.utils import getaddresses  # noqa: PLC0415 - the first paint does not wait for it

    found: list[Address] = []
    for part in _parts(line):
        pairs = [(name, address) for name, address in getaddresses([part]) if name or address]
        if len(pairs) != 1 or not _is_address(pairs[0][1]):
            raise NotNow(f"“{part}” is not a mail address.", todo="Write name@place, or Name <name@place>.")
        name, address = pairs[0]
        found.append(Address(text.line(name), address))
    return tuple({person.key: person for person in reversed(found)}.values())[::-1]


def _is_address(address: str) -> bool:
    local, at, domain = address.rpartition("@")
    return bool(local and at and domain) and not any(char.isspace() or char in "<>," for char in address)


def _parts(line: str) -> list[str]:
    """Split a list at `,` and `;`, but not inside quotes or angle brackets."""
    parts, part, quoted, angle = [], "", False, False
    for char in text.line(line):
        quoted ^= char == '"'
        angle = (angle or char == "<") and char != ">"
        if char in ",;" and not quoted and not angle:
            parts.append(part)
            part = ""
        else:
            part += char
    return [one.strip() for one in (*parts, part) if one.strip()]

"""What the owner says of a sender once and for good: always a customer, or never one."""

from dataclasses import dataclass
from enum import StrEnum

from deskterm.domain.text import line
from deskterm.errors import NotNow


class SenderVerdict(StrEnum):
    """What mail from a sender is, whatever it looks like."""

    CUSTOMER = "customer"
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class SenderRule:
    """One such word of the owner, of `at` (UTC seconds). `key` is an address, or a domain behind an @."""

    key: str
    verdict: SenderVerdict
    at: int


def sender_key(who: str) -> str:
    """The key of what was typed: `jo@lane.example`, `lane.example`. NotNow for anything else."""
    key = line(who).strip().casefold()
    local, at, domain = key.rpartition("@")
    if (
        not domain
        or "." not in domain
        or any(char.isspace() or char in "<>,;" for char in key)
        or "@" in local
    ):
        raise NotNow(f"“{line(who)}” is neither an address nor a domain.", todo="Write name@place or @place.")
    return key if at else f"@{domain}"


def verdict_on(address: str, rules: dict[str, SenderVerdict]) -> SenderVerdict | None:
    """What the rules say of an address: its own rule goes before that of its domain."""
    key = address.casefold()
    return rules.get(key) or rules.get(f"@{key.rpartition('@')[2]}")

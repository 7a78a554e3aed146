"""What the owner says of a sender once and for good: always a customer, or never one."""

from enum import StrEnum

from deskterm.domain.text import line
from deskterm.errors import NotNow
from deskterm.value_class import dataclass


class SenderVerdict(StrEnum):
    """What mail from a sender is, whatever it looks like."""

    CUSTOMER = "customer"
    BLOCKED = "blocked"  # their mail is spam from the start
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class SenderRule:
    """One such word of the owner, of `at` (UTC seconds).

    `key` is an address (of a person or of a form), a domain behind an @, or a List-Id behind `list:`.
    """

    key: str
    verdict: SenderVerdict
    at: int


LIST = "list:"


@dataclass(frozen=True, slots=True)
class SenderChoice:
    """A rule that the owner may make from a ticket: its key, whom it is about, how many tickets."""

    key: str
    words: str
    tickets: int


def describe_key(key: str) -> str:
    """Whom a rule is about, for people: the address, the domain, `the list news.example`."""
    return f"the list {key.removeprefix(LIST)}" if key.startswith(LIST) else key.removeprefix("@")


def sender_key(who: str) -> str:
    """The key of what was typed: `jo@lane.example`, `lane.example`, `list:news.example`. NotNow else."""
    key = line(who).strip().casefold()
    if key.startswith(LIST) and key != LIST and not any(char.isspace() or char in "<>,;" for char in key):
        return key
    local, at, domain = key.rpartition("@")
    if (
        not domain
        or "." not in domain
        or any(char.isspace() or char in "<>,;" for char in key)
        or "@" in local
    ):
        raise NotNow(f"“{line(who)}” is neither an address nor a domain.", todo="Write name@place or @place.")
    return key if at else f"@{domain}"


def verdict_on(address: str, rules: dict[str, SenderVerdict], list_id: str = "") -> SenderVerdict | None:
    """What the rules say of an address: its own rule goes before that of the list, and of its domain."""
    key = address.casefold()
    own = rules.get(key) or (rules.get(f"{LIST}{list_id}") if list_id else None)
    return own or rules.get(f"@{key.rpartition('@')[2]}")

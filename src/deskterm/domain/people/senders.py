"""The owner's permanent rules for senders: always a customer, never a customer, or blocked."""

from enum import StrEnum

from deskterm.domain.text import line
from deskterm.errors import NotNow
from deskterm.value_class import dataclass


class SenderVerdict(StrEnum):
    """How mail from a sender is treated, whatever it looks like."""

    CUSTOMER = "customer"
    BLOCKED = "blocked"  # their mail is spam at once
    NEVER = "never"


@dataclass(frozen=True, slots=True)
class SenderRule:
    """A rule that the owner made at `at` (UTC seconds).

    `key` is an address (of a person or a form), `@` and a domain, or `list:` and a List-Id.
    """

    key: str
    verdict: SenderVerdict
    at: int


LIST = "list:"


@dataclass(frozen=True, slots=True)
class SenderChoice:
    """A rule that the owner can make from a ticket: its key, whom it is about, how many tickets it hits."""

    key: str
    words: str
    tickets: int


def describe_key(key: str) -> str:
    """Whom a rule is about, in words: the address, the domain, `the list news.example`."""
    return f"the list {key.removeprefix(LIST)}" if key.startswith(LIST) else key.removeprefix("@")


def sender_key(who: str) -> str:
    """The key for a typed `jo@lane.example`, `lane.example` or `list:news.example`. Raises NotNow."""
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
    """What the rules say about an address: first its own rule counts, then the list's, then the domain's."""
    key = address.casefold()
    own = rules.get(key) or (rules.get(f"{LIST}{list_id}") if list_id else None)
    return own or rules.get(f"@{key.rpartition('@')[2]}")

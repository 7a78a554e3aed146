"""Senders that pass on other people's mail: form mailers, a shop's web server, groups, ticket systems.

They are recognised by an address made for a program, by the shop's own domain or name in From, or by "via"
in the name with somebody else in Reply-To.
"""

import re
from functools import lru_cache

from deskterm.domain.messages import Address
from deskterm.domain.people.greeting import first_name
from deskterm.domain.people.recipients import nobody_reads
from deskterm.lazy_regex import lazy_regex
from deskterm.mail.values import Mail

ROBOT = lazy_regex(
    r"(?:^|[._+-])(?:no-?_?reply|do-?not-?reply|mailer|wordpress|woocommerce|notifications?|notify"
    r"|info-noreply|automated|store\+\d+|messages?|conversations?|transcripts?|inbox|www-data|submissions?"
    r"|web-?forms?|forms?-?(?:responses?|submissions?|mail(?:er)?|handler|data)?|formul\w+)(?:$|[._+-])",
    re.IGNORECASE,
)
PLATFORM = lazy_regex(
    r"(?:^|\.)(?:shopify(?:email)?|myshopify|woocommerce|wordpress|wix|squarespace|bigcommerce|ecwid|etsy"
    r"|ebay|amazon|amazonses|stripe|paypal|klarna|mollie|adyen|sumup|squareup|tidio|tawk|jotform"
    r"|typeform)\.[a-z.]{2,12}$",
    re.IGNORECASE,
)
VIA = lazy_regex(r"\s+(?:via|über|par|através de|tramite|through|przez|genom)\s+\S.*$", re.IGNORECASE)
# Public mail hosts: that the shop has an address there does not make the domain the shop's own.
_PUBLIC = frozenset(
    "gmail googlemail outlook hotmail live msn yahoo ymail icloud me mac aol gmx web t-online freenet"
    " posteo mailbox proton protonmail pm zoho yandex orange wanadoo free laposte sfr libero tiscali"
    " virgilio wp onet interia o2 seznam ziggo kpn telenet bluewin qq 163 126 naver daum hanmail mail"
    " fastmail".split()
)
_SHORTEST_NAME = 4
_WORD = lazy_regex(r"[^\W\d_]{2,}")


def is_program(address: str) -> bool:
    """Whether an address is made for a program: `wordpress@`, `notifications@`."""
    return ROBOT.search(address.partition("@")[0]) is not None


def speaks_for_others(mail: Mail, own: frozenset[str]) -> bool:
    """Whether a mail comes from a program or from the shop itself, and so may pass on a customer's."""
    local, _, domain = mail.sender.address.partition("@")
    if ROBOT.search(local) or nobody_reads(mail.sender) or PLATFORM.search(domain):
        return True
    if speaks_for_us(mail, own):
        return True
    return bool(VIA.search(mail.sender.name)) and reply_to_stranger(mail, own) is not None


def speaks_for_us(mail: Mail, own: frozenset[str]) -> bool:
    """Whether the mail comes from an address of the shop, from its domain, or under its name."""
    ours = mail.sender.key in own or is_own_domain(mail.sender.address, own)
    return ours or _has_our_name(mail.sender, own)


def reply_to_stranger(mail: Mail, own: frozenset[str]) -> Address | None:
    """The first Reply-To that is neither the sender's nor ours nor in our domain."""
    for address in mail.reply_to:
        known = address.key == mail.sender.key or address.key in own
        if address.address and not known and not is_own_domain(address.address, own):
            return address
    return None


def is_own_domain(address: str, own: frozenset[str]) -> bool:
    """Whether an address is in a domain of the shop's own, or below one. Public mail hosts do not count."""
    domain = address.rpartition("@")[2].casefold()
    return any(domain == ours or domain.endswith(f".{ours}") for ours in _own_domains(own))


def names_differ(mail: Mail, other: Address) -> bool:
    """Whether From and `other` are different people: their names and addresses have no word in common.

    With addresses only, a word inside another (`asmith` and `al.smith`) counts as the same.
    """
    here, there = (_words(f"{one.name} {one.address.partition('@')[0]}") for one in (mail.sender, other))
    if mail.sender.name and other.name:
        return here.isdisjoint(there)
    if is_person(mail.sender):
        return False
    return bool(here and there) and not any(_is_within(one, two) for one in here for two in there)


def is_person(sender: Address) -> bool:
    """Whether a sender has a person's name that is also in the address: `Jana <jana@mertens.example>`."""
    local = _words(sender.address.partition("@")[0])
    named = any(_is_within(one, two) for one in _words(sender.name) for two in local)
    return named and bool(first_name(sender.name))


def is_surely_person(sender: Address) -> bool:
    """As `is_person`, for mail that looks like a form's: there a name equal to the address proves nothing."""
    lone = sender.name.strip().casefold() == sender.address.partition("@")[0].casefold()
    return is_person(sender) and not lone


def is_public(address: str) -> bool:
    """Whether an address is at a public mail host, where people have theirs."""
    return address.rpartition("@")[2].partition(".")[0].casefold() in _PUBLIC


def _is_within(one: str, two: str) -> bool:
    short, long = sorted((one, two), key=len)
    return short == long or (len(short) >= _SHORTEST_NAME and short in long)


def _words(text: str) -> frozenset[str]:
    return frozenset(word.casefold() for word in _WORD.findall(text))


def _has_our_name(sender: Address, own: frozenset[str]) -> bool:
    """Whether the sender uses the shop's name: `Kiln <notifications@forms.example>` for kiln.example."""
    squeezed = "".join(char for char in sender.name.casefold() if char.isalnum())
    local = sender.address.partition("@")[0].casefold()
    names = {domain.split(".")[-2].replace("-", "") for domain in _own_domains(own) if "." in domain}
    return any(name == local or (len(name) >= _SHORTEST_NAME and name in squeezed) for name in names)


@lru_cache(maxsize=8)
def _own_domains(own: frozenset[str]) -> set[str]:
    domains = {address.rpartition("@")[2] for address in own}
    return {domain for domain in domains if domain.partition(".")[0] not in _PUBLIC}

"""The customer behind a mail from the shop's own program or rule, if only its text names them.

A sentence such as "Bo Krag, bo@krag.example, wrote:" can be in any language. So what counts is the address:
the only one in the text that is neither ours nor the sender's. A forwarded mail names its writer in its head.
"""

import re
from typing import NamedTuple

from deskterm.domain.messages import Address
from deskterm.domain.people.recipients import nobody_reads
from deskterm.mail.kind.form.labels import read_form
from deskterm.mail.kind.relays import is_own_domain, is_program
from deskterm.mail.kind.signs import is_forwarded, is_forwarded_by_rule
from deskterm.mail.text.folding import is_forward
from deskterm.mail.text.footers import is_rule
from deskterm.mail.text.old_headers import announces_forwarded, announces_original, head_at, role_of
from deskterm.mail.values import Mail

_ADDRESS = re.compile(r"[\w.+'%-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,6}")
_CAPITAL = r"[^\W\d_a-zß-öø-ÿ][^\W\d_]*(?:[-'’.][^\W\d_]+)*\.?"
_PARTICLES = r"(?:(?:von|van|de|der|den|di|da|dos|du|la|le|el|zu)\s+){0,2}"
_NAME = re.compile(rf"((?:{_CAPITAL}\s+{_PARTICLES}){{1,4}})[,:(<\[“\"' ]*\Z")
_KANA_OR_KANJI = "[\u3040-\u30ff\u4e00-\u9fff々]{1,8}"
_EASTERN = re.compile(rf"({_KANA_OR_KANJI}(?:[ \u3000]{_KANA_OR_KANJI})?)\s*様?[,、:（(<【\s]*\Z")
_WORDS = re.compile(r"[^\W\d_]+")
_WITHIN = 6_000  # characters that are searched
_HEAD_WITHIN = 6  # lines above the head of a forwarded mail


class Carried(NamedTuple):
    """The customer, and what they wrote ("" if it is the whole text)."""

    customer: Address
    text: str = ""


def find_stranger(mail: Mail, text: str, own: frozenset[str]) -> Carried | None:
    """The only stranger whose address is in the text, with the name next to it."""
    shown = "" if is_forward(mail.subject) else text[:_WITHIN]
    found: dict[str, re.Match[str]] = {}
    for one in _ADDRESS.finditer(shown) if "@" in shown else ():
        if _may_be_customer(one[0], mail, own):
            found.setdefault(one[0].casefold(), one)
    if len(found) != 1:
        return None
    (place,) = found.values()
    return Carried(Address(read_form(text).get("name", "") or _name_beside(shown, place), place[0]))


def _may_be_customer(address: str, mail: Mail, own: frozenset[str]) -> bool:
    domain = address.rpartition("@")[2].casefold()
    same = domain == mail.sender.address.rpartition("@")[2].casefold()
    ours = address.casefold() in own or is_own_domain(address, own)
    return not (same or ours or is_program(address) or nobody_reads(Address("", address)))


def _name_beside(text: str, place: re.Match[str]) -> str:
    """The name before an address, or above one that is alone on its line; "" if it is not certain."""
    start = text.rfind("\n", 0, place.start()) + 1
    before = text[start : place.start()]
    if not before.strip(" \t<([*_"):
        above = text[: max(0, start - 1)].rpartition("\n")[2]
        before, start = f"{above} ", start - len(above) - 1
    if eastern := _EASTERN.search(before):
        return eastern[1]
    found = _NAME.search(before)
    if not found:
        return ""
    words = found[1].split()
    parts = {word.casefold() for word in _WORDS.findall(place[0])}
    first = next((at for at, word in enumerate(words) if word.casefold().strip(".") in parts), None)
    whole = len(words) > 1 and (found.start() > 0 or before.strip(" ,:(<[") == found[1].strip())
    return " ".join(words[first:] if first is not None else words if whole else ())


def find_forwarded(mail: Mail, text: str, own: frozenset[str]) -> Carried | None:
    """The writer of a mail that an address of the shop, or a mailbox's rule, forwarded without a word."""
    sender = mail.sender
    if not (sender.key in own or is_own_domain(sender.address, own) or is_forwarded_by_rule(mail)):
        return None
    if not (is_forward(mail.subject) or is_forwarded(mail)):
        return None
    lines = text.split("\n")
    at = next((place for place, line in enumerate(lines[:_HEAD_WITHIN]) if role_of(line)), None)
    if at is None or any(map(_says_something, lines[:at])) or not (end := head_at(lines, at)):
        return None
    line = next(line for line in lines[at:end] if role_of(line) == "from")
    found = _ADDRESS.search(line)
    if not found or not _may_be_customer(found[0], mail, own):
        return None
    name = re.split("[:：]", line[: found.start()], maxsplit=1)[1].strip(" \t\"'<([*_")
    words = "\n".join(lines[end:]).strip()
    return Carried(Address(name.removesuffix("mailto").strip(), found[0]), words) if words else None


def _says_something(line: str) -> bool:
    drawn = is_rule(line) or announces_forwarded(line) or announces_original(line)
    return bool(line.strip()) and not drawn

"""Warnings about a sender that the owner should see before answering."""

import re
import unicodedata

from deskterm.domain.messages import Address, Cue
from deskterm.mail.values import Mail

_ADDRESS = re.compile(r"[\w.+'%-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,6}")
_COMMENT = re.compile(r"\([^()]{0,400}\)")
_RESULT = re.compile(r"\b(dmarc|spf|dkim)\s*=\s*(\w+)", re.IGNORECASE)
_SECOND_LEVEL = frozenset("ac co com edu go gob gov gv ltd me ne net nom or org".split())
# Scripts that may be mixed in one word (UTS 39, highly restrictive).
_TOGETHER = (
    frozenset({"LATIN", "CJK", "HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA", "IDEOGRAPHIC"}),
    frozenset({"LATIN", "CJK", "HANGUL"}),
    frozenset({"LATIN", "CJK", "BOPOMOFO"}),
)
# Letters of other scripts that look like Latin ones: a word of only these can be mistaken for Latin.
_LOOKS_LATIN = frozenset("асеорхуікмтвнѕјԁԛԝһӏυονραεικτχνᴀօսցհո")


def cues_of(mail: Mail, answers_to: tuple[Address, ...] | None = None) -> tuple[Cue, ...]:
    """The warnings for a mail. `answers_to` replaces its Reply-To if the customer was found elsewhere."""
    answers_to = mail.reply_to if answers_to is None else answers_to
    found = []
    if _name_shows_other(mail.sender):
        found.append(Cue.NAME_SHOWS_OTHER)
    if mail.other_senders:
        found.append(Cue.TWO_SENDERS)
    if _elsewhere(mail.sender, answers_to):
        found.append(Cue.REPLY_ELSEWHERE)
    if any(mixes_scripts(_domain(address.address)) for address in (mail.sender, *answers_to)):
        found.append(Cue.MIXED_SCRIPT)
    if _failed_authentication(mail.header("authentication-results")):
        found.append(Cue.NOT_AUTHENTIC)
    if mail.unreadable:
        found.append(Cue.UNREADABLE)
    if mail.damaged:
        found.append(Cue.DAMAGED)
    return tuple(found)


def mixes_scripts(domain: str) -> bool:
    """Whether a label of a domain (Unicode or punycode) mixes scripts, or looks Latin and is not."""
    if domain.isascii() and "xn--" not in domain.lower():
        return False
    return any(_suspect(_unicode(label)) for label in domain.casefold().split("."))


def _suspect(label: str) -> bool:
    letters = [char for char in label if char.isalpha()]
    scripts = {unicodedata.name(char, "UNKNOWN").split()[0] for char in letters if not char.isascii()}
    if not scripts:
        return False
    if any(char.isascii() for char in letters):
        scripts.add("LATIN")
    if len(scripts) > 1:
        return not any(scripts <= allowed for allowed in _TOGETHER)
    return "LATIN" not in scripts and all(char in _LOOKS_LATIN for char in letters)


def _unicode(label: str) -> str:
    if not label.startswith("xn--"):
        return label
    try:
        return label[4:].encode("ascii").decode("punycode")
    except (UnicodeError, ValueError):
        return label


def _name_shows_other(sender: Address) -> bool:
    shown = _ADDRESS.search(sender.name) if "@" in sender.name else None
    return shown is not None and shown[0].casefold() != sender.key


def _elsewhere(sender: Address, answers_to: tuple[Address, ...]) -> bool:
    if not answers_to:
        return False
    home = _organisation(_domain(sender.address))
    return any(_organisation(_domain(address.address)) != home for address in answers_to)


def _domain(address: str) -> str:
    return address.rpartition("@")[2].casefold().rstrip(".")


def _organisation(domain: str) -> str:
    """The registered part of a domain; an approximation without the public suffix list."""
    labels = domain.split(".")
    size = 3 if len(labels) > 2 and labels[-2] in _SECOND_LEVEL and len(labels[-1]) == 2 else 2  # noqa: PLR2004
    return ".".join(labels[-size:])


def _failed_authentication(results: str) -> bool:
    """Whether Authentication-Results (RFC 8601) says that the sender failed. The topmost is our server's."""
    if not results:
        return False
    results_of: dict[str, set[str]] = {}
    for method, result in _RESULT.findall(_COMMENT.sub(" ", results[:8_000])):
        results_of.setdefault(method.lower(), set()).add(result.lower())
    if "dmarc" in results_of and results_of["dmarc"] & {"pass", "fail"}:
        return "fail" in results_of["dmarc"]
    if "pass" in results_of.get("dkim", ()):
        return False
    return bool(
        results_of.get("spf", set()) & {"fail", "softfail"}
        or (results_of.get("dkim") == {"fail"} and "spf" not in results_of)
    )

"""Why a mail was not delivered, from a server's words (`bounce_words.py`) and codes (RFC 3463, 5321)."""

import re
from typing import NamedTuple

from deskterm.mail.kind.bounce_words import PHRASES
from deskterm.mail.phrases import first_match


class Reason(NamedTuple):
    """A reason for failure. `words` has a place for the recipient; `hard` means that trying again is no use.

    Where the server gave no status code, it is 5.0.`detail`.
    """

    name: str
    detail: int
    words: str
    hard: bool = False

    def sentence(self, recipient: str) -> str:
        """The sentence for the owner, about `recipient` or, if that is empty, about "the recipient"."""
        if recipient:
            return self.words.format(recipient)
        words = self.words.replace("address {}", "address").replace("mailbox {}", "mailbox")
        words = words.format("the recipient")
        return words[:1].upper() + words[1:]


# The numbers are in no RFC. Sisimai uses them for inferred reasons, so that results can be compared.
_REASONS = {
    reason.name: reason
    for reason in (
        Reason("unknown", 901, "The mail to {} did not arrive; the server did not say why."),
        Reason("syntax", 902, "The address {} or a command was not understood: the mail did not arrive."),
        Reason("filtered", 910, "The mailbox {} did not take the mail."),
        Reason("no user", 911, "The address {} does not exist: the mail did not arrive.", hard=True),
        Reason("no host", 912, "The domain of {} does not exist: the mail did not arrive.", hard=True),
        Reason("moved", 916, "{} has moved to another address: the mail did not arrive.", hard=True),
        Reason("refused", 918, "The server of {} refused the mail."),
        Reason("suspended", 921, "The mailbox {} is disabled: the mail did not arrive."),
        Reason("full", 922, "The mailbox {} is full: the mail did not arrive."),
        Reason("system", 930, "The server of {} has a fault: the mail did not arrive."),
        Reason("disk", 931, "The server of {} has no room left: the mail did not arrive."),
        Reason("no mail", 932, "The domain of {} takes no mail at all.", hard=True),
        Reason("too big", 934, "The mail to {} was too big and did not arrive."),
        Reason("program", 939, "The server of {} could not store the mail."),
        Reason("network", 944, "The server of {} could not be reached: the mail did not arrive."),
        Reason("passing", 901, "The server of {} did not take the mail for now, and ours has given up."),
        Reason("too fast", 945, "The server of {} takes no more mail at the moment."),
        Reason("expired", 947, "The server of {} did not take the mail in time."),
        Reason("content", 960, "The server of {} did not accept the mail's content."),
        Reason("security", 970, "The server of {} refused the mail for a matter of security."),
        Reason("blocked", 971, "The server of {} blocks our mail server."),
        Reason("policy", 972, "The server of {} refused the mail by its own policy."),
        Reason(
            "reverse name",
            973,
            "The server of {} refused ours: our mail server has no proper name (PTR record).",
        ),
        Reason("relay", 974, "The server asked does not take mail for {}."),
        Reason("sender", 976, "The server of {} could not verify our address (SPF, DKIM or DMARC)."),
        Reason("spam", 980, "The server of {} took the mail for spam."),
        Reason("virus", 981, "The server of {} found a virus in the mail."),
    )
}

_BY_STATUS = {
    status: name
    for name, statuses in {
        "no user": "1.1 1.3 1.4 1.351",
        "no host": "1.2",
        "moved": "1.6",
        "refused": "1.7 1.8",
        "no mail": "1.10 3.2 7.27",
        "suspended": "2.1 7.13",
        "full": "2.2",
        "too big": "2.3 3.4",
        "filtered": "2.4",
        "disk": "3.1",
        "expired": "4.1 4.2 4.7 4.316",
        "network": "4.4 4.6",
        "syntax": "5.0",
        "content": "6.0",
        "security": "7.1",
        "sender": "7.23 7.24 7.26",
        "reverse name": "7.25",
    }.items()
    for status in statuses.split()
}
# The meaning of a code's second number (RFC 3463, 3), if neither the whole code nor the words say more.
_BY_SUBJECT = {
    "1": "no user", "2": "filtered", "3": "system", "4": "network", "5": "syntax", "6": "content",
    "7": "policy",
}  # fmt: skip
_NAMES = re.compile(r"https?://\S{1,500}|[\w.+=/'-]{1,100}@[\w.-]{1,200}")
_REJECTED = re.compile(r"recipient\s+(?:address\s+)?rejected", re.IGNORECASE)
_UNAVAILABLE = re.compile(
    r"unavailable|not available|nicht (?:verfügbar|erreichbar)|indisponible|no disponible", re.IGNORECASE
)
_PLAIN_STATUS = frozenset({"refused", "no mail", "moved"})  # these say more than the words beside them
_NULL_MX = re.compile(
    r"null ?mx|does ?n.t accept|(?:does|do) not accept|accepts? no mail|no smtp service", re.IGNORECASE
)
_LATER = re.compile(
    r"(?:try|attempt)\w*(?: again)? (?:later|in )|temporar|momentarily|at (?:the|this) (?:moment|time)"
    r"|for now"
    r"|später (?:noch ?mal|erneut|wieder)|vorübergehend|plus tard|temporair|más tarde|più tardi"
    r"|temporane|tijdelijk|mais tarde|tymczasow|później",
    re.IGNORECASE,
)
_CODES = re.compile(r"(?<![\w.])([45]\.\d{1,2}\.\d{1,3})(?![\w]|\.\d)")
_REPLY_STATUS = re.compile(r"(?<![\w.-])([45])\d\d[ -]+#?(\1\.\d{1,2}\.\d{1,3})(?![\w]|\.\d)")
_REPLY = re.compile(r"(?<![\w.-])([45]\d\d)(?=[ \-,:])(?!-\d)")


def codes_in(text: str) -> list[str]:
    """The enhanced status codes (RFC 3463) in a server's words, in order."""
    return _CODES.findall(text) if "4." in text or "5." in text else []


def reply_status(text: str) -> str:
    """The enhanced status code that directly follows an SMTP reply code of the same class, else ""."""
    found = _REPLY_STATUS.search(text)
    return found[2] if found else ""


def reply_in(text: str) -> str:
    """The first SMTP error code (4xx or 5xx) in a server's words, else ""."""
    found = _REPLY.search(text)
    return found[1] if found else ""


def reason_of(words: str, status: str, *, more: str = "") -> Reason:
    """The reason, from a server's words and status code, or from `more` if those say nothing.

    A passing failure (class 4, RFC 3463, 2) is never hard, whatever the words say.
    """
    reason = _find_reason(words, status, more)
    passes = reason.name == "no user" and _BY_STATUS.get(status[2:]) != "no user" and _LATER.search(words)
    if passes and _UNAVAILABLE.search(words):
        return _REASONS["filtered"]
    return _REASONS["passing"] if reason.hard and status.startswith("4") else reason


def _find_reason(words: str, status: str, more: str) -> Reason:
    by_status = _BY_STATUS.get(status[2:], "")
    if status[2:] == "1.10" and not _NULL_MX.search(f"{words} {more}"):
        by_status = "no user"  # some servers say 5.1.10 (a null MX by RFC 7505, 4.2) for unknown recipients
    if by_status in _PLAIN_STATUS:
        return _REASONS[by_status]
    name = (_by_phrase(words) or by_status or _by_phrase(more)) if words else (_by_phrase(more) or by_status)
    if not name and _REJECTED.search(words or more):
        name = "no user"
    return _REASONS[name or _BY_SUBJECT.get(status[2:3] if status[3:] != ".0.0" else "", "unknown")]


def _by_phrase(text: str) -> str:
    """The first reason whose phrases are in a text. Addresses and links do not count: one may hold `spam`."""
    named = "@" in text or "://" in text
    bare = " ".join((_NAMES.sub("<>", text) if named else text).split())
    return first_match(PHRASES, bare)


def derive_status(reason: Reason, reply: str) -> str:
    """A status code for a reason for which the server gave none."""
    return f"{'4' if reply.startswith('4') else '5'}.0.{reason.detail}"

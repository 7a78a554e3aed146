"""Signs that a mail goes to many or comes from a program. A weak sign counts only in company.

Feedback-ID and the like are added by whoever carries the mail: they say next to nothing about
who wrote it. So do a rule or a group of the shop's own that forwarded it.
"""

import re

from deskterm.mail.kind.relays import is_own_domain
from deskterm.mail.phrases import Phrases
from deskterm.mail.values import Mail

SAYS_NO = frozenset({"", "no", "none", "false", "0", "off"})  # values of a field that is a sign else
_TO_MANY = frozenset({"bulk", "list", "junk"})
_LIST_FIELDS = ("list-id", "list-post", "list-help", "mailing-list")
_CAMPAIGN_FIELDS = ("x-campaign", "x-campaignid", "x-mailer-campaign")
_CARRIER_FIELDS = ("feedback-id", "x-mailgun-tag", "x-ses-outgoing", "x-sg-eid")
_FORWARDED_FIELDS = (
    "resent-from", "resent-sender", "resent-to", "x-forwarded-to", "x-forwarded-for",
    "x-ms-exchange-generated-message-source", "x-original-sender", "x-original-from",
)  # fmt: skip
_SENDS_TO_MANY = re.compile(
    r"(?:^|[._+-])(?:news(?:letters?)?|marketing|promo(?:tions?)?|offers?|deals|updates?|campaigns?|notifications?"
    r"|notify|mailer|alerts?|automated|digest|reports?|system|robot|bot)(?:$|[._+-])",
    re.IGNORECASE,
)
_UNSUBSCRIBE = Phrases(
    r"unsubscribe|opt[- ]out|abbestell|abmelden|austragen|désabonner|désinscri|darse de baja"
    r"|cancelar (?:la |su )?"
    r"suscripci|disiscri|annulla l'iscrizione|afmelden|uitschrijven|cancelar (?:a )?(?:subscri|inscri)|wypisz"
    r"|zrezygnuj z|avregistrera|avsluta prenumeration|afmeld|peruuta tilaus|odhlásit|отписаться|配信停止|退订"
)
_LIST_DOMAIN = re.compile(r"<[^<>.\s]{1,200}\.([^<>\s]{1,200})>")
_WHOLE = 4  # what makes a list or a notice
_SIGN, _HINT = 2, 1


def auto_submitted(parsed: Mail) -> str:
    """The keyword of Auto-Submitted (RFC 3834, 5), empty where a forwarding rule set it."""
    keyword = parsed.header("auto-submitted").partition(";")[0].partition("(")[0].strip().lower()
    return "" if keyword in ("auto-generated", "auto-forwarded") and is_forwarded(parsed) else keyword


def is_forwarded(parsed: Mail) -> bool:
    """Whether a rule or a group passed the mail on as it was (RFC 5322, 3.6.6: Resent-From)."""
    return any(parsed.header(name) for name in _FORWARDED_FIELDS)


def forbids_answers(parsed: Mail) -> bool:
    """Whether the mail asks that no absence note answers it, as most programs do, and some people's."""
    suppressed = parsed.header("x-auto-response-suppress").lower()
    return "oof" in suppressed or suppressed.strip() == "all"


def is_list(parsed: Mail, text: str, own: frozenset[str]) -> bool:
    """Whether the mail went to many. A group that is one of our `own` addresses is none."""
    ours = is_own_group(parsed, own)
    if not ours and any(parsed.header(name) for name in _LIST_FIELDS):
        return True
    weight = _weight(parsed, text, counts_list=not ours)
    return weight >= _WHOLE


def is_notice(parsed: Mail, text: str, own: frozenset[str]) -> bool:
    """Whether a program wrote the mail: an address made for it, and at least one more sign."""
    return (
        _is_sender_of_many(parsed)
        and _weight(parsed, text, counts_list=not is_own_group(parsed, own)) > _SIGN
    )


def is_own_group(parsed: Mail, own: frozenset[str]) -> bool:
    """Whether the list is the shop's own address, run as a group (List-Id, RFC 2919), or of its domain."""
    listed = _LIST_DOMAIN.search(parsed.header("list-id").casefold())
    if listed and is_own_domain(f"group@{listed[1]}", own):
        return True
    named = (
        f"{parsed.header('list-id')} {parsed.header('mailing-list')} {parsed.header('list-post')}".casefold()
    )
    return any(address in named or address.replace("@", ".") in named for address in own)


def _weight(parsed: Mail, text: str, *, counts_list: bool) -> int:
    to_many = counts_list and parsed.header("precedence").strip().lower() in _TO_MANY
    listed = counts_list and bool(parsed.header("list-unsubscribe"))
    whole = (
        to_many,
        listed,
        any(parsed.header(name) for name in _CAMPAIGN_FIELDS),
        _is_sender_of_many(parsed),
        _UNSUBSCRIBE.stand_in(text),
    )
    hints = (any(parsed.header(name) for name in _CARRIER_FIELDS), forbids_answers(parsed))
    answers = _SIGN if parsed.in_reply_to else 0
    return _SIGN * sum(whole) + _HINT * sum(hints) - answers


def _is_sender_of_many(parsed: Mail) -> bool:
    return _SENDS_TO_MANY.search(parsed.sender.address.partition("@")[0]) is not None

"""Signs that a mail goes to many people or comes from a program. A weak sign counts only with others.

Feedback-ID and the like are added by mail services on the way and say almost nothing about the writer. Nor
does a rule or a group of the shop's own that forwarded the mail.
"""

import re

from deskterm.domain.ticket_work.subjects import is_answer
from deskterm.mail.kind.relays import is_own_domain
from deskterm.mail.phrases import Phrases
from deskterm.mail.values import Mail

SAYS_NO = frozenset({"", "no", "none", "false", "0", "off"})  # header values that mean the opposite
# Fields that only programs set, which answer mail by themselves.
ANSWERING_FIELDS = frozenset(
    {
        "x-autoreply",
        "x-autorespond",
        "x-autoresponder",
        "x-auto-reply",
        "x-mail-autoreply",
        "x-vacation",
    }
)
_TO_MANY = frozenset({"bulk", "list", "junk"})
_LIST_FIELDS = ("list-id", "list-post", "list-help", "mailing-list")
_CAMPAIGN_FIELDS = ("x-campaign", "x-campaignid", "x-mailer-campaign")
_CARRIER_FIELDS = ("feedback-id", "x-mailgun-tag", "x-ses-outgoing", "x-sg-eid")
_FORWARDED_FIELDS = (
    "resent-from", "resent-sender", "resent-to", "x-forwarded-to", "x-forwarded-for",
    "x-ms-exchange-generated-message-source", "x-ms-exchange-inbox-rules-loop",
    "x-original-sender", "x-original-from",
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
_COMMENT = re.compile(r"\([^()]*\)?")
_LIST_DOMAIN = re.compile(r"<[^<>.\s]{1,200}\.([^<>\s]{1,200})>")
_LINK = re.compile(r"https?://|\bwww\.|\[\d{1,3}\]", re.IGNORECASE)
_ENOUGH = 4  # the weight that makes a list
_SIGN, _HINT = 2, 1


def auto_submitted(mail: Mail) -> str:
    """The keyword of Auto-Submitted (RFC 3834, 5); "" if a forwarding rule set it."""
    keyword = submitted_keyword(mail)
    return "" if keyword in ("auto-generated", "auto-forwarded") and is_forwarded(mail) else keyword


def submitted_keyword(mail: Mail) -> str:
    """The keyword of Auto-Submitted as it is written, without comments and parameters."""
    return _COMMENT.sub("", mail.header("auto-submitted")).partition(";")[0].strip().lower()


def sends_to_many(mail: Mail) -> bool:
    """Whether the sender's address has a name that programs send from: `alerts@`, `news.shop@`."""
    return _SENDS_TO_MANY.search(mail.sender.address.rpartition("@")[0]) is not None


def is_forwarded(mail: Mail) -> bool:
    """Whether a rule or a group forwarded the mail unchanged (RFC 5322, 3.6.6: Resent-From)."""
    return any(mail.header(name) for name in _FORWARDED_FIELDS)


def is_forwarded_by_rule(mail: Mail) -> bool:
    """Whether a rule of an Exchange mailbox passed the mail on."""
    return bool(mail.header("x-ms-exchange-inbox-rules-loop"))


def forbids_answers(mail: Mail) -> bool:
    """Whether the mail asks for no out-of-office replies, as most programs' mail and some people's does."""
    suppressed = mail.header("x-auto-response-suppress").lower()
    return "oof" in suppressed or suppressed.strip() == "all"


def is_list(mail: Mail, text: str, own: frozenset[str]) -> bool:
    """Whether the mail went to many. A group that is one of our `own` addresses does not count."""
    ours = is_own_group(mail, own)
    if not ours and any(mail.header(name) for name in _LIST_FIELDS):
        return True
    return _weight(mail, text, counts_list=not ours) >= _ENOUGH and _reads_like_list(mail, text)


def _reads_like_list(mail: Mail, text: str) -> bool:
    """Whether the words of a mail may be meant for many people.

    An answer without links is a person's: some mail programs add such headers to every mail.
    """
    answers = is_answer(mail.subject) and not sends_to_many(mail)
    return not answers or _UNSUBSCRIBE.appear_in(text) or _LINK.search(text) is not None


def is_notice(mail: Mail, text: str, own: frozenset[str]) -> bool:
    """Whether a program wrote the mail: its address is made for one, and there is at least one more sign."""
    return sends_to_many(mail) and _weight(mail, text, counts_list=not is_own_group(mail, own)) > _SIGN


def is_own_group(mail: Mail, own: frozenset[str]) -> bool:
    """Whether the list (List-Id, RFC 2919) is the shop's own address run as a group, or in its domain."""
    listed = _LIST_DOMAIN.search(mail.header("list-id").casefold())
    if listed and is_own_domain(f"group@{listed[1]}", own):
        return True
    named = f"{mail.header('list-id')} {mail.header('mailing-list')} {mail.header('list-post')}".casefold()
    return any(address in named or address.replace("@", ".") in named for address in own)


def _weight(mail: Mail, text: str, *, counts_list: bool) -> int:
    to_many = counts_list and mail.header("precedence").strip().lower() in _TO_MANY
    listed = counts_list and bool(mail.header("list-unsubscribe"))
    campaign = any(mail.header(name) for name in _CAMPAIGN_FIELDS)
    whole = (to_many, listed, campaign, sends_to_many(mail))
    hints = (any(mail.header(name) for name in _CARRIER_FIELDS), forbids_answers(mail))
    answers = _SIGN if mail.in_reply_to else 0
    weight = _SIGN * sum(whole) + _HINT * sum(hints) - answers
    if weight < _HINT:  # most mails: a line to unsubscribe would still be too little
        return weight
    return weight + _SIGN * _UNSUBSCRIBE.appear_in(text)

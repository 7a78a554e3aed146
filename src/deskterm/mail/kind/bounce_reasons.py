"""Why a mail was not delivered: servers' words and codes (RFC 3463, 5321) as a reason."""

import re
from typing import NamedTuple

from deskterm.mail.phrases import first_said, phrases


class Reason(NamedTuple):
    """A reason. Where the server gave no status, it is 5.0.`detail`. `words` takes the recipient."""

    name: str
    detail: int
    words: str
    hard: bool = False

    def tell(self, recipient: str) -> str:
        """The sentence for the owner; without a recipient it speaks of `the recipient`."""
        if recipient:
            return self.words.format(recipient)
        words = self.words.replace("address {}", "address").replace("mailbox {}", "mailbox")
        words = words.format("the recipient")
        return words[:1].upper() + words[1:]


# The numbers stand in no RFC; they are those that Sisimai gives to what it infers, so that figures compare.
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

# Servers' words, the telling ones first: a reason's name, and under it the patterns that speak for it.
_WORDS = r"""
no host
    account or domain may not exist
network
    delivery temporarily suspended
no user
    recipient address rejected: (?:access denied|undeliverable)
    unrouteable address
too fast
    grey-?list|too many connections
sender
    \bdmarc\b|\bspf\b|\bdkim\b|does not have authentication information
    (?:sender|mail|message) is unauthenticated
reverse name
    reverse dns|\bptr\b|\brdns\b|reverse lookup|cannot find your (?:reverse )?hostname
    valid sender domain
spam
    blacklisted (?:url|link)|\bspam\b(?!haus)(?! incident)|\bube\b|\buce\b|junk mail|unsolicited
    bulk mail
virus
    virus|malware|infected
blocked
    \b(?:rbl|rsbl|dbl|dsbl|dnsbl)\b
    block ?list|blacklist|spamhaus|blocked (?:using|by|for)|client host|bloqu[ée]e pour
    your ip|sending ip|invalid ip|refused to talk to me|service not available, closing
    smtp server of your isp|(?:bad|low|poor) reputation|service refus|banned|not allowed to connect
    (?:mail|connections?) from (?:your )?(?:ip|host)\b.{0,60}(?:reject|refus|not accept|denied)
    (?:ip|host) address .{0,60}reject|due to (?:a )?listing
    \b5\d\d (?:access denied|rejected)\b|relay quota|\bblocked\b(?! ip)
too fast
    frequency limited|too many (?:connections|messages|recipients)|at a rate that|rate limit|throttl
    too fast
no mail
    (?:does|do) not accept (?:any )?(?:e-?)?mail|no smtp service|null ?mx|nullmx
    not accept(?:ing)? mail for|couldn't find a mail exchanger|couldn't find any host|mx points to
    no mx (?:record )?(?:was )?found
moved
    has moved|please try <|user not local
    no longer on server|user moved|address (?:has )?changed|moved to (?:a )?new
full
    (?:mail ?box|inbox|folder|account|user)\b.{0,40}\b(?:is )?(?:too )?full\b|(?<!relay )quota
    out of storage|exceeds? allowed size|storage (?:limit|full|space|allocation)
    (?:postfach|mailbox|briefkasten) .{0,30}voll\b|used (?:up )?all (?:of )?(?:its|their|the|his|her) storage
    (?:mailbox|account|inbox)\b.{0,30}(?:exceed|over)\w* .{0,20}(?:limit|size|quota)
    (?:mailbox|inbox) size (?:limit )?exceed
    boîte .{0,40}pleine|buzón .{0,30}lleno|переполнен|容量|受信者のメールボックス
disk
    insufficient (?:disk|system|storage)|disk (?:is )?full|no space left|out of disk
too big
    too (?:large|big) for|message (?:is )?too (?:large|big)|sizelimit|size limit|(?:length|size) exceeds
    exceeds .{0,30}size|larger than (?:the |is )?(?:allowed|permitted|maximum)
suspended
    \b(?:is|been|temporary|temporarily) (?:disabled|suspended|locked|frozen|blocked|deactivated|discontinued)
    disabled recipient|account .{0,30}(?:disabled|inactive|suspended|locked|blocked)|is inactive
    compte du destinataire est bloqu|(?:account|mailbox|address|user) .{0,20}(?:has |is )?expired
    (?:account|mailbox|user) .{0,20}suspended
no host
    host (?:name )?(?:is )?unknown|unknown (?:host|domain)|domain (?:does not|doesn't|doesn’t) exist
    no such (?:domain|host)|host (?:\S{1,80} )?not found|dns lookup failure|domain (?:name )?not found
    host or domain name not found|name or service not known|nxdomain|unrouteable|unable to resolve
    account or domain may not exist|host name lookup failure|dns.{0,20}non-?existent
    domain .{1,60} couldn.t be found
relay
    relay(?:ing)? (?:access )?(?:denied|not (?:permitted|allowed))|not permitted to relay
    unable to relay|relaying denied|no relaying|allowed rcpt ?hosts|not a gateway|we do not relay
refused
    sender address|domain of sender|sender (?:rejected|denied|verify)|responsible address
    registered gateway user|google groups|rejected by recipient
no user
    user (?:is )?unknown|unknown user|no such (?:user|recipient|mailbox|address|person|local|account)
    (?:user|addressee|recipient|person|account) (?:was |is )?(?:not found|unknown|not known)
    (?:cannot|can't|can not|couldn['’]t|could not|unable to) find (?:the |any |this )?(?:user|recipient)
    not (?:a|any) known (?:user|recipient|address)|no ?(?:one|body) (?:at|by|with) (?:this|that)
    (?:no longer|not) (?:employed|works?|with (?:us|the company))|user is no longer
    not found in (?:the |our )?director
    (?:this|that) (?:user|person|mailbox) is no longer (?:accepted|available|here|in use)
    (?:user|mailbox|account|address|recipient)\b.{0,80} (?:does not|doesn['’]t|do not) exist
    unknown (?:recipient|address|local|mailbox)
    recipient (?:name |address )?(?:is )?(?:not (?:recognized|found|known)|unknown|is possibly incorrect)
    not a valid (?:user|mailbox)|user not exist|invalid (?:user|recipient|address|mailbox|final)
    mailbox (?:not found|unavailable|unknown)|not listed in|recipnotfound|no mailbox
    doesn['’]t have an? .{1,60}account|inactive email address
    address (?:not found|unknown|couldn['’]t be found)|that you tried to reach does not exist
    destinataire (?:invalide|inconnu)|unbekannt|existiert nicht|no existe|non esiste|não existe
    bestaat niet|nie istnieje|не существует|не найден|見つかりません|存在しません|不存在|존재하지
network
    hop count|too many hops|mail loop|routing loop|loops? back|network is unreachable|no route to host
    connection refused|name service error|malformed or unexpected name server
expired
    timed? ?-?out|expired|retry time|too long|not been delivered|not yet been delivered
    will (?:keep|continue to) (?:try|attempt)|could not be delivered (?:for|in)|delivery time
    host not reachable|socket error|no answer from (?:the )?(?:host|server)
    did not accept our requests to connect|delivery failed \d+ attempts
    has been delayed|could not deliver for the last|is delayed|warning.{0,40}still
    could not send mail for|after \d+ (?:hours|days)|still being retried|delivery attempts|deferred
    temporary problem
content
    content (?:rejected|error|type|is)
    (?:attachment|file) (?:type|name|extension)s? .{0,20}(?:not|blocked|refus|reject)
    (?:invalid|missing|malformed|no) (?:\S{1,20} )?headers?|headers? too large|not rfc (?:2822|5322)
    multiple addresses
    malformed mime|message content
policy
    policy|not compliant|security reasons|administrative(?:ly)? prohibit
security
    unauthenticated|authentication (?:required|failed)|failed to deliver(?:y|ed)?$|access denied
    encryption|tls
syntax
    malformed address|syntax error|unsupported (?:option|parameter|command)|not implemented|bad address
    incorrectly constructed|bad sequence
program
    pipe to|local delivery failed|mailer (?:error|failed)|x-unix; ?\d+|command (?:failed|died)
    unknown mailer error|vdelivermail
system
    system error|internal (?:server )?error|service (?:is )?(?:currently )?unavailable
    configuration error|write error|local error|duplicated message-id|resources|temporar(?:y|ily)
filtered
    filtered|mailbox .{0,40}not (?:accept|available)|not accepting
    requested action (?:aborted|not taken)|(?:refused|rejects?|blocked) (?:mail|messages?) from you
    only accepts? (?:mail|messages?) from
"""


_PHRASES = phrases(_WORDS)
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
# What the second figure alone tells (RFC 3463, 3), where neither the whole code nor the words tell more.
_BY_SUBJECT = {
    "1": "no user", "2": "filtered", "3": "system", "4": "network", "5": "syntax", "6": "content",
    "7": "policy",
}  # fmt: skip
_NAMES = re.compile(r"https?://\S{1,500}|[\w.+=/'-]{1,100}@[\w.-]{1,200}")
_REJECTED = re.compile(r"recipient\s+(?:address\s+)?rejected", re.IGNORECASE)
_PLAIN_STATUS = frozenset({"refused", "no mail", "moved"})  # these say more than the words beside them
_CODES = re.compile(r"(?<![\w.])([45]\.\d{1,2}\.\d{1,3})(?![\w]|\.\d)")
_REPLY_STATUS = re.compile(r"(?<![\w.-])([45])\d\d[ -]+#?(\1\.\d{1,2}\.\d{1,3})(?![\w]|\.\d)")
_REPLY = re.compile(r"(?<![\w.-])([45]\d\d)(?=[ \-,:])(?!-\d)")


def codes_in(text: str) -> list[str]:
    """The enhanced status codes (RFC 3463) in a server's words, in order."""
    return _CODES.findall(text) if "4." in text or "5." in text else []


def reply_status(text: str) -> str:
    """The enhanced status code right behind an SMTP reply code of the same class: the server's own word."""
    found = _REPLY_STATUS.search(text)
    return found[2] if found else ""


def reply_in(text: str) -> str:
    """The first SMTP reply code of an error in a server's words; empty if there is none."""
    found = _REPLY.search(text)
    return found[1] if found else ""


def reason_of(words: str, status: str, *, more: str = "") -> Reason:
    """The reason behind a server's words and its status code; `more` is looked at when those say nothing.

    What passes (class 4, RFC 3463, 2) is never final, whatever its words are.
    """
    reason = _find_reason(words, status, more)
    return _REASONS["passing"] if reason.hard and status.startswith("4") else reason


def _find_reason(words: str, status: str, more: str) -> Reason:
    by_status = _BY_STATUS.get(status[2:], "")
    if by_status in _PLAIN_STATUS:
        return _REASONS[by_status]
    name = (_by_phrase(words) or by_status or _by_phrase(more)) if words else (_by_phrase(more) or by_status)
    if not name and _REJECTED.search(words or more):
        name = "no user"
    return _REASONS[name or _BY_SUBJECT.get(status[2:3] if status[3:] != ".0.0" else "", "unknown")]


def _by_phrase(text: str) -> str:
    """The first reason whose words stand in a text, addresses and links left out: one may hold `spam`."""
    named = "@" in text or "://" in text
    bare = " ".join((_NAMES.sub("<>", text) if named else text).split())
    return first_said(_PHRASES, bare)


def derive_status(reason: Reason, reply: str) -> str:
    """A status code for a reason the server gave no code for."""
    return f"{'4' if reply.startswith('4') else '5'}.0.{reason.detail}"

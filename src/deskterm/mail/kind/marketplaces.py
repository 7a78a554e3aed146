"""Customers of Amazon, eBay and Etsy, who write through addresses of the marketplace."""

import re

from deskterm.domain.messages import Address
from deskterm.mail.kind.notices import order_in
from deskterm.mail.kind.sender_warnings import cues_of
from deskterm.mail.values import Mail, Writer

_MARKETPLACE = re.compile(
    r"(?:^|\.)(?:(?:members|message|reply)\.ebay|marketplace\.amazon|(?:\w+\.)?etsy)\.[a-z.]{2,10}$",
    re.IGNORECASE,
)
_PERSONAL = re.compile(r"@(?:members\.ebay|marketplace\.amazon|convos?\.etsy)\.[a-z.]{2,10}$", re.IGNORECASE)
_MARKETPLACE_NAME = re.compile(
    r"^\W*(?:ebay\W+|message from |nachricht von |message de |mensaje de )|\s*(?:[-–—(|]|\bfrom\b|\bvia\b"
    r"|\bon\b|\bauf\b|\bsur\b|\ben\b|\bde\b|\bvon\b)\s*(?:amazon(?:\.[a-z.]{2,6})?(?: (?:marketplace"
    r"|services))?|etsy|ebay)\b.*$",
    re.IGNORECASE,
)
_MARKETPLACE_SUBJECT = re.compile(
    r"(?:message|question|inquiry|enquiry|anfrage|nachricht|frage|demande|question|mensaje|pregunta"
    r"|consulta)\s+(?:from|von|de|du client|del cliente)\s+(?:amazon customer |amazon[- ]kunden? "
    r"|client amazon |cliente de amazon )?(?P<name>[\w .'-]{2,40}?)(?:\s*[(:,!]|\s+(?:on|about|auf|zu|sur"
    r"|sobre)\b|$)|^(?P<first>[\w.'*-]{2,40}(?: [\w.'-]{1,30}){0,2}) (?:has )?(?:sent|asked|hat|a envoyé"
    r"|te ha enviado|wrote)\b",
    re.IGNORECASE,
)
_BEGIN = re.compile(
    r"^[-* 	]{0,40}(?:begin message|beginn der nachricht|nachrichtenbeginn|début du message"
    r"|inicio del mensaje|inizio messaggio)[-*: 	]{0,40}$",
    re.IGNORECASE | re.MULTILINE,
)
_FINISH = re.compile(
    r"^[-* 	]{0,40}(?:end message|ende der nachricht|nachrichtenende|fin du message|fin del mensaje"
    r"|fine messaggio)[-*: 	]{0,40}$",
    re.IGNORECASE | re.MULTILINE,
)
_MARKS_WITHIN = 20_000
_AMAZON_ORDER = re.compile(r"\b\d{3}-\d{7}-\d{7}\b")


def is_made_for_one(mail: Mail) -> bool:
    """Whether the sender's address is one that a marketplace made for a single customer."""
    return _PERSONAL.search(mail.sender.address) is not None


def find_buyer(mail: Mail, text: str) -> Writer | None:
    """The customer behind a marketplace's mail, None if it is not one."""
    domain = mail.sender.address.partition("@")[2]
    if not _MARKETPLACE.search(domain):
        return None
    relay = next((address for address in mail.reply_to if address.key != mail.sender.key), None)
    personal = relay is not None or _PERSONAL.search(mail.sender.address)
    if not personal and not _MARKETPLACE_SUBJECT.search(mail.subject):
        return None
    address = (relay or mail.sender).address
    fields = {}
    order = _AMAZON_ORDER.search(mail.subject) or _AMAZON_ORDER.search(text[:4_000])
    if number := order[0] if order else order_in(mail.subject):
        fields["order"] = number
    customer = Address(_name_of_buyer(mail), address)
    return Writer(customer, "marketplace", fields=fields, text=_between_marks(text), cues=cues_of(mail, ()))


def _name_of_buyer(mail: Mail) -> str:
    name = _MARKETPLACE_NAME.sub("", mail.sender.name)
    name = _MARKETPLACE_NAME.sub("", name).strip(" -–—|:\"'")
    if name and name.casefold() not in ("etsy", "ebay", "amazon", "amazon.com", "etsy conversations"):
        return name
    found = _MARKETPLACE_SUBJECT.search(mail.subject)
    return (found["name"] or found["first"] or "").strip() if found else ""


def _between_marks(text: str) -> str:
    """The customer's words if the marketplace puts them between marks, else ""."""
    begin = _BEGIN.search(text[:_MARKS_WITHIN])
    if begin is None:
        return ""
    end = _FINISH.search(text, begin.end())
    return text[begin.end() : end.start() if end else len(text)].strip()

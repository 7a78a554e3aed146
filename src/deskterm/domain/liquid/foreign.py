"""Converting placeholders of Help Scout, Gorgias, Zendesk, Freshdesk and Chatwoot into deskterm's.

Unknown ones become questions that are asked when the macro is taken: no text is lost, none is sent
half-filled.
"""

import re

from deskterm.domain.liquid.literals import LITERAL, NOT_QUOTED, quote

_PLACEHOLDER = re.compile(
    r"\{%\s*(?P<scout>[\w.]+)\s*(?:,\s*fallback\s*=\s*(?P<other>(?:[^%]|%(?!\}))*?))?\s*%\}"
    rf"|\{{\{{\s*(?P<curly>[\w.\[\]-]+)\s*(?P<filters>(?:\|(?:{LITERAL}|{NOT_QUOTED})*)?)\}}\}}"
)
_FALLBACK = re.compile(rf"(?:fallback|default)\s*[:(=]?\s*({LITERAL})")
_TAGS = frozenset(
    "if unless else elsif endif endunless case when endcase for endfor assign comment endcomment ask".split()
)
_NAMES = """
customer.first_name
    customer.firstname customer.first contact.first_name contact.firstname requester.first_name
    ticket.requester.first_name ticket.requester.firstname ticket.customer.firstname
    ticket.customer.first_name
customer.name
    customer.fullname customer.name contact.name requester.name ticket.requester.name ticket.customer.name
    ticket.customer.full_name
customer.email
    customer.email contact.email requester.email ticket.requester.email ticket.customer.email
ticket.number
    conversation.number conversation.id conversation.display_id ticket.id ticket.number
ticket.subject
    conversation.subject ticket.title ticket.subject
store.name
    mailbox.name ticket.account ticket.brand.name account.name inbox.name shop.name ticket.group.name
store.email
    mailbox.email inbox.email_address
order.number
    orders[0].name orders[0].order_number order.name order.number last_order.name
order.date
    orders[0].created_at order.created_at last_order.created_at
order.total
    orders[0].total_price order.total_price last_order.total_price
order.status
    orders[0].fulfillment_status order.fulfillment_status
order.address
    orders[0].shipping_address orders[0].shipping_address.address1 order.shipping_address
tracking.number
    fulfillments[0].tracking_number fulfillments[0].tracking_numbers[0] tracking_number
tracking.url
    fulfillments[0].tracking_url fulfillments[0].tracking_urls[0] tracking_url orders[0].order_status_url
tracking.carrier
    fulfillments[0].tracking_company tracking_company
"""


def _table(text: str) -> dict[str, str]:
    """Parse the table: their name -> our name."""
    found: dict[str, str] = {}
    ours = ""
    for row in text.strip().split("\n"):
        if row.startswith(" "):
            found |= dict.fromkeys(row.split(), ours)
        else:
            ours = row
    return found


_OURS = _table(_NAMES)
_NOBODY = re.compile(r"(?:^|\.)(?:user|agent|current_user|assignee)\.")
_GOES_ON = re.compile(r"[^\S\n]*[,;]?[^\S\n]*[^\W_]")


def from_foreign(text: str) -> str:
    """A text of another help desk with deskterm's placeholders.

    The agent's name is left out at the end of a line, because replies have the signature; within a sentence
    it is asked for.
    """
    return re.sub(r"\n{3,}", "\n\n", _PLACEHOLDER.sub(_replace, text)).strip()


def _replace(found: re.Match[str]) -> str:
    if _NOBODY.search((found["curly"] or found["scout"]).casefold()):
        return '{% ask "Your name?" %}' if _GOES_ON.match(found.string, found.end()) else ""
    if found["curly"]:
        return _placeholder(found["curly"], _fallback(found["filters"]))
    return found[0] if found["scout"] in _TAGS else _placeholder(found["scout"], found["other"] or "")


def _fallback(filters: str) -> str:
    found = _FALLBACK.search(filters or "")
    return found[1][1:-1] if found else ""


def _placeholder(name: str, fallback: str) -> str:
    folded = name.casefold()
    ours = _ours(folded)
    if ours is None:
        return f'{{% ask "{name.replace("_", " ")}?" %}}'
    return f"{{{{ {ours} | default: {quote(fallback)} }}}}" if fallback else f"{{{{ {ours} }}}}"


def _ours(name: str) -> str | None:
    """Our name for one of theirs, by the whole name or by its ending (Gorgias's orders); else None."""
    if name in _OURS:
        return _OURS[name]
    ends = (foreign for foreign in sorted(_OURS, key=len, reverse=True) if "[" in foreign)
    return next((_OURS[foreign] for foreign in ends if name.endswith(f".{foreign}")), None)

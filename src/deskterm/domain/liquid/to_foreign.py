"""Converting deskterm's placeholders into those of other help desks, the reverse of `foreign.py`.

What the other desk has no name for goes into square brackets, for a person to fill in: no text is lost, and
nothing looks finished that is not.
"""

import re
from enum import StrEnum

from deskterm.domain.liquid.literals import LITERAL, NOT_QUOTED, quote
from deskterm.value_class import dataclass


class HelpDesk(StrEnum):
    """The help desks that macros can be exported for."""

    ZENDESK = "zendesk"
    GORGIAS = "gorgias"
    HELP_SCOUT = "helpscout"
    FRESHDESK = "freshdesk"
    CHATWOOT = "chatwoot"


_ORDERS = "ticket.customer.integrations.shopify.orders[0]"
NAMES: dict[HelpDesk, dict[str, str]] = {
    HelpDesk.ZENDESK: {
        "customer.first_name": "ticket.requester.first_name",
        "customer.name": "ticket.requester.name",
        "customer.email": "ticket.requester.email",
        "ticket.number": "ticket.id",
        "ticket.subject": "ticket.title",
        "store.name": "ticket.account",
    },
    HelpDesk.GORGIAS: {
        "customer.first_name": "ticket.customer.firstname",
        "customer.name": "ticket.customer.name",
        "customer.email": "ticket.customer.email",
        "ticket.number": "ticket.id",
        "ticket.subject": "ticket.subject",
        "order.number": f"{_ORDERS}.name",
        "order.date": f"{_ORDERS}.created_at",
        "order.total": f"{_ORDERS}.total_price",
        "order.address": f"{_ORDERS}.shipping_address.address1",
        "tracking.number": f"{_ORDERS}.fulfillments[0].tracking_number",
        "tracking.url": f"{_ORDERS}.fulfillments[0].tracking_url",
        "tracking.carrier": f"{_ORDERS}.fulfillments[0].tracking_company",
    },
    HelpDesk.HELP_SCOUT: {
        "customer.first_name": "customer.firstName",
        "customer.name": "customer.fullName",
        "customer.email": "customer.email",
        "ticket.number": "conversation.number",
        "ticket.subject": "conversation.subject",
        "store.name": "mailbox.name",
        "store.email": "mailbox.email",
    },
    HelpDesk.FRESHDESK: {
        "customer.first_name": "ticket.requester.firstname",
        "customer.name": "ticket.requester.name",
        "customer.email": "ticket.requester.email",
        "ticket.number": "ticket.id",
        "ticket.subject": "ticket.subject",
    },
    HelpDesk.CHATWOOT: {
        "customer.first_name": "contact.first_name",
        "customer.name": "contact.name",
        "customer.email": "contact.email",
        "ticket.number": "conversation.display_id",
        "store.name": "account.name",
        "store.email": "inbox.email_address",
    },
}
_PIECE = re.compile(
    rf"\{{\{{-?\s*(?P<name>[\w.]+)\s*(?P<filters>(?:\|(?:{LITERAL}|{NOT_QUOTED})*?)?)\s*-?\}}\}}"
    r"|\{%-?\s*(?P<tag>\w+)\s*(?P<said>[^%]*?)\s*-?%\}|\{\{[^}]*\}\}"
)
_DEFAULT = re.compile(rf"\|\s*default:\s*({LITERAL})")
_SCOUT_ENDS = "%}"  # words that hold it cannot stand in Help Scout's placeholder
_SILENT = frozenset(("assign", "comment", "endcomment"))


@dataclass(frozen=True, slots=True)
class ForeignText:
    """A text for another help desk, and the parts that a person must fill in or choose there."""

    text: str
    open: tuple[str, ...] = ()


def to_foreign(text: str, desk: HelpDesk) -> ForeignText:
    """A macro's text (snippets expanded) with the placeholders of another help desk."""
    left: dict[str, None] = {}

    def replace(found: re.Match[str]) -> str:
        if found["tag"]:
            written, kept = _tag(found["tag"], found["said"])
        else:
            written, kept = _value(found["name"] or "", found["filters"] or "", desk)
        if kept:
            left[written] = None
        return written

    written = re.sub(r"\n{3,}", "\n\n", _PIECE.sub(replace, text)).strip()
    return ForeignText(written, tuple(left))


def _value(name: str, filters: str, desk: HelpDesk) -> tuple[str, bool]:
    """One placeholder, and whether a person must fill it in."""
    theirs = NAMES[desk].get(name)
    found = _DEFAULT.search(filters)
    other = found[1][1:-1] if found else ""
    if theirs is None or (desk is HelpDesk.HELP_SCOUT and _SCOUT_ENDS in other):
        return f"[{name or 'value'}, else: {other}]" if other else f"[{name or 'value'}]", True
    if not other:
        return (f"{{%{theirs}%}}" if desk is HelpDesk.HELP_SCOUT else f"{{{{{theirs}}}}}"), False
    if desk is HelpDesk.HELP_SCOUT:
        return f"{{%{theirs},fallback={other}%}}", False
    if desk is HelpDesk.GORGIAS:
        return f"{{{{{theirs}|fallback({quote(other)})}}}}", False
    return f"{{{{{theirs} | default: {quote(other)}}}}}", False


def _tag(tag: str, rest: str) -> tuple[str, bool]:
    """A condition or question in square brackets, and whether a person must deal with it."""
    if tag in _SILENT:
        return "", False
    if tag == "ask":
        return f"[{rest.strip(chr(34) + chr(39))}]", True
    words = "end" if tag.startswith("end") else f"{tag} {rest}".strip()
    return f"[{words}]", True

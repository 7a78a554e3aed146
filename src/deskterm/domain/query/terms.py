"""The values of a query: words, phrases and `field:value` terms, and problems with them."""

from dataclasses import field
from enum import StrEnum

from deskterm.domain.query.query_settings import QueryFrame
from deskterm.value_class import dataclass


class QueryField(StrEnum):
    """The fields of a query. Each value is the name typed before the colon."""

    TEXT = ""
    FROM = "from"
    TO = "to"
    SUBJECT = "subject"
    ORDER = "order"
    SKU = "sku"
    PRODUCT = "product"
    TRACKING = "tracking"
    TAG = "tag"
    CATEGORY = "category"
    STATUS = "status"
    CHANNEL = "channel"
    BEFORE = "before"
    AFTER = "after"
    HAS = "has"
    LANGUAGE = "language"
    GOODS = "goods"
    AGE = "age"
    PARCEL = "parcel"
    BUYER = "buyer"
    DURING = "during"
    MOOD = "mood"
    PROMISE = "promise"


FIELDS: dict[str, QueryField] = {field.value: field for field in QueryField if field} | {
    "is": QueryField.STATUS,
    "by": QueryField.FROM,
    "customer": QueryField.FROM,
    "lang": QueryField.LANGUAGE,
    "since": QueryField.AFTER,
    "hours": QueryField.DURING,
}  # by the name that is typed
STATES = (
    "open", "waiting", "hold", "solved", "snoozed", "spam", "trash", "others", "unanswered", "due", "draft",
    "first",
)  # fmt: skip
THINGS = ("attachment", "order", "tracking", "note", "draft", "link", "tag")
GOODS = ("unpaid", "unshipped", "part", "shipped", "delivered", "cancelled", "refunded")
PARCELS = ("none", "moving", "silent", "late", "delivered")
BUYERS = ("new", "returning", "nobody")
TIMES = ("open", "closed", "holiday")
MOODS = ("angry", "worried", "pleased")
CLOSED = {
    QueryField.STATUS: STATES, QueryField.HAS: THINGS, QueryField.GOODS: GOODS, QueryField.PARCEL: PARCELS,
    QueryField.BUYER: BUYERS, QueryField.DURING: TIMES, QueryField.MOOD: MOODS,
}  # fields whose values are known  # fmt: skip
OFFERED = {QueryField.PROMISE: ("any", "today", "late", "tomorrow")}  # of a field that takes other values too
MEANINGS = {
    "on-hold": "hold", "closed": "solved", "done": "solved", "pending": "waiting", "new": "unanswered",
    "unread": "unanswered", "drafts": "draft", "attachments": "attachment", "file": "attachment",
    "files": "attachment", "tags": "tag", "links": "link", "notes": "note", "orders": "order",
}  # fmt: skip
HELP = {
    QueryField.FROM: "who wrote: a name or an address",
    QueryField.TO: "whom it went to",
    QueryField.SUBJECT: "a word of the subject",
    QueryField.ORDER: "an order's number",
    QueryField.SKU: "a product's SKU, in the ticket's order",
    QueryField.PRODUCT: "words of a product's title",
    QueryField.TRACKING: "a tracking number",
    QueryField.TAG: "a tag",
    QueryField.CATEGORY: "what the ticket is about",
    QueryField.STATUS: ", ".join(STATES),
    QueryField.CHANNEL: "mail, form, phone …",
    QueryField.BEFORE: "2026-11-30, monday, 7d",
    QueryField.AFTER: "2026-11-30, monday, 7d",
    QueryField.HAS: ", ".join(THINGS),
    QueryField.LANGUAGE: "en, de, fr …",
    QueryField.GOODS: "how far the order is: unshipped, shipped …",
    QueryField.AGE: "days since the order, as >7d, <3d",
    QueryField.PARCEL: "none, moving, silent, late, delivered",
    QueryField.BUYER: "new, returning, nobody (no order)",
    QueryField.DURING: "when it came: open, closed, holiday",
    QueryField.MOOD: ", ".join(MOODS),
    QueryField.PROMISE: "any, today, late, or a day: due by then; <friday",
}


@dataclass(frozen=True, slots=True)
class Term:
    """One condition. `values` are alternatives; `quoted` text is a phrase; `negated` means "not this".

    `at` is the time (UTC seconds) of `before:` and `after:`, or the seconds of `age:`, negative for "less
    than". `unfinished`: it is the last word, which may still be typed. `spans` of `promise:` are pairs (from,
    before; UTC seconds) in which a promise is due.
    """

    field: QueryField
    values: tuple[str, ...]
    negated: bool = False
    quoted: bool = False
    unfinished: bool = False
    at: int = 0
    spans: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Problem:
    """A term that cannot be used: its place in the query, and what to write instead."""

    start: int
    end: int
    words: str

    def caret(self, query: str) -> str:
        """The query with the term marked in the line below, for the terminal."""
        width = max(1, self.end - self.start)
        return f"{query}\n{' ' * self.start}{'^' * width} {self.words}"


@dataclass(frozen=True, slots=True)
class Query:
    """A parsed query: all terms must match. Terms with a problem are not in `terms`."""

    terms: tuple[Term, ...] = ()
    problems: tuple[Problem, ...] = ()
    ticket: int | None = None  # `T1043` alone asks for that ticket
    frame: QueryFrame = field(default_factory=QueryFrame)

    @property
    def words(self) -> tuple[str, ...]:
        """The words and phrases to highlight in what was found."""
        return tuple(
            value for one in self.terms if one.field in _MARKED and not one.negated for value in one.values
        )


_MARKED = (QueryField.TEXT, QueryField.FROM, QueryField.SUBJECT, QueryField.ORDER, QueryField.TRACKING)

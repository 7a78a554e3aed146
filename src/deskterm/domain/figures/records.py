"""What figures read besides tickets' stories: refunds, orders, promises, surveys and buyers. UTC seconds."""

from enum import StrEnum
from typing import NamedTuple


class GivenBack(NamedTuple):
    """Money or goods given to a customer. `ticket_id` is 0 if no ticket is about the order."""

    ticket_id: int
    at: int
    minor: int
    currency: str
    what: str = "refund"


class OrderContact(NamedTuple):
    """An order that was placed (`ticket_id` 0), or a ticket about one that came; `wismo`: "where is it"."""

    at: int
    ticket_id: int = 0
    wismo: bool = False
    products: tuple[str, ...] = ()


class PromiseKept(NamedTuple):
    """A date that the owner gave a customer. `kept_at` is when it was kept, None while it was not.

    `ended_at` is when it was taken back or became pointless, None while it stands.
    """

    ticket_id: int
    made_at: int
    due_at: int
    kept_at: int | None = None
    ended_at: int | None = None


class SurveyKind(StrEnum):
    """What was asked."""

    CSAT = "csat"
    NPS = "nps"
    CES = "ces"


class SurveyAnswer(NamedTuple):
    """A question that was asked of a customer, and the answer."""

    ticket_id: int
    asked_at: int
    kind: SurveyKind = SurveyKind.CSAT
    answered_at: int | None = None
    score: int = 0
    comment: str = ""
    macros: tuple[str, ...] = ()  # those of the replies before it


class Buyer(NamedTuple):
    """Somebody's orders, and the solves of their tickets; all in order of time.

    `spent` is what the orders that were not cancelled cost together, in minor units of `currency`.
    `who` tells them from others: a customer, or the address of one who never wrote.
    """

    orders: tuple[int, ...]
    solves: tuple[tuple[int, int], ...] = ()  # (when, ticket)
    spent: int = 0
    currency: str = ""
    who: str = ""

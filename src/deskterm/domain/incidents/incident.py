"""Incidents: their kinds, and the state of each affected order."""

from enum import StrEnum
from typing import NamedTuple

from deskterm.domain.orders.order import Order
from deskterm.value_class import dataclass


class IncidentKind(StrEnum):
    """What has happened. It decides the starter macro, the filter over orders and the deadline."""

    DELAY = "delay"
    SHORTAGE = "shortage"
    OUTAGE = "outage"
    SECURITY = "security notice"
    RECALL = "recall"
    OTHER = "something else"


class IncidentNews(StrEnum):
    """What a letter about an incident says: this round's news, or that the order has shipped."""

    NEWS = "news"
    SHIPPED = "shipped"


class IncidentNote(NamedTuple):
    """The incident and the round that a letter belongs to, and which news it gives."""

    incident_id: int
    round: int
    says: IncidentNews


@dataclass(frozen=True, slots=True)
class IncidentStart:
    """The defaults for a kind of incident. An authority may have to be notified within `hours`."""

    macro: str
    query: str
    hint: str
    hours: int = 0


@dataclass(frozen=True, slots=True)
class IncidentIdea:
    """A suggested incident for a cause: a filter over orders and a name."""

    query: str
    title: str
    macro: str = ""


STARTS = {
    IncidentKind.DELAY: IncidentStart("crisis-new-date", "is:unfulfilled", "all that has not left"),
    IncidentKind.SHORTAGE: IncidentStart("crisis-shortage", "is:unfulfilled sku:", "open orders with a SKU"),
    IncidentKind.OUTAGE: IncidentStart("crisis-outage", "after:yesterday", "who ordered around the fault"),
    IncidentKind.SECURITY: IncidentStart("crisis-notice", "after:1y", "all customers of a year", hours=72),
    IncidentKind.RECALL: IncidentStart("crisis-recall", "sku:", "a SKU, dates, a batch by its tag"),
    IncidentKind.OTHER: IncidentStart("", "", "any filter"),
}


@dataclass(frozen=True, slots=True)
class Incident:
    """One incident. `query` is the filter over orders, `macro` its answer, `round` the number of news rounds.

    `given` are the owner's answers to this round's macro. Times are UTC seconds; `ended_at` is None while it
    lasts, `due_at` is the deadline, if there is one.
    """

    id: int
    title: str
    kind: IncidentKind
    query: str
    macro: str
    round: int
    began_at: int
    ended_at: int | None = None
    due_at: int | None = None
    given: tuple[tuple[str, str], ...] = ()


SHIPPED_MACRO = "crisis-shipped"  # tells those who waited that their order has shipped


class OrderState(StrEnum):
    """The state of an order in an incident. The first that is true counts."""

    CANCELLED = "cancelled"
    SHIPPED = "shipped"
    ANSWERED = "answered"  # the customer wrote after our letter
    TOLD = "told"
    LEFT_OUT = "left out"
    TO_TELL = "to tell"


@dataclass(frozen=True, slots=True)
class IncidentRow:
    """An order of an incident. `told_at` is when its customer was last told (UTC seconds), None before.

    `why` says why its customer gets no letter of their own, or what to know first; `ticket_id` is the ticket
    for the letter (0: a new one), `ship_told` whether the customer knows that it has shipped, `told_now`
    whether they got this round's letter. `beside` is the order in whose letter they are told, or 0.
    """

    order: Order
    state: OrderState
    told_at: int | None = None
    ticket_id: int = 0
    why: str = ""
    ship_told: bool = False
    told_now: bool = False
    beside: int = 0


def count_states(rows: tuple[IncidentRow, ...]) -> dict[OrderState, int]:
    """The number of orders in each state."""
    return {state: sum(one.state is state for one in rows) for state in OrderState}

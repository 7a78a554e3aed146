"""An incident as values: what it is, and how each of its orders stands."""

from enum import StrEnum
from typing import NamedTuple

from deskterm.domain.orders.order import Order
from deskterm.value_class import dataclass


class IncidentKind(StrEnum):
    """What has happened. It decides the starter macro, the query and the clock."""

    DELAY = "delay"
    SHORTAGE = "shortage"
    OUTAGE = "outage"
    SECURITY = "security notice"
    RECALL = "recall"
    OTHER = "something else"


class IncidentNews(StrEnum):
    """What a letter of an incident says: the news of a round, or that the order has left."""

    NEWS = "news"
    SHIPPED = "shipped"


class IncidentNote(NamedTuple):
    """What a letter was written for: the incident, the round of its news, and what it says."""

    incident_id: int
    round: int
    says: IncidentNews


@dataclass(frozen=True, slots=True)
class IncidentStart:
    """What an incident of a kind begins with; within `hours` an authority may have to be told."""

    macro: str
    query: str
    hint: str
    hours: int = 0


@dataclass(frozen=True, slots=True)
class IncidentIdea:
    """An incident that a cause suggests: the filter over its orders, and what it may be called."""

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
    """One incident. `query` is the filter over orders, `macro` its answer, `round` how often news was given.

    `given` are the owner's answers to what the macro asks for, this round. Times are UTC seconds; `ended_at`
    is None while it lasts, `due_at` the end of its clock, None without one.
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


SHIPPED_MACRO = "crisis-shipped"  # tells those who waited that their order has left


class OrderState(StrEnum):
    """How an order of an incident stands. The first that is true counts."""

    CANCELLED = "cancelled"
    SHIPPED = "shipped"
    ANSWERED = "answered"  # the customer wrote after we told them
    TOLD = "told"
    LEFT_OUT = "left out"
    TO_TELL = "to tell"


@dataclass(frozen=True, slots=True)
class IncidentRow:
    """An order of an incident. `told_at` is when its customer was last told (UTC seconds), None before.

    `why` says why its customer gets no letter of their own, or what to know before; `ticket_id` is the ticket
    that the letter goes to (0: a new one), `ship_told` whether the customer knows that it left, `told_now`
    whether they were told in this round. `beside` is the id of the order they are told with, 0 for none.
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
    """How many orders stand how."""
    return {state: sum(one.state is state for one in rows) for state in OrderState}

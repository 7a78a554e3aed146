"""The declaration of a figure: its name and definition, its data, and how it is counted.

A new metric is one record of this kind in one file of `families/`.
"""

from collections.abc import Callable, Iterable
from enum import StrEnum
from typing import Any

from deskterm.domain.figures.samples import Fold, Span, TicketSample
from deskterm.domain.figures.sla_targets import SlaTarget
from deskterm.domain.figures.stories import Story
from deskterm.value_class import dataclass


class Reads(StrEnum):
    """The data a figure is counted from."""

    STORY = "story"  # the ticket's own messages and events
    REFUNDS = "refunds"
    ORDERS = "orders"
    PROMISES = "promises"
    SURVEYS = "surveys"
    BUYERS = "buyers"


class Family(StrEnum):
    """The figures that are shown together."""

    VOLUME = "Volume"
    REPLIES = "Replies"
    RESOLUTION = "Resolution"
    EFFORT = "Effort"
    QUALITY = "Quality"
    SENDS = "Sends"
    MACROS = "Macros and SOPs"
    PROMISES = "Promises"
    SLA = "Targets"
    GOODWILL = "Goodwill"
    SATISFACTION = "Satisfaction"
    ORDERS = "Orders"
    RETENTION = "Retention"


class Unit(StrEnum):
    """The unit of a figure's value."""

    SECONDS = "seconds"
    SHARE = "share"
    COUNT = "count"
    BALANCE = "balance"  # those for less those against, from -100 to 100
    TICKETS = "tickets"
    MONEY = "money"  # minor units of the shop's currency
    PER_HUNDRED = "per 100 orders"


class Needs(StrEnum):
    """What a shop must have before some figures can say anything."""

    ORDERS = "orders"
    TARGETS = "targets"
    CSAT = "csat"
    NPS = "nps"
    CES = "ces"


@dataclass(frozen=True, slots=True)
class Frame:
    """What samples depend on besides the tickets: how time is measured, and the targets with their dates."""

    calendar: Span
    business: Span
    targets: tuple[SlaTarget, ...] = ()


# Gives what a figure counts: of a Story for Reads.STORY, else of the records that are read for it.
Sampler = Callable[[Any, Frame], Iterable[TicketSample]]


@dataclass(frozen=True, slots=True)
class Measure:
    """How one figure is named, defined and counted.

    `better`: -1 less is better, 1 more is, 0 neither. `state`: its samples are states that last; those
    count that hold at the period's end. `total`: it adds up or takes the largest, so that few are as good as
    many. `asks` says why it is empty as long as nothing of its kind happens; in a shop that has what it
    `needs`, `idle` says it.
    """

    id: str
    title: str
    definition: str
    family: Family
    unit: Unit
    better: int
    samples: Sampler
    fold: Fold
    reads: Reads = Reads.STORY
    state: bool = False
    asks: str = ""
    total: bool = False
    needs: Needs | None = None
    idle: str = ""


def time_sample(story: Story, at: int, start: int, end: int, frame: Frame) -> TicketSample:
    """A sample of the time from `start` to `end` by both clocks."""
    return TicketSample(
        at,
        story.matter.ticket_id,
        frame.calendar(start, end),
        business=frame.business(start, end),
    )

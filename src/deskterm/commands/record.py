"""The record of a command: its keys, its words, where it may be pressed, and what kind it is."""

from collections.abc import Iterable
from enum import Flag, StrEnum, auto

from deskterm.value_class import dataclass


class Where(StrEnum):
    """The places a key may be pressed in."""

    LIST = "the list"
    TICKET = "an open ticket"
    SOP = "the SOP panel"
    COMPOSE = "composing"
    NOTE = "a note"
    REVIEW = "the review"
    BULK = "many replies"
    SEARCH = "search"
    OUTBOX = "the outbox"
    RADAR = "the radar"
    STOCK = "the back-in-stock list"
    INCIDENTS = "the incidents"
    INCIDENT = "an incident"
    TIMELINE = "a timeline"
    SIMILAR = "past tickets"
    RULES = "the rules"
    WEEK = "the self-review"
    QUESTIONS = "recurring questions"
    METRICS = "the metrics"
    BEHIND = "the tickets behind a figure"
    HELP = "help"
    PICKER = "a picker"
    SETUP = "setup"


DESK = frozenset({Where.LIST, Where.TICKET})
WRITING = frozenset({Where.COMPOSE, Where.NOTE, Where.SETUP})
ROWS = frozenset(Where) - WRITING - {Where.TICKET, Where.REVIEW, Where.BULK, Where.PICKER}
READ = ROWS | {Where.TICKET}
CHANGED = READ - {Where.HELP}
ANYWHERE = READ | {Where.REVIEW, Where.BULK}
INCIDENT = frozenset({Where.INCIDENT})
TYPED = frozenset({Where.COMPOSE, Where.NOTE})
COMPOSE, REVIEW, OUTBOX = frozenset({Where.COMPOSE}), frozenset({Where.REVIEW}), frozenset({Where.OUTBOX})


class CommandKind(Flag):
    """What a command does, for those who must know before it runs."""

    PLAIN = 0
    WRITES = auto()  # a desk that only reads refuses it at the first key
    ABOUT_TICKET = auto()  # of no use in an empty list
    MOVES = auto()  # moves the cursor and nothing else
    MANY = auto()  # works on a selection; the others are for one ticket
    COUNTS = auto()  # runs as often as a count before it says


WRITES, ABOUT_TICKET, MOVES = CommandKind.WRITES, CommandKind.ABOUT_TICKET, CommandKind.MOVES
MANY, COUNTS = CommandKind.MANY, CommandKind.COUNTS


@dataclass(frozen=True, slots=True)
class Command:
    """One thing a user can do. Without a `label` it stays out of the footer."""

    id: str
    keys: tuple[str, ...]
    label: str
    help: str
    where: frozenset[Where]
    kind: CommandKind = CommandKind.PLAIN

    @property
    def writes(self) -> bool:
        """Whether a desk that only reads must refuse it."""
        return CommandKind.WRITES in self.kind

    @property
    def about_ticket(self) -> bool:
        """Whether it needs a ticket."""
        return CommandKind.ABOUT_TICKET in self.kind

    @property
    def for_many(self) -> bool:
        """Whether it works on a selection."""
        return CommandKind.MANY in self.kind

    @property
    def counts(self) -> bool:
        """Whether a count before it says how often it runs."""
        return CommandKind.COUNTS in self.kind

    @property
    def moves(self) -> bool:
        """Whether it moves the cursor and does nothing else."""
        return CommandKind.MOVES in self.kind


def command(  # noqa: PLR0917 - the columns of a table
    name: str,
    keys: str,
    label: str,
    words: str,
    where: Iterable[Where],
    kind: CommandKind = CommandKind.PLAIN,
) -> Command:
    """The record of a command; its keys are separated by two spaces."""
    return Command(name, tuple(keys.split("  ")), label, words, frozenset(where), kind)

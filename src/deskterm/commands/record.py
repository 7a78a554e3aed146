"""The record of a command: its keys, its words, where it can be pressed, and what it does to the desk."""

from collections.abc import Iterable
from enum import Flag, StrEnum, auto

from deskterm.value_class import dataclass


class Where(StrEnum):
    """The places in which a key can be pressed; help writes "In " before the value."""

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
    TRIAL = "a rule's trial"
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
ANYWHERE = READ | {Where.REVIEW, Where.BULK}
INCIDENT = frozenset({Where.INCIDENT})
TYPED = frozenset({Where.COMPOSE, Where.NOTE})
COMPOSE, REVIEW, OUTBOX = frozenset({Where.COMPOSE}), frozenset({Where.REVIEW}), frozenset({Where.OUTBOX})


class CommandKind(Flag):
    """What a command does, for whoever must know before it runs."""

    PLAIN = 0
    WRITES = auto()  # a read-only desk refuses it
    ABOUT_TICKET = auto()  # needs a ticket
    MOVES = auto()  # moves the cursor and nothing else
    MANY = auto()  # works on a selection; others take one ticket
    COUNTS = auto()  # a count before it repeats it: `5j`


WRITES, ABOUT_TICKET, MOVES = CommandKind.WRITES, CommandKind.ABOUT_TICKET, CommandKind.MOVES
MANY, COUNTS = CommandKind.MANY, CommandKind.COUNTS


@dataclass(frozen=True, slots=True)
class Command:
    """One thing a user can do. Without a `label` it is not shown in the footer."""

    id: str
    keys: tuple[str, ...]
    label: str
    help: str
    where: frozenset[Where]
    kind: CommandKind = CommandKind.PLAIN

    @property
    def writes(self) -> bool:
        """Whether a read-only desk must refuse it."""
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
        """Whether a count before it repeats it."""
        return CommandKind.COUNTS in self.kind

    @property
    def moves(self) -> bool:
        """Whether it only moves the cursor."""
        return CommandKind.MOVES in self.kind


def command(  # noqa: PLR0917 - the columns of a table
    name: str,
    keys: str,
    label: str,
    words: str,
    where: Iterable[Where],
    kind: CommandKind = CommandKind.PLAIN,
) -> Command:
    """Make a record. `keys` are separated by two spaces; `words` is the help, one sentence."""
    return Command(name, tuple(keys.split("  ")), label, words, frozenset(where), kind)

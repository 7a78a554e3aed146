"""What intake is given and gives back."""

from dataclasses import field
from typing import NamedTuple

from deskterm.domain.messages import Address, Cue, Direction, MachineKind
from deskterm.domain.playbook import Playbook
from deskterm.domain.rules.rule import Rule
from deskterm.domain.tickets import Mood
from deskterm.storage.mail.folders import MailPlace
from deskterm.storage.mail.new_message import NewMessage
from deskterm.storage.mail.threads import Tie
from deskterm.value_class import dataclass


@dataclass(frozen=True, slots=True)
class Context:
    """What intake must know of the shop. `own` are all our addresses, casefolded; `now` is UTC seconds.

    `first_sync`: old mail is being read for the first time, newest first; its
    history is inferred afterwards, and what was last written in before
    `work_from` (UTC seconds) is history, not work.
    """

    own: frozenset[str]
    now: int
    playbook: Playbook = field(default_factory=Playbook)
    first_sync: bool = False
    work_from: int | None = None
    rules: tuple[Rule, ...] = ()


@dataclass(frozen=True, slots=True)
class Arrival:
    """What became of a mail: its message and ticket, and whether it was not here before."""

    message_id: int
    ticket_id: int
    new: bool


class ClassifiedMail(NamedTuple):
    """A mail as intake sees it: all that can be told without the database, ready to be stored.

    `at` is when it counts (UTC seconds). `customer` wrote it or was written to. `authors` are the
    addresses (keys) that must be known to a ticket for it to enter there, `people` all it names;
    ours are in neither. `base_subject` is empty where a subject must not join. `asks` are the order
    numbers it names, the one a form asked for first, `may_name` all that may be one; `calls` what may
    put it on top, `mood` how it sounds. `answers` says
    that it names mails it answers or reports about; `keys` are what it is tied by: its own first, 0
    for none, the `direct` next ones those it answers. `report` marks a bounce or the like: it goes where
    the mail it is about stands. `list_id` is the list it came through.
    """

    message: NewMessage
    message_id: str
    fingerprint: bytes
    subject: str
    channel: str
    place: MailPlace
    direction: Direction
    machine: MachineKind
    sender: str
    customer: Address
    authors: frozenset[str]
    people: frozenset[str]
    base_subject: str
    report: bool
    dispute: bool
    cues: tuple[Cue, ...]
    asks: tuple[str, ...]
    may_name: tuple[str, ...]
    calls: tuple[str, ...]
    mood: Mood
    list_id: str = ""
    aliases: tuple[str, ...] = ()  # addresses that it was written to and delivered for, none of ours
    blocked: bool = False

    @property
    def at(self) -> int:
        """When it counts (UTC seconds): arrival for mail in, sending for ours."""
        return self.message.at

    @property
    def keys(self) -> tuple[int, ...]:
        """The keys of its own Message-ID (0: none) and of those it answers or reports about."""
        return self.message.keys

    @property
    def answers(self) -> bool:
        """Whether it names mails that it answers or reports about."""
        return len(self.keys) > 1

    def tie(self, key: int) -> Tie:
        """How it names a Message-ID."""
        return self.tie_at(self.keys.index(key))

    def tie_at(self, place: int) -> Tie:
        """How it names the Message-ID at a place of `keys`."""
        return Tie.BEARS if place == 0 else Tie.ANSWERS if place <= self.message.direct else Tie.NAMES

    @property
    def identity(self) -> tuple[str, bytes]:
        """What tells one mail from another: its Message-ID and fingerprint."""
        return self.message_id, self.fingerprint

    @property
    def human(self) -> bool:
        """Whether a person wrote it."""
        return self.machine is MachineKind.HUMAN

    @property
    def for_customers(self) -> bool:
        """Whether a ticket that holds nothing else belongs among the customers' ones."""
        return self.human or self.dispute


class Fresh(NamedTuple):
    """A message that is new to a ticket: its row, when it came (UTC seconds), and what it is."""

    message: int
    at: int
    mail: ClassifiedMail

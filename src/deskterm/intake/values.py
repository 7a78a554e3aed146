"""The values that intake takes and returns."""

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
    """What intake must know about the shop. `own` are all our addresses, case-folded; `now` is UTC seconds.

    `first_sync`: old mail is being read for the first time, newest first; `history` writes its events
    afterwards. A ticket whose last mail is from before `work_from` (UTC seconds) is history, not work.
    """

    own: frozenset[str]
    now: int
    playbook: Playbook = field(default_factory=Playbook)
    first_sync: bool = False
    work_from: int | None = None
    rules: tuple[Rule, ...] = ()


@dataclass(frozen=True, slots=True)
class Arrival:
    """What became of a mail: its message and ticket, and whether it was new."""

    message_id: int
    ticket_id: int
    new: bool


class ClassifiedMail(NamedTuple):
    """A mail as intake sees it: everything that is known without the database, and the message to be stored.

    `customer` is who wrote it or, for ours, was written to. `authors` are the addresses (keys), one of which
    a ticket must name for the mail to enter it; `people` are all that the mail names. Our own are in neither.
    `base_subject` is empty where the subject must not join it to a ticket. `asks` are the order numbers it
    names, a form's first; `may_name` all numbers that may be one. `due_signals` may put it on top, `mood` is
    how it sounds. `report` marks a bounce or the like, which goes to the ticket of the mail it is about.
    `list_id` is the mailing list it came through.
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
    due_signals: tuple[str, ...]
    mood: Mood
    list_id: str = ""
    aliases: tuple[str, ...] = ()  # addresses it was sent to and delivered for that the owner has not listed
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
        """How it names the Message-ID with this key."""
        return self.tie_at(self.keys.index(key))

    def tie_at(self, place: int) -> Tie:
        """How it names the Message-ID at a place of `keys`."""
        return Tie.BEARS if place == 0 else Tie.ANSWERS if place <= self.message.direct else Tie.NAMES

    @property
    def identity(self) -> tuple[str, bytes]:
        """Two mails are the same if their Message-ID and fingerprint are."""
        return self.message_id, self.fingerprint

    @property
    def human(self) -> bool:
        """Whether a person wrote it."""
        return self.machine is MachineKind.HUMAN

    @property
    def for_customers(self) -> bool:
        """Whether a ticket with only this mail belongs among the customers' tickets."""
        return self.human or self.dispute


class Fresh(NamedTuple):
    """A message that is new in a ticket: its id, when it came (UTC seconds), and its mail."""

    message: int
    at: int
    mail: ClassifiedMail

"""What intake is given and gives back."""

from dataclasses import field

from deskterm.domain.playbook import Playbook
from deskterm.domain.rules.rule import Rule
from deskterm.mail.values import Mail
from deskterm.storage.mail.folders import MailPlace
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
class FoundMail:
    """One mail as sync found it. `raw` are its bytes.

    `arrived_at` is when the server got it (UTC seconds): INTERNALDATE, or a file's mtime.
    """

    mail: Mail
    raw: bytes
    place: MailPlace
    arrived_at: int


@dataclass(frozen=True, slots=True)
class Arrival:
    """What became of a mail: its message and ticket, and whether it was not here before."""

    message_id: int
    ticket_id: int
    new: bool

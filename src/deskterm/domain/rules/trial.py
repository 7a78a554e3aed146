"""The result of trying a rule on past mail."""

from deskterm.domain.rules.letters import LetterKind
from deskterm.domain.tickets import Row
from deskterm.value_class import dataclass


@dataclass(frozen=True, slots=True)
class TrialTicket:
    """A ticket that a rule would have run on. `otherwise`: the owner did something else with it.

    `stopped` is why no letter would have been sent, "" if one would.
    """

    row: Row
    otherwise: bool
    stopped: str = ""


@dataclass(frozen=True, slots=True)
class Trial:
    """A rule tried on the last `days`: the ids of the mails it would have run on, and their tickets.

    `kind` is that of its letter, None without one. `answered` are the mails that its letter could have
    answered; what the review would have said at the time is not known.
    """

    rule: str
    days: int
    messages: tuple[int, ...]
    tickets: tuple[TrialTicket, ...]
    kind: LetterKind | None = None
    answered: tuple[int, ...] = ()

    @property
    def mails(self) -> int:
        """How many mails it would have run on."""
        return len(self.messages)

    @property
    def otherwise(self) -> int:
        """How many of the tickets the owner treated differently."""
        return sum(one.otherwise for one in self.tickets)

    @property
    def words(self) -> str:
        """For the owner: `12 mails of 10 tickets in 90 days; you did otherwise with 3`."""
        if not self.mails:
            return f"no mail of the last {self.days} days"
        head = f"{_count(self.mails, 'mail')} of {_count(len(self.tickets), 'ticket')} in {self.days} days"
        if self.kind is None:
            return head + (f"; you did otherwise with {self.otherwise}" if self.otherwise else "")
        would = _WOULD[self.kind].format(len(self.answered))
        did = f", of which you answered {self.otherwise} otherwise" if self.otherwise else ""
        return f"{head}; {would}{did}"


_WOULD = {
    LetterKind.DRAFT: "would have drafted {}",
    LetterKind.SEND: "would have answered {}",
    LetterKind.ACKNOWLEDGE: "would have acknowledged {}",
}


def _count(many: int, noun: str) -> str:
    return f"{many} {noun}{'s'[: many != 1]}"

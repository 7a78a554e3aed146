"""What a rule would have done with mail that is here, as values."""

from dataclasses import dataclass

from deskterm.domain.tickets import Row


@dataclass(frozen=True, slots=True)
class TrialTicket:
    """A ticket that a rule would have run on. `otherwise` says that the owner did something else with it."""

    row: Row
    otherwise: bool


@dataclass(frozen=True, slots=True)
class Trial:
    """A rule tried on the last `days`: how many mails it would have run on, and their tickets."""

    rule: str
    days: int
    mails: int
    tickets: tuple[TrialTicket, ...]

    @property
    def otherwise(self) -> int:
        """How many of the tickets the owner treated otherwise."""
        return sum(one.otherwise for one in self.tickets)

    @property
    def words(self) -> str:
        """For the owner: `12 mails of 10 tickets in 90 days; you did otherwise with 3`."""
        if not self.mails:
            return f"no mail of the last {self.days} days"
        mails = f"{self.mails} mail{'s'[: self.mails != 1]}"
        tickets = f"{len(self.tickets)} ticket{'s'[: len(self.tickets) != 1]}"
        did = f"; you did otherwise with {self.otherwise}" if self.otherwise else ""
        return f"{mails} of {tickets} in {self.days} days{did}"

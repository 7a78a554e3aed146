"""How things stand, computed once: how far mail and orders are complete, what waits, what fails."""

from deskterm.domain.outbox_needs import OutboxNeed
from deskterm.domain.sources import Failure, Source, SourcePart
from deskterm.value_class import dataclass


@dataclass(frozen=True, slots=True)
class SourceState:
    """How far one source is complete. Times are UTC seconds, 0 for never.

    `failure` decides, `words` and `todo` are for the owner.
    """

    source: Source
    complete_to: int
    failing_since: int | None = None
    words: str = ""
    todo: str = ""
    failure: Failure = Failure.NONE
    left_out: tuple[str, ...] = ()  # orders that could not be read: place, number, reason

    @property
    def name(self) -> str:
        """What the owner knows it by. Decisions rest on `source`."""
        return self.source.words

    @property
    def is_reading(self) -> bool:
        """Whether it says how far mail or orders are read; other duties say nothing of that."""
        return self.source.part is SourcePart.READING


@dataclass(frozen=True, slots=True)
class Truth:
    """What the status line says. Replies planned for later are counted apart: nothing of theirs hangs.

    `next_send_at` is when the first reply goes that can still be taken back; `next_try_at` counts
    those that were tried before, too.
    `needs` is what of the outbox needs the owner. All times are UTC seconds.
    """

    mail: tuple[SourceState, ...]
    orders: tuple[SourceState, ...]
    queued: int
    sending: int
    refused: int
    uncertain: int
    next_send_at: int | None = None
    later: int = 0
    next_planned_at: int | None = None
    next_try_at: int | None = None
    needs: tuple[OutboxNeed, ...] = ()

    @property
    def all_mail_is_here(self) -> bool:
        """Whether each account was read to its end at least once."""
        return bool(self.mail) and all(one.complete_to > 0 for one in self.mail)

    @property
    def needs_owner(self) -> bool:
        """Whether anything fails, or a reply gets no further by itself."""
        return bool(self.failing or self.needs)

    @property
    def due_at(self) -> int | None:
        """When the next reply may go, planned or not; None when none waits."""
        known = [at for at in (self.next_try_at, self.next_planned_at) if at is not None]
        return min(known, default=None)

    @property
    def failing(self) -> tuple[SourceState, ...]:
        """The sources that fail now."""
        return tuple(source for source in (*self.mail, *self.orders) if source.failing_since is not None)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a running pass is. `total` is 0 while unknown; `words` names what it does."""

    words: str
    done: int = 0
    total: int = 0
    started_at: float = 0.0

"""Rules as values: which mail a rule is for, and what it does to the ticket."""

from deskterm.domain.query.terms import Query
from deskterm.domain.rules.letters import Caps, LetterKind
from deskterm.domain.tickets import Priority, Status
from deskterm.value_class import dataclass

USUAL_CAPS = Caps()


@dataclass(frozen=True, slots=True)
class RuleLetter:
    """The macro of a rule's letter, and whether it is sent or only drafted."""

    kind: LetterKind
    macro: str


@dataclass(frozen=True, slots=True)
class RuleEffects:
    """What a rule changes; empty and None change nothing. `snooze_days` counts from when it runs."""

    tags: tuple[str, ...] = ()
    category: str = ""
    status: Status | None = None
    snooze_days: int = 0
    priority: Priority | None = None
    sop: str = ""
    letter: RuleLetter | None = None

    @property
    def words(self) -> str:
        """For the owner: `tag vip, category damaged`."""
        parts = [f"tag {', '.join(self.tags)}"] if self.tags else []
        parts += [f"category {self.category}"] if self.category else []
        parts += [f"priority {self.priority.name.lower()}"] if self.priority is not None else []
        parts += [str(self.status)] if self.status else []
        days = f"{self.snooze_days} day{'s'[: self.snooze_days != 1]}"
        parts += [f"snoozed {days}"] if self.snooze_days else []
        parts += [f"SOP {self.sop}"] if self.sop else []
        return ", ".join([*parts, *([f"{self.letter.kind} {self.letter.macro}"] if self.letter else [])])


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule, which runs on customers' new mail that `query` finds, if it is `on`.

    `last`: after it no other rule runs on the same mail.
    """

    name: str
    when: str  # the query as it was written
    query: Query
    effects: RuleEffects
    on: bool = False
    last: bool = False


@dataclass(frozen=True, slots=True)
class RulesRead:
    """The rules that can run, in their order, and the problems of others as (name, words).

    `sending`: rules with `send` may send; otherwise they only leave drafts.
    """

    rules: tuple[Rule, ...] = ()
    problems: tuple[tuple[str, str], ...] = ()
    first_only: bool = False
    sending: bool = False
    caps: Caps = USUAL_CAPS

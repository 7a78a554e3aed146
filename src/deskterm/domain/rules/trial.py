"""The result of trying a rule on past mail."""

from collections.abc import Iterator

from deskterm.domain.query.terms import QueryField
from deskterm.domain.rules.letters import LetterKind
from deskterm.domain.rules.rule import Rule
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
    answered. `unknown` says what of the past no trial can tell.
    """

    rule: str
    days: int
    messages: tuple[int, ...]
    tickets: tuple[TrialTicket, ...]
    kind: LetterKind | None = None
    answered: tuple[int, ...] = ()
    unknown: tuple[str, ...] = ()

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


_UNKNOWN = (
    (
        {(QueryField.GOODS, "unpaid"), (QueryField.PARCEL, "late")},
        "whether an order was paid then: it counts as it is today",
    ),
    (
        {(QueryField.PARCEL, "moving"), (QueryField.PARCEL, "silent")},
        "all scans of a parcel but the last: one that was scanned since counts as moving",
    ),
    (
        {(QueryField.STATUS, "draft"), (QueryField.HAS, "draft")},
        "drafts that were sent or discarded since: only those still here count",
    ),
    (
        {(QueryField.STATUS, "due")},
        "changes of orders that have shipped since, and snoozes that had just ended",
    ),
    ({(QueryField.DURING, word) for word in ("open", "closed", "holiday")}, "hours other than today's"),
)  # words of a rule's condition, and what is not known of them  # fmt: skip
_LINES = (QueryField.SKU, QueryField.PRODUCT)


def list_unknown(rule: Rule) -> Iterator[str]:
    """What of the past a trial of a rule cannot know, each as the end of a sentence."""
    if rule.effects.letter is not None and rule.effects.letter.kind is not LetterKind.DRAFT:
        yield "what the review would have said: a letter that is not green stays a draft, or is not written"
    asked = {(term.field, value.casefold()) for term in rule.query.terms for value in term.values}
    yield from (words for named, words in _UNKNOWN if named & asked)
    if any(term.field in _LINES for term in rule.query.terms):
        yield "an order's lines before they were changed"


def _count(many: int, noun: str) -> str:
    return f"{many} {noun}{'s'[: many != 1]}"

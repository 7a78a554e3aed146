"""FAQ entries: a question, and an answer that is true for everybody."""

from collections.abc import Iterable, Sequence

from deskterm.domain.knowledge.themes import DAY, CustomerQuestion
from deskterm.domain.suggest.phrases import contains_phrase
from deskterm.value_class import dataclass

SPAN = 56 * DAY  # compared before and after an entry's publication
YOUNGEST, FEWEST_ORDERS = 14 * DAY, 10


@dataclass(frozen=True, slots=True)
class FaqEntry:
    """`id` is the file's stem. The answer is the text of `macro`, or `body` if there is no macro.

    `since` is the day (`2026-11-30`) of its publication, "" if unpublished. Tickets with `words` ask it; an
    entry without words and macro is asked by all tickets of its category. `allowed` are words that are not
    customers' names here.
    """

    id: str
    question: str
    body: str = ""
    macro: str = ""
    topic: str = ""
    category: str = ""
    since: str = ""
    words: tuple[str, ...] = ()
    allowed: tuple[str, ...] = ()

    def asks(self, one: CustomerQuestion) -> bool:
        """Whether a customer's message asks this question."""
        if self.macro and one.macro == self.macro:
            return True
        if self.words:
            return contains_phrase(f"{one.subject}\n{one.text}", self.words)
        return not self.macro and bool(self.category) and one.category == self.category


@dataclass(frozen=True, slots=True)
class FaqAnswer:
    """An entry with the text to publish, or the reason why it may not be published.

    `left_out` are sentences of its macro that speak to one person.
    """

    entry: FaqEntry
    text: str = ""
    refused: str = ""
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FaqDraft:
    """The result of drafting an entry: its id, a sentence about what was done, whether to open the editor."""

    id: str
    words: str
    unfinished: bool = False
    action: int = 0  # id for undo, 0 if nothing was written


@dataclass(frozen=True, slots=True)
class FaqEffect:
    """Tickets with a question, and orders, in the eight weeks before its entry and since."""

    entry: FaqEntry
    before: tuple[int, ...]
    orders_before: int
    after: tuple[int, ...]
    orders_after: int
    days: int

    @property
    def words(self) -> str:
        """`How do I send it back?: 4.2 tickets per 100 orders before, 1.1 since (12 of 286, 3 of 270)`."""
        if self.days * DAY < YOUNGEST:
            return f"{self.entry.question}: too young to tell, published {self.days} days ago"
        if min(self.orders_before, self.orders_after) < FEWEST_ORDERS:
            return f"{self.entry.question}: too few orders to tell"
        before, after = len(self.before), len(self.after)
        return (
            f"{self.entry.question}: {100 * before / self.orders_before:.1f} tickets per 100 orders before, "
            f"{100 * after / self.orders_after:.1f} in {self.days} days since ({before} of "
            f"{self.orders_before:,} orders, {after} of {self.orders_after:,})"
        )


def effect_of(
    entry: FaqEntry, published: int, now: int, asked: Sequence[CustomerQuestion], orders: Iterable[int]
) -> FaqEffect:
    """What an entry published at a time (UTC seconds) changed. `orders` are the times they were placed at."""
    end = min(now, published + SPAN)
    before = tuple(
        one.ticket_id for one in asked if published - SPAN <= one.at < published and entry.asks(one)
    )
    after = tuple(one.ticket_id for one in asked if published <= one.at < end and entry.asks(one))
    placed = list(orders)
    return FaqEffect(
        entry,
        before,
        sum(published - SPAN <= at < published for at in placed),
        after,
        sum(published <= at < end for at in placed),
        max(0, end - published) // DAY,
    )

"""The self-review: three answered tickets of the last week, each with the owner's questions."""

from collections.abc import Iterable
from typing import NamedTuple

from textual.widget import Widget

from deskterm.actions.work import Work
from deskterm.commands.record import Where
from deskterm.domain.rules.self_review import SelfReview
from deskterm.screens.base.list_screen import ListScreen
from deskterm.screens.base.messages import Open
from deskterm.screens.base.ticket_items import ticket_item
from deskterm.widgets.drawing.cells import fit, wrap
from deskterm.widgets.drawing.lines import Bit, DrawnLine, line
from deskterm.widgets.rows import Item, Rows

_SIGNS = {None: ("·  ", "dim"), True: ("✓  ", "green"), False: ("✗  ", "amber")}
_NOTHING = "No ticket was answered in the last week, so there is nothing to review."
_HOW = (
    "Drawn at random. {open-row} opens a ticket; {answer-question} on a question says yes, then no. "
    "The questions are yours: one per line in self-review.txt beside config.toml."
)


class QuestionKey(NamedTuple):
    """The key of a question's row."""

    ticket_id: int
    question: str


class SelfReviewScreen(ListScreen[None]):
    """Three tickets' letters against the owner's questions; the answers are counted in the week's figures."""

    WHERE = Where.WEEK
    PLACE = "self-review"
    CSS_PATH = "../outbox.tcss"

    def __init__(self, work: Work) -> None:
        super().__init__(work)
        self.review = SelfReview("", (), ())

    def body(self) -> Iterable[Widget]:
        """The list."""
        yield Rows(ident="rows")

    def refresh_desk(self) -> None:
        """Read it again."""
        self.review = self.work.desk.automation.self_reviews.last_week(self.work.now())
        self.rows.show(self._items)

    def _items(self, width: int) -> list[Item]:
        head = f"  {self.review.week}" + (f": {self.review.words}" if self.review.words else "")
        lines = [DrawnLine.of(head, bold=True)]
        about = self.work.with_keys(_HOW) if self.review.tickets else _NOTHING
        lines += [DrawnLine.of("  " + text, "dim") for text in wrap(about, width - 4)]
        items = [Item(tuple(lines))]
        for row in self.work.desk.inbox.rows(self.review.tickets):
            items.append(Item((DrawnLine(),)))
            items.append(ticket_item(row, self.work, width, key=row.ticket_id))
            items += [self._question(row.ticket_id, one, width) for one in self.review.questions]
        return items

    def _question(self, ticket: int, question: str, width: int) -> Item:
        sign, shade = _SIGNS[self.review.kept.get((ticket, question))]
        return Item(
            (line(Bit("       "), Bit(sign, shade), Bit(fit(question, max(0, width - 11)))),),
            QuestionKey(ticket, question),
        )

    def do_open_row(self) -> None:
        """Open the ticket, or the ticket of the question."""
        key = self.rows.key
        ticket = key.ticket_id if isinstance(key, QuestionKey) else key
        if isinstance(ticket, int):
            self.post_message(Open(ticket, self.review.tickets))

    async def do_answer_question(self) -> None:
        """Answer yes, then no, then nothing."""
        key = self.rows.key
        if isinstance(key, QuestionKey):
            done = await self.work.write(self.work.desk.automation.self_reviews.answer, *key, self.work.now())
            self.refresh_desk()
            self.tell(done.words)
        else:
            self.tell(self.work.with_keys("{answer-question} answers a question below the ticket."), "amber")

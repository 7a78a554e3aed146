"""The self-review: three answered tickets of the last week against the owner's own questions."""

from datetime import timedelta

from deskterm.desk.shop import DeskContext
from deskterm.domain.figures.periods import midnight
from deskterm.domain.rules.self_review import SelfReview, draw, read_questions
from deskterm.domain.views import Done
from deskterm.storage import tickets
from deskterm.storage.rules import self_review
from deskterm.storage.rules.self_review import ReviewAnswer

FILE = "self-review.txt"


class SelfReviews:
    """The self-review of a week, with its stored answers."""

    def __init__(self, shop: DeskContext) -> None:
        self._shop = shop

    def last_week(self, now: int) -> SelfReview:
        """The tickets of the last full ISO week, with the answers so far."""
        today = self._shop.formats.local(now).date()
        monday = today - timedelta(days=today.weekday() + 7)
        year, number, _ = monday.isocalendar()
        week, zone = f"{year}-W{number:02}", self._shop.formats.zone
        with self._shop.db.read() as tx:
            start, end = midnight(monday, zone), midnight(monday + timedelta(days=7), zone)
            kept = self_review.kept_of(tx, week)
            begun = tuple(dict.fromkeys(tickets.root(tx, ticket) for ticket, _ in kept))
            drawn = draw(week, self_review.answered_tickets(tx, start, end))
        return SelfReview(week, tuple(dict.fromkeys((*drawn, *begun))), self.questions(), kept)

    def questions(self) -> tuple[str, ...]:
        """The owner's questions: the lines of `self-review.txt` beside config.toml, else five standard."""
        try:
            return read_questions((self._shop.home.config_folder / FILE).read_text("utf-8-sig"))
        except (OSError, UnicodeDecodeError):
            return read_questions("")

    def answer(self, ticket_id: int, question: str, now: int) -> Done:
        """Answer yes, then no, then nothing, to one question about one ticket."""
        review = self.last_week(now)
        following = {None: True, True: False, False: None}[review.kept.get((ticket_id, question))]
        with self._shop.db.write() as tx:
            self_review.keep(tx, ReviewAnswer(review.week, ticket_id, question, following), now)
        words = {True: "yes", False: "no", None: "not answered"}[following]
        return Done(f"{question}: {words}")

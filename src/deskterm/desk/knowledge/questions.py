"""The questions that come again and again: their themes, what grows, and what is still typed by hand."""

from collections.abc import Sequence

from deskterm.desk.answers.habits import Habit, describe_habit
from deskterm.desk.reply import text as writing
from deskterm.desk.shop import DeskContext
from deskterm.domain.knowledge.clusters import find_clusters
from deskterm.domain.knowledge.themes import DAY, CustomerQuestion, Theme, count_words, in_order, make_theme
from deskterm.domain.suggest.habits import find_habits
from deskterm.domain.suggest.suggest import question_text
from deskterm.storage.answers import questions, sent
from deskterm.storage.answers.sent import SentAnswer
from deskterm.storage.schema.database import Tx
from deskterm.value_class import dataclass

_MOST, _LOOKED_BACK = 10_000, 365 * DAY
_THANKS = "thanks"  # the category of mails that ask nothing
_TYPED = 3  # times from which an answer is one to make a macro of


@dataclass(frozen=True, slots=True)
class AskedTheme:
    """A theme and the answer to it that was typed three times or more without a macro, if there is one."""

    theme: Theme
    typed: Habit | None = None


@dataclass(frozen=True, slots=True)
class RecurringQuestions:
    """What the questions of a year come to: how many were read, and their themes."""

    read: int
    themes: tuple[AskedTheme, ...]

    @property
    def words(self) -> str:
        """`408 questions: 23 themes, 2 of them grow, 3 answers are typed by hand`."""
        grow = sum(one.theme.grows for one in self.themes)
        typed = sum(one.typed is not None for one in self.themes)
        kind = "theme" if len(self.themes) == 1 else "themes"
        return f"{self.read:,} questions: {len(self.themes)} {kind}, {grow} growing, {typed} typed by hand"


class Questions:
    """Finding them. It takes seconds for thousands, and writes nothing."""

    def __init__(self, shop: DeskContext) -> None:
        self._shop = shop

    def find(self, now: int) -> RecurringQuestions:
        """The themes among the questions of the last year; those that grow first, then by size."""
        with self._shop.db.read() as tx:
            found = questions.asked_since(tx, now - _LOOKED_BACK, _MOST)
            listed = [one for one in found if one.category != _THANKS]
            typed = self._find_typed(tx, listed)
        alike = {one.message: f"typed {place}" for place, group in enumerate(typed) for one in group}
        groups = find_clusters(
            [question_text(one.subject, one.text) for one in listed],
            [one.macro or alike.get(one.answered or 0, "") for one in listed],
            [one.category for one in listed],
        )
        everywhere = count_words(listed)
        themes = in_order(
            [make_theme([listed[place] for place in group], everywhere, now) for group in groups]
        )
        return RecurringQuestions(len(listed), tuple(self._with_typed(one, typed) for one in themes))

    def _find_typed(self, tx: Tx, listed: Sequence[CustomerQuestion]) -> list[list[SentAnswer]]:
        """The answers that were typed without a macro, those that are one text together."""
        by_hand = [one.answered for one in listed if one.answered is not None and not one.macro]
        signature = self._shop.settings.shop.signature
        answers = sent.by_ids(tx, by_hand)
        texts = [writing.remove_signature(one.text, signature) for one in answers]
        return [[answers[place] for place in group] for group in find_habits(texts)]

    def _with_typed(self, theme: Theme, typed: Sequence[Sequence[SentAnswer]]) -> AskedTheme:
        """The theme with the answer that was typed most often for it; with none below three times."""
        own = set(theme.by_hand)
        shared = [[one for one in group if one.message in own] for group in typed]
        most = max(shared, key=len, default=[])
        if len(most) < _TYPED:
            return AskedTheme(theme)
        with self._shop.db.read() as tx:
            return AskedTheme(theme, describe_habit(tx, self._shop, most))

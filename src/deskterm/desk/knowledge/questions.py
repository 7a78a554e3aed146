"""Recurring questions: their themes, which are growing, and which are still answered by hand."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from deskterm.desk.answers.habits import Habit, describe_habit
from deskterm.desk.reply import text as writing
from deskterm.desk.shop import DeskContext
from deskterm.domain.desk_state import ProgressReporter
from deskterm.domain.knowledge.clusters import FEWEST, find_clusters
from deskterm.domain.knowledge.themes import (
    DAY,
    CustomerQuestion,
    Theme,
    in_order,
    make_theme,
    of_one_matter,
    shared_by_most,
)
from deskterm.domain.knowledge.typical import asks, count_words, typical_question
from deskterm.domain.playbook import Playbook
from deskterm.domain.sops.sop import Sop
from deskterm.domain.suggest.habits import find_habits
from deskterm.domain.suggest.suggest import Request, offer_answers, question_text, sop_for
from deskterm.storage.answers import questions, sent
from deskterm.storage.answers.sent import SentAnswer
from deskterm.storage.schema.database import Tx
from deskterm.value_class import dataclass

_MOST, _LOOKED_BACK = 10_000, 365 * DAY
_THANKS = "thanks"  # the category of mails that ask nothing
_LOOKED_AT = 12  # a theme's most typical questions, used for naming it
_TYPED = 3  # times an answer must be typed to suggest a macro


@dataclass(frozen=True, slots=True)
class AskedTheme:
    """A theme, and the answer typed for it three times or more without a macro, if there is one.

    `name` is the title of the macro that answered most of its questions, or of their SOP; else their
    category, else a question. `ready` is the id of a macro that fits its questions although it was not used,
    `ready_title` its title. `typed_for` is what those asked who got the typed answer.
    """

    theme: Theme
    name: str
    typed: Habit | None = None
    ready: str = ""
    ready_title: str = ""
    typed_for: str = ""

    @property
    def macro(self) -> str:
        """The id of the macro that answered it, else of the one that fits."""
        return self.theme.macro or self.ready


@dataclass(frozen=True, slots=True)
class RecurringQuestions:
    """The questions of a year: how many were read, and their themes."""

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
    """Finds recurring questions. Takes seconds for thousands, and writes nothing."""

    def __init__(self, shop: DeskContext) -> None:
        self._shop = shop

    def find(self, now: int, reporter: ProgressReporter | None = None) -> RecurringQuestions:
        """The themes of the last year's questions; growing ones first, then by size."""
        reporter = reporter or ProgressReporter()
        reporter.begin("Reading a year of questions")
        with self._shop.db.read() as tx:
            found = questions.asked_since(tx, now - _LOOKED_BACK, _MOST)
            listed = [one for one in found if one.category != _THANKS]
            typed = self._find_typed(tx, listed)
        alike = {one.message: f"typed {place}" for place, group in enumerate(typed) for one in group}
        answers = [one.macro or alike.get(one.answered or 0, "") for one in listed]
        reporter.begin("Reading a year of questions", len(listed))
        groups = find_clusters(
            reporter.each(
                [question_text(one.subject, one.text) for one in listed], then="Comparing the questions"
            ),
            answers,
            [one.category for one in listed],
        )
        everywhere, found_themes = count_words([one.text for one in listed]), {}
        for group in groups:
            kept = of_one_matter(
                [listed[place].category for place in group], [answers[place] for place in group]
            )
            asked = [listed[group[place]] for place in kept]
            if len(asked) >= FEWEST:
                found_themes[make_theme(asked, everywhere, now)] = asked
        themes = in_order(list(found_themes))
        return RecurringQuestions(
            len(listed), tuple(self._describe(one, found_themes[one], typed, everywhere) for one in themes)
        )

    def macro_file(self, macro_id: str) -> Path | None:
        """The file of a macro; None if it does not exist."""
        macro = self._shop.playbook.current().macros.get(macro_id)
        if macro is None:
            return None
        path = self._shop.home.config_folder / "macros" / macro.folder / f"{macro.id}.md"
        return path if path.exists() else None

    def _find_typed(self, tx: Tx, listed: Sequence[CustomerQuestion]) -> list[list[SentAnswer]]:
        """The answers typed without a macro, equal texts grouped."""
        by_hand = [one.answered for one in listed if one.answered is not None and not one.macro]
        store = self._shop.settings.shop
        answers = sent.by_ids(tx, dict.fromkeys(by_hand))
        texts = [writing.remove_sign_off(one.text, store) for one in answers]
        return [[answers[place] for place in group] for group in find_habits(texts)]

    def _describe(
        self,
        theme: Theme,
        asked: Sequence[CustomerQuestion],
        typed: Sequence[Sequence[SentAnswer]],
        everywhere: Mapping[str, int],
    ) -> AskedTheme:
        """The theme with its name and the answer most often typed for it (three times or more).

        `asked` are its questions, the most typical one first, `everywhere` the words of all questions.
        """
        playbook, typical = self._shop.playbook.current(), asked[:_LOOKED_AT]
        name, ready = _name_of(theme, typical, playbook), _ready_for(theme, typical, playbook)
        found = AskedTheme(
            theme, name, ready=ready, ready_title=playbook.macros[ready].title if ready else ""
        )
        own = set(theme.by_hand)
        most = max(([one for one in group if one.message in own] for group in typed), key=len, default=[])
        if len(most) < _TYPED:
            return found
        answers = {one.message for one in most}
        question = typical_question([one.text for one in asked if one.answered in answers], everywhere)
        return replace(found, typed=self._make_habit(most, question), typed_for=question)

    def _make_habit(self, answers: list[SentAnswer], question: str) -> Habit:
        """The answer typed again and again, titled by what was asked, if that is a question."""
        with self._shop.db.read() as tx:
            habit = describe_habit(tx, self._shop, answers)
        return replace(habit, title=question) if asks(question) else habit


def _name_of(theme: Theme, asked: Sequence[CustomerQuestion], playbook: Playbook) -> str:
    if theme.macro in playbook.macros:
        return playbook.macros[theme.macro].title
    fitting = [sop_for(one.category, f"{one.subject}\n{one.text}", playbook) for one in asked]
    category = f"{theme.category[:1].upper()}{theme.category[1:]}"
    return shared_by_most([_title_of(one) for one in fitting]) or category or theme.question


def _title_of(sop: Sop | None) -> str:
    """The title of an SOP for one category alone; one for several says less than the category."""
    return sop.title if sop and len(sop.categories) <= 1 else ""


def _ready_for(theme: Theme, asked: Sequence[CustomerQuestion], playbook: Playbook) -> str:
    """The id of the macro of the theme's category that is suggested for most of the questions."""
    offers = [
        offer_answers(Request(one.text, one.subject, one.category), playbook).macros[:1] for one in asked
    ]
    most = shared_by_most(["".join(one) for one in offers])
    fits = bool(most and theme.category) and playbook.macros[most].category == theme.category
    return most if fits else ""

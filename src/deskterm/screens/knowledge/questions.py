"""The recurring questions: which are growing, and which are still answered by hand."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from textual.widget import Widget

from deskterm.actions.work import Work
from deskterm.commands.record import Where
from deskterm.domain.desk_state import Progress, ProgressReporter
from deskterm.domain.views import Done
from deskterm.screens.base.command_runner import tell_failures
from deskterm.screens.base.lend_terminal import lend_terminal
from deskterm.screens.base.list_screen import ListScreen
from deskterm.screens.figure_tickets import FigureTicketsScreen
from deskterm.screens.rules.edit_file import edit_file
from deskterm.screens.ticket_groups import TicketGroup
from deskterm.widgets.drawing.cells import cell_len, fit, fit_right, wrap
from deskterm.widgets.drawing.lines import Bit, DrawnLine, line
from deskterm.widgets.drawing.progress import progress_line
from deskterm.widgets.rows import Item, Rows

if TYPE_CHECKING:
    from deskterm.desk.knowledge.questions import AskedTheme, RecurringQuestions
    from deskterm.domain.knowledge.themes import Theme

_EMPTY = "No question has come three times yet."
_COUNT, _WEEK = 6, 22
_LEAST_ASKED = 12  # cells of a question beside its theme: less of it says nothing


class QuestionsScreen(ListScreen[None]):
    """The themes: Enter shows the tickets, `m` makes a macro of the answer, `f` a FAQ entry."""

    WHERE = Where.QUESTIONS
    PLACE = "questions"
    CSS_PATH = "../outbox.tcss"

    def __init__(self, work: Work) -> None:
        super().__init__(work)
        self.found: RecurringQuestions | None = None
        self.made: dict[Theme, Done] = {}  # what was last done here with a theme
        self._drafts: dict[Theme, str] = {}  # its FAQ entry
        self._kept: dict[Theme, int] = {}  # those whose answer is a macro now, with the action
        self._finding = False
        self._progress = Progress("Reading a year of questions")

    def body(self) -> Iterable[Widget]:
        """The themes."""
        yield Rows(ident="rows")

    def refresh_desk(self) -> None:
        """Read the questions once, in the background: thousands take seconds. Forget what was undone."""
        self.made = {theme: done for theme, done in self.made.items() if self._is_in_effect(done.action)}
        self._kept = {theme: action for theme, action in self._kept.items() if self._is_in_effect(action)}
        self.rows.show(self._items)
        if self.found is None and not self._finding:
            self._finding = True
            self.run_worker(tell_failures(self, self._read()), group="questions")

    async def _read(self) -> None:
        try:
            reporter = ProgressReporter(self.work.on_this_thread(self._show_progress), self.work.clock)
            found = await self.work.read(self.work.desk.questions.find, self.work.now(), reporter)
        finally:
            self._finding = False
        if self.stands:
            self.found = found
            self.rows.show(self._items)
            self.call_after_refresh(self.show_keys)

    def _show_progress(self, progress: Progress) -> None:
        self._progress = progress
        if self.stands and self.found is None:
            self.rows.show(self._items)

    def _items(self, width: int) -> list[Item]:
        if self.found is None:
            return [Item((progress_line(self._progress, self.work.clock(), width),))]
        if not self.found.themes:
            return [Item(tuple(DrawnLine.of("  " + text, "dim") for text in wrap(_EMPTY, width - 4)))]
        head = Item((DrawnLine.of("  " + fit(self.found.words, width - 4), "dim"), DrawnLine()))
        return [head, *(self._item(place, one, width) for place, one in enumerate(self.found.themes))]

    def _item(self, place: int, one: "AskedTheme", width: int) -> Item:
        theme = one.theme
        week = f"{theme.week} this week, usually {theme.usual:.1f}".replace(".0", "")
        room = max(0, width - _COUNT - _WEEK - 8)
        name = fit(one.name, min(room, cell_len(one.name)))
        rest = room - cell_len(name)
        asked = "" if one.name == theme.question or rest < _LEAST_ASKED else f"  “{theme.question}”"
        first = line(
            Bit(fit_right(str(len(theme.tickets)), _COUNT), bold=True),
            Bit("  " + name, "text", bold=theme.grows),
            Bit(fit(asked, rest), "dim"),
            Bit("  " + fit_right(week, _WEEK + 4), "amber" if theme.grows else "dim"),
        )
        outcome = self.made[theme].words if theme in self.made else ""
        second = self._answer(one)
        shade = "green" if outcome else "accent" if one.typed and not one.ready else "dim"
        indent = " " * (_COUNT + 2)
        return Item(
            (first, DrawnLine.of(fit(indent + (outcome or second), width), shade), DrawnLine()), place + 1
        )

    def _answer(self, one: "AskedTheme") -> str:
        if one.typed and one.ready:
            return f"typed {one.typed.count} times although there is a macro “{one.ready_title}”"
        if one.typed:
            return f"typed {one.typed.count} times without a macro: “{one.typed.title}”"
        if one.theme.macro:
            return f"answered by the macro {one.theme.macro}"
        return "answered differently each time" if one.theme.by_hand else "not answered yet"

    @property
    def chosen(self) -> "AskedTheme | None":
        """The theme under the cursor."""
        place = self.rows.key
        if self.found is None or not isinstance(place, int) or not 0 < place <= len(self.found.themes):
            return None
        return self.found.themes[place - 1]

    def do_open_row(self) -> None:
        """Show the theme's tickets and how customers ask."""
        if one := self.chosen:
            asked = tuple(" ".join(text.split())[:200] for text in one.theme.examples)
            group = TicketGroup(one.name, asked, one.theme.tickets)
            self.app.push_screen(FigureTicketsScreen(self.work, group))

    async def do_make_macro(self) -> None:
        """Make a macro of the typed answer, or open the macro there is."""
        one = self.chosen
        if one is None:
            return
        there = self.work.desk.questions.macro_file(one.macro) if one.macro else None
        if there is not None:
            self._edit(there)
            self.tell(f"Its macro is macros/{there.name}.")
            return
        if one.typed is None:
            self.tell("No answer was typed three times, so there is nothing to make a macro of.", "amber")
            return
        if one.theme in self._kept:
            self.tell("Already done.", "amber")
            return
        done = await self.work.write(self.work.desk.habits.keep, one.typed)
        self._kept[one.theme] = done.action
        self._note(one, done)

    async def do_make_faq(self) -> None:
        """Make a FAQ entry of the theme's answer; one with gaps to fill opens in the editor."""
        one = self.chosen
        if one is not None:
            draft = await self.work.write(self.work.desk.faq.add_theme, one)
            self._drafts[one.theme] = draft.id
            if draft.unfinished:
                self._edit(self.work.desk.faq.path_of(draft.id))
            keys = self.work.with_keys("{publish-faq} publishes it, {edit-faq} opens it.")
            self._note(one, Done(f"{keys} {draft.words}", draft.action))

    def do_edit_faq(self) -> None:
        """Open the theme's FAQ entry in the owner's editor."""
        if self.chosen and (id_ := self._drafts.get(self.chosen.theme)):
            self._edit(self.work.desk.faq.path_of(id_))
            self.tell(f"faq/{id_}.md: {self.work.key('publish-faq')} publishes it.")
        else:
            self.tell(self.work.with_keys("{make-faq} makes its FAQ entry first."), "amber")

    async def do_publish_faq(self) -> None:
        """Publish the theme's entry on the FAQ page."""
        one = self.chosen
        if one is None or one.theme not in self._drafts:
            self.tell(self.work.with_keys("{make-faq} makes its FAQ entry first."), "amber")
            return
        id_ = self._drafts[one.theme]
        done = await self.work.write(self.work.desk.faq.publish, id_, self.work.now())
        self._note(one, done)

    def _edit(self, path: Path) -> None:
        with lend_terminal(self.app):
            edit_file(path)

    def _is_in_effect(self, action: int) -> bool:
        return not action or self.work.desk.undo.is_in_effect(action)

    def _note(self, one: "AskedTheme", done: Done) -> None:
        self.made[one.theme] = done
        self.rows.show(self._items)
        self.tell(done.words, "green", done.action)

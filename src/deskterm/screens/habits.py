"""Answers the owner keeps typing; one key makes a macro of one."""

import asyncio
from collections.abc import Iterable
from typing import TYPE_CHECKING

from textual.containers import Horizontal
from textual.content import Content
from textual.widget import Widget

from deskterm.actions.work import Work
from deskterm.domain.desk_state import Progress, ProgressReporter
from deskterm.screens.base.modal import DeskModal
from deskterm.widgets.drawing.progress import progress_words
from deskterm.widgets.letter import with_holes
from deskterm.widgets.picker import Option, Picker
from deskterm.widgets.sheet import Sheet

if TYPE_CHECKING:
    from deskterm.desk.answers.habits import Evening, Habit

_ROWS = 100  # more than fit any terminal
_LONGEST = 300  # characters of a question


class HabitsScreen(DeskModal[None]):
    """Lists the answers, most frequent first. Enter makes a macro of one and removes it from the list."""

    CSS_PATH = "habits.tcss"
    KEYS = (("Enter", "make it a macro"), ("↑ ↓", "move"), ("/", "find"), ("Esc", "back"))

    def __init__(self, work: Work, ticket_id: int = 0) -> None:  # noqa: ARG002 - not about a ticket
        super().__init__(work)
        self.evening: Evening | None = None
        self.left: list[Habit] = []

    def body(self) -> Iterable[Widget]:
        """The remaining answers on the left, the one under the cursor on the right."""
        yield Horizontal(Sheet(ident="wait"), id="pair")

    def on_mount(self) -> None:
        """Read in the background: it takes seconds."""
        self._show_progress(Progress("Reading what you have sent"))
        self.run_worker(self._find(), exclusive=True)

    def _show_progress(self, progress: Progress) -> None:
        for sheet in self.query("#wait").results(Sheet):
            sheet.show(progress_words(progress, self.work.clock(), self.size.width))

    async def _find(self) -> None:
        reporter = ProgressReporter(self.work.on_this_thread(self._show_progress), self.work.clock)
        self.evening = evening = await asyncio.to_thread(self.work.desk.habits.find, reporter)
        self.left = list(evening.habits)
        await self._list()

    async def _list(self) -> None:
        pair = self.query_one("#pair", Horizontal)
        await pair.remove_children()
        title = self.evening.words if self.evening else ""
        if not self.left:
            await pair.mount(Sheet(content=f"{title}.\n\nNo answers left to make a macro of."))
            return
        options = [
            Option(str(place), one.title, detail=f"{one.count}×") for place, one in enumerate(self.left)
        ]
        picker = Picker(title, options, rows=_ROWS)
        await pair.mount(picker, Sheet(ident="preview"))
        picker.focus()
        self._show(0)

    def on_picker_moved(self, message: Picker.Moved) -> None:
        """Show the answer under the cursor."""
        if message.value.isdigit():
            self._show(int(message.value))

    def _show(self, place: int) -> None:
        habit = self.left[place]
        parts = [Content.styled("They asked", "bold")]
        parts += [Content.styled(_short(one), "$soft") for one in habit.questions]
        parts += [Content.styled(f"You answered, {habit.count} times", "bold"), with_holes(habit.body)]
        sheet = self.query_one("#preview", Sheet)
        sheet.show(Content("\n\n").join(parts))
        sheet.go_end(last=False)

    def on_picker_picked(self, message: Picker.Picked) -> None:
        """Make a macro of it."""
        if not self.commands.busy:
            self.commands.start(self._keep(int(message.value)))

    async def _keep(self, place: int) -> None:
        done = await self.work.write(self.work.desk.habits.keep, self.left[place])
        del self.left[place]
        await self._list()
        self.tell(done.words)

    def on_picker_left(self) -> None:
        """Close the list."""
        self.dismiss(None)


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= _LONGEST else f"{words[:_LONGEST]}…"

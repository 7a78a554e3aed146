"""What the screens of setup share: keys that go from line to line, and writing once at a time."""

from typing import ClassVar

from textual import events
from textual.actions import SkipAction
from textual.binding import BindingType
from textual.screen import Screen

from deskterm.commands.keymap import KeyReader, key_name, keymap
from deskterm.commands.record import Where
from deskterm.screens.setup.line_form import LineForm
from deskterm.widgets.form import LINE_KEYS, Field


class FormScreen(Screen[bool]):
    """A form with messages below it. Gives whether anything was written.

    A subclass has `write`, which tests and writes; it sets `busy` to False at its end.
    """

    BINDINGS: ClassVar[list[BindingType]] = LINE_KEYS

    def __init__(self) -> None:
        super().__init__()
        self.reader = KeyReader(keymap(Where.SETUP))
        self.busy = self.leaving = False

    @property
    def lines(self) -> LineForm:
        """The lines of the form."""
        return self.query_one(LineForm)

    def action_line(self, by: int) -> None:
        """Go to the line below or above; on the last line the key is Enter's."""
        name = self.lines.next_to(self.focused.id if self.focused else None, by)
        if name is None:
            raise SkipAction
        self.set_focus(self.lines.line(name))

    async def on_key(self, event: events.Key) -> None:
        """Enter arrives only from the last line, after what was typed there; other keys are in the table."""
        command = self.reader.press(key_name(event.key, event.character))
        if event.key != "enter" and command is None:
            return
        event.stop()
        event.prevent_default()
        if command is None:
            self.do_setup_write()
        else:
            getattr(self, "do_" + command.id.replace("-", "_"))()

    def on_input_changed(self) -> None:
        """Ask before leaving what was typed."""
        self.leaving = False

    def do_setup_write(self) -> None:
        """Test, then write."""
        self.begin(tested=True)

    def do_setup_untested(self) -> None:
        """Write without testing, for a day without network."""
        self.begin(tested=False)

    def begin(self, *, tested: bool) -> None:
        """Write what is in the form, unless that is going on already."""
        if not self.busy:
            self.busy = True
            self.run_worker(self.write(tested=tested), group="write")

    async def write(self, *, tested: bool) -> None:
        """Write what is in the form; with `tested` only if it works."""
        raise NotImplementedError

    def go_to(self, name: str) -> None:
        """Go to a line. Hidden text is typed again."""
        line = self.lines.line(name)
        self.set_focus(line)
        if isinstance(line, Field) and line.password:
            line.select_all()

"""The palette: finds the commands of the screen by name, and macros, customers, views and settings."""

from collections.abc import Sequence

from deskterm.actions.work import Work
from deskterm.app import palette_options
from deskterm.app.palette_words import ELSEWHERE, SYNONYMS
from deskterm.commands.keymap import shown_keys
from deskterm.commands.record import Command, Where
from deskterm.screens.base.choose import Choose
from deskterm.screens.base.command_runner import tell_failures
from deskterm.screens.base.screen import DeskScreen
from deskterm.widgets.drawing.cells import fit
from deskterm.widgets.look.themes import THEMES
from deskterm.widgets.picker import Option, Picker

THEME = "theme "  # the value of an option begins with it when a theme was picked
_NAME = 16  # cells of the column of names
_OTHERWISE = "otherwise "  # the same, for what is no command here
_NOT_SHOWN = ("palette", "up", "down")
_TRIES = "a command, macro, customer, view or setting"


class Palette(Choose):
    """Finds by typing. Gives a command's id, `theme <name>`, a value of `palette_options`, or None.

    Macros are offered if there is a ticket for them. Only the commands are there at once; everything else is
    read in the background once the palette is open.
    """

    def __init__(self, work: Work, where: Where, *, about_ticket: bool = False) -> None:
        commands = [
            Option(
                command.id,
                fit(_name(command), _NAME),
                detail="  ".join(keys),
                names=f"{_name(command)} {SYNONYMS.get(command.id, '')}",
                hint=command.help,
            )
            for command, keys in shown_keys(where, work.keys(where))
            if command.id not in _NOT_SHOWN
        ]
        commands += [
            Option(_OTHERWISE + what, fit(what, _NAME), names=f"{what} {names}", hint=how_to(work, what))
            for what, (names, _) in ELSEWHERE.items()
        ]
        themes = [
            Option(THEME + name, fit(f"theme {name}", _NAME), hint=shades.about)
            for name, shades in THEMES.items()
        ]
        super().__init__(
            work,
            "Command",
            [*sorted(commands, key=_quit_last), *themes],
            free=palette_options.search_options,
            rows=14,
            typing=True,
            tries=_TRIES,
        )
        self._about_ticket = about_ticket
        self._things: Sequence[Option] = ()
        self._looked_for: str | None = None  # the words whose customers are offered now

    @property
    def _going(self) -> bool:
        """Whether matches for the typed words are still being read."""
        return self._looked_for != self.picker.typed

    def begin(self) -> None:
        """Read what is not a command once the palette is on screen."""
        self.call_after_refresh(
            lambda: self.run_worker(tell_failures(self, self._read()), group="at hand", exit_on_error=False)
        )

    async def _read(self) -> None:
        read = self.work.read
        self._things = await read(palette_options.first_options, self.work, about_ticket=self._about_ticket)
        self.picker.offer(self._things)
        await self._find_customers(self.picker.typed)

    def on_picker_moved(self) -> None:
        """Look for customers by the typed words, in the background."""
        typed = self.picker.typed
        self.run_worker(tell_failures(self, self._find_customers(typed)), group="customers", exclusive=True)

    async def _find_customers(self, typed: str) -> None:
        found = await self.work.read(palette_options.customer_options, self.work, typed)
        if typed == self.picker.typed and self._things:
            self._looked_for = typed
            self.picker.offer([*found, *self._things])

    def on_picker_picked(self, message: Picker.Picked) -> None:
        """For what is no command here, say how it is done."""
        if message.value.startswith(_OTHERWISE):
            message.prevent_default()
            below, what = self.app.screen_stack[-2], message.value.removeprefix(_OTHERWISE)
            self.dismiss(None)
            if isinstance(below, DeskScreen):
                below.tell(how_to(self.work, what), "amber")


def how_to(work: Work, what: str) -> str:
    """How to do here what other programs call `what`: a sentence with the owner's keys."""
    how = ELSEWHERE[what][1]
    if how[0] != "{":  # a key keeps its case
        how = how[0].upper() + how[1:]
    return f"{work.with_keys(how)}."


def _name(command: Command) -> str:
    """A command's name in a word or two: its footer label, else its id."""
    return command.label or command.id.replace("-", " ")


def _quit_last(option: Option) -> bool:
    return option.value in ("quit", "back") or option.value.startswith(_OTHERWISE)

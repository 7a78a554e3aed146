"""The palette: every command of the present screen by its name, and what stands at hand besides."""

from collections.abc import Sequence

from deskterm.actions.work import Work
from deskterm.app import at_hand
from deskterm.app.palette_words import ELSEWHERE, SYNONYMS
from deskterm.commands.keymap import shown_keys
from deskterm.commands.record import Command, Where
from deskterm.screens.base.choose import Choose
from deskterm.screens.base.command_runner import tell_failures
from deskterm.screens.base.screen import DeskScreen
from deskterm.widgets.drawing.cells import fit
from deskterm.widgets.look.themes import THEMES
from deskterm.widgets.picker import Option, Picker

THEME = "theme "  # what the answer begins with when a theme was picked
_NAME = 16  # cells of the column of names
_OTHERWISE = "otherwise "  # what the answer begins with where there is no such command
_NOT_SHOWN = ("palette", "up", "down")
_TRIES = "a command, macro, customer, view or setting"


class Palette(Choose):
    """Find by typing. It is dismissed with a command's id, `theme <name>`, or what `at_hand` has, None else.

    Macros are offered where there is a ticket to take one for. Nothing but commands is read
    before it is open, and then beside the keys.
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
            Option(f"{_OTHERWISE}{what}", fit(what, _NAME), names=f"{what} {names}", hint=_sentence(how))
            for what, (names, how) in ELSEWHERE.items()
        ]
        themes = [Option(THEME + name, fit(f"theme {name}", _NAME), hint=_THEMES[name]) for name in THEMES]
        super().__init__(
            work,
            "Command",
            [*sorted(commands, key=_quit_last), *themes],
            free=at_hand.in_all_mail,
            rows=14,
            typing=True,
            tries=_TRIES,
        )
        self._about_ticket = about_ticket
        self._things: Sequence[Option] = ()
        self._looked_for: str | None = None  # the words whose customers are among what is offered

    @property
    def _going(self) -> bool:
        """Whether something is still being read for what is typed now."""
        return self._looked_for != self.picker.typed

    def begin(self) -> None:
        """Read what is not a command, once the palette can be seen."""
        self.call_after_refresh(
            lambda: self.run_worker(tell_failures(self, self._read()), group="at hand", exit_on_error=False)
        )

    async def _read(self) -> None:
        read = self.work.read
        self._things = await read(at_hand.things_at_hand, self.work, about_ticket=self._about_ticket)
        self.picker.offer(self._things)
        await self._find_customers(self.picker.typed)

    def on_picker_moved(self) -> None:
        """Look for customers of that name, beside the keys."""
        typed = self.picker.typed
        self.run_worker(tell_failures(self, self._find_customers(typed)), group="customers", exclusive=True)

    async def _find_customers(self, typed: str) -> None:
        found = await self.work.read(at_hand.customers, self.work, typed)
        if typed == self.picker.typed and self._things:
            self._looked_for = typed
            self.picker.offer([*found, *self._things])

    def on_picker_picked(self, message: Picker.Picked) -> None:
        """Say how it is done here, where it is no command."""
        if message.value.startswith(_OTHERWISE):
            message.prevent_default()
            below, what = self.app.screen_stack[-2], message.value.removeprefix(_OTHERWISE)
            self.dismiss(None)
            if isinstance(below, DeskScreen):
                below.tell(_sentence(ELSEWHERE[what][1]), "amber")


_THEMES = {
    "dark": "Light letters on dark grounds.",
    "light": "Dark letters on light grounds.",
    "plain": "Black and white; signs say what colours would.",
}


def _sentence(how: str) -> str:
    """How something is done, as a sentence; a key at its beginning stays as it is."""
    return f"{how[0].upper() if how[:2].isalpha() else how[0]}{how[1:]}."


def _name(command: Command) -> str:
    """A command in a word or two: as the footer says it, else as its id."""
    return command.label or command.id.replace("-", " ")


def _quit_last(option: Option) -> bool:
    return option.value in ("quit", "back") or option.value.startswith(_OTHERWISE)

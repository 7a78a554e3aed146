"""The palette: every command of the present screen by its name, and the themes."""

from deskterm.actions.work import Work
from deskterm.commands.keymap import shown_keys
from deskterm.commands.record import Where
from deskterm.screens.base.choose import Choose
from deskterm.widgets.look.shades import THEMES
from deskterm.widgets.picker import Option

THEME = "theme "  # what the answer begins with when a theme was picked
_SHORT = {"quit": "q q! wq exit", "help": "h"}  # what a hand types without asking
_NOT_SHOWN = ("palette", "up", "down")


class Palette(Choose):
    """Find a command by typing. It is dismissed with a command's id, or with `theme <name>`."""

    def __init__(self, work: Work, where: Where) -> None:
        commands = [
            Option(
                command.id,
                command.help,
                detail="  ".join(keys),
                names=f"{command.label} {_SHORT.get(command.id, '')}",
            )
            for command, keys in shown_keys(where, work.keys(where))
            if command.id not in _NOT_SHOWN
        ]
        themes = [Option(THEME + name, f"Theme: {name}") for name in THEMES]
        super().__init__(work, "Command", [*sorted(commands, key=_quit_last), *themes], rows=14, typing=True)


def _quit_last(option: Option) -> bool:
    return option.value in ("quit", "back")

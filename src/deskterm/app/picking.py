"""Carries out what was picked in the palette."""

from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from deskterm.app import palette_options
from deskterm.app.handling import ticket_in_front
from deskterm.app.palette import THEME, Palette
from deskterm.app.places import Places
from deskterm.commands.registry import BY_ID
from deskterm.config.settings_file import load
from deskterm.screens.base.command_runner import tell_failures
from deskterm.screens.base.lend_terminal import lend_terminal
from deskterm.screens.base.screen import DeskScreen

if TYPE_CHECKING:
    from deskterm.actions.front import Front


async def find_command(app: Places) -> None:
    """Open the palette and do what is picked there."""
    screen = app.desk_screen
    tickets = _tickets(app, screen)
    chosen = await app.push_screen_wait(Palette(app.work, screen.where, about_ticket=bool(tickets)))
    if chosen is not None:
        await tell_failures(app.desk_screen, _do(app, screen, tickets, chosen))


def _tickets(app: Places, screen: DeskScreen[Any]) -> tuple[int, ...]:
    """The tickets a macro would be for: the selected ones, else the one on screen.

    None while a reply is written or reviewed, so that its text is not overwritten.
    """
    if not screen.HOLDS_TICKETS or screen.front is None:
        return ()
    front = ticket_in_front(app)
    return screen.front.chosen_ids or ((front,) if front is not None else ())


async def _do(app: Places, screen: DeskScreen[Any], tickets: tuple[int, ...], chosen: str) -> None:
    if chosen.startswith(THEME):
        app.use_theme(chosen.removeprefix(THEME))
        await app.work.write(app.work.desk.keep_theme, app.base_theme)
    elif chosen.startswith(palette_options.MACRO):
        await _take_macro(app, screen, tickets, chosen.removeprefix(palette_options.MACRO))
    elif chosen.startswith(palette_options.VIEW):
        app.show_view(chosen.removeprefix(palette_options.VIEW))
    elif chosen.startswith(palette_options.CUSTOMER):
        app.open_place("timeline", ticket_id=int(chosen.removeprefix(palette_options.CUSTOMER)))
    elif chosen.startswith(palette_options.SETTING):
        _edit_setting(app, screen, *chosen.removeprefix(palette_options.SETTING).split(" "))
    elif chosen.startswith(palette_options.MAIL):
        app.open_place("search", typed=chosen.removeprefix(palette_options.MAIL))
    else:
        screen.run_command(BY_ID[chosen])


async def _take_macro(app: Places, screen: DeskScreen[Any], tickets: tuple[int, ...], macro_id: str) -> None:
    """Fill the macro and review it, as the macro picker does; several tickets get one list."""
    if app.work.desk.read_only:
        why = app.work.desk.why_read_only
        screen.tell(f"{why.what} {why.todo}", "amber")
    elif len(tickets) > 1:
        app.open_place("bulk", ids=tickets, macro_id=macro_id)
    else:
        await cast("Front", screen.front).take_macro(tickets[0], macro_id)


def _edit_setting(app: Places, screen: DeskScreen[Any], file: str, line: str, name: str = "") -> None:
    """Open a settings file at a line in the owner's editor, then say whether it can be read."""
    from deskterm.screens.rules.edit_file import edit_file  # noqa: PLC0415 - rarely used

    home = app.work.desk.shop.home
    path = home.config_folder / file
    before = _bytes_of(path)
    with lend_terminal(app):
        edit_file(path, int(line))
    if _bytes_of(path) == before:
        screen.tell(f"{file} was not changed{f': {name} is as before' if name else ''}.")
        return
    load(home)
    screen.tell(f"{file} was changed and can be read; it applies from the next start.", "green")


def _bytes_of(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError:  # perhaps moved by the editor
        return b""

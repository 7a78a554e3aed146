"""An app in the colours its terminal has: the desk and the setup form."""

from collections.abc import Sequence
from typing import TypeVar

from textual.app import App
from textual.filter import LineFilter, Monochrome, NoColor
from textual.scrollbar import ScrollBar

from deskterm.config.terminal import Colours
from deskterm.widgets.look.grounds import let_lines_go
from deskterm.widgets.look.reduction import reduction
from deskterm.widgets.look.safe_cells import SafeCells
from deskterm.widgets.look.styles import textual_theme, variables
from deskterm.widgets.look.themes import ALL, DARK, THEMES, find_shades
from deskterm.widgets.look.thin_bar import ThinBar

T = TypeVar("T")
_SAFE_CELLS = SafeCells()


class ColouredApp(App[T]):
    """An app with only our themes. `base` names the owner's theme."""

    ENABLE_COMMAND_PALETTE = False

    def __init__(self, base: str, colours: Colours = Colours.TRUE) -> None:
        super().__init__()
        self.colours = colours
        ScrollBar.renderer = ThinBar  # where Textual looks for it
        let_lines_go()
        for name in THEMES:
            self.register_theme(textual_theme(find_shades(name, colours)))
        # Set without the watcher, which would parse the style sheets twice.
        self.set_reactive(App.theme, find_shades(base, colours).name)
        self.stylesheet.set_variables(self.get_css_variables())

    @property
    def base_theme(self) -> str:
        """The theme's name for the owner, for any number of colours."""
        return ALL.get(self.theme, DARK).base

    def use_theme(self, base: str) -> None:
        """Change the theme."""
        self.theme = find_shades(base, self.colours).name

    def get_css_variables(self) -> dict[str, str]:
        """Textual's variables and our shades."""
        return {**super().get_css_variables(), **variables(ALL.get(self.theme, DARK))}

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Textual's filters and ours for cells and colours. NO_COLOR is read by `find_colours`."""
        found = [one for one in super().get_line_filters() if not isinstance(one, Monochrome | NoColor)]
        own = reduction(self.theme)
        return [*found, _SAFE_CELLS] if own is None else [*found, _SAFE_CELLS, own]

"""An app in the colours that its terminal has: the desk and the setup form."""

from collections.abc import Sequence
from typing import TypeVar

from textual.app import App
from textual.filter import LineFilter, Monochrome, NoColor
from textual.scrollbar import ScrollBar

from deskterm.config.terminal import Colours
from deskterm.widgets.look.reduction import reduction
from deskterm.widgets.look.safe_cells import SafeCells
from deskterm.widgets.look.styles import textual_theme, variables
from deskterm.widgets.look.themes import ALL, DARK, THEMES, find_shades
from deskterm.widgets.look.thin_bar import ThinBar

T = TypeVar("T")
_SAFE_CELLS = SafeCells()


class ColouredApp(App[T]):
    """An app with our themes and no others. `base` names the theme the owner wants."""

    ENABLE_COMMAND_PALETTE = False

    def __init__(self, base: str, colours: Colours = Colours.TRUE) -> None:
        super().__init__()
        self.colours = colours
        ScrollBar.renderer = ThinBar  # Textual's place for it
        for name in THEMES:
            self.register_theme(textual_theme(find_shades(name, colours)))
        # Unwatched: the style sheets would be parsed twice.
        self.set_reactive(App.theme, find_shades(base, colours).name)
        self.stylesheet.set_variables(self.get_css_variables())

    @property
    def base_theme(self) -> str:
        """The theme as the owner calls it, whatever number of colours it is drawn in."""
        return ALL.get(self.theme, DARK).base

    def wear(self, base: str) -> None:
        """Change the theme."""
        self.theme = find_shades(base, self.colours).name

    def get_css_variables(self) -> dict[str, str]:
        """Textual's variables and the shades'."""
        return {**super().get_css_variables(), **variables(ALL.get(self.theme, DARK))}

    def get_line_filters(self) -> Sequence[LineFilter]:
        """Textual's filters, and ours for cells and colours. `find_colours` is what reads NO_COLOR."""
        found = [one for one in super().get_line_filters() if not isinstance(one, Monochrome | NoColor)]
        own = reduction(self.theme)
        return [*found, _SAFE_CELLS] if own is None else [*found, _SAFE_CELLS, own]

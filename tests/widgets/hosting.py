"""A bare app around one widget."""

from textual.app import App

from deskterm.widgets.look.styles import textual_theme
from deskterm.widgets.look.themes import THEMES


class Host(App[None]):
    """Shows one widget and keeps its messages."""

    ENABLE_COMMAND_PALETTE = False

    def __init__(self, widget):
        super().__init__()
        for shades in THEMES.values():
            self.register_theme(textual_theme(shades))
        self.theme = "dark"
        self.widget, self.heard = widget, []

    def compose(self):
        yield self.widget

    def hear(self, message):
        self.heard.append(message)


def drawn(app) -> list[str]:
    """What is seen, a line a row."""
    return [strip.text.rstrip() for strip in app.screen._compositor.render_strips()]

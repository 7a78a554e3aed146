"""A scroll of wrapped text: a mail, a list of checks, an explanation."""

from textual.containers import VerticalScroll
from textual.content import Content
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Static


class Sheet(VerticalScroll, can_focus=False, inherit_bindings=False):
    """Shows one `Content` below the widgets `above`, and knows whether its end is visible."""

    class Scrolled(Message):
        """Another part of the text is visible."""

    DEFAULT_CSS = """
    Sheet {
        scrollbar-size-vertical: 1;
        scrollbar-color: $thumb;
        scrollbar-color-hover: $act;
        scrollbar-color-active: $act;
        scrollbar-background: $ground;
        scrollbar-background-hover: $ground;
        scrollbar-background-active: $ground;
        & > Static { width: 1fr; height: auto; padding: 0 2; }
    }
    """

    def __init__(self, *above: Widget, content: Content | str = "", ident: str | None = None) -> None:
        self._static = Static(Content(content) if isinstance(content, str) else content, markup=False)
        super().__init__(*above, self._static, id=ident)

    def show(self, content: Content) -> None:
        """Show another text, keeping the scroll position."""
        self._static.update(content)

    @property
    def at_end(self) -> bool:
        """Whether the last line is visible."""
        return self.scroll_offset.y >= self.max_scroll_y

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Tell the screen that another part is visible."""
        super().watch_scroll_y(old_value, new_value)
        if round(old_value) != round(new_value):
            self.post_message(self.Scrolled())

    def go(self, lines: int) -> None:
        """Scroll by lines."""
        self.scroll_to(y=max(0, self.scroll_offset.y + lines), animate=False)

    def go_page(self, pages: int) -> None:
        """Scroll by pages, keeping one line of the previous page visible."""
        self.go(pages * max(1, self.size.height - 1))

    def go_end(self, *, last: bool) -> None:
        """Scroll to the top or to the bottom."""
        self.scroll_to(y=self.max_scroll_y if last else 0, animate=False)

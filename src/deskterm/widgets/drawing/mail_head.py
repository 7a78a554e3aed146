"""The head of a mail: header names in a column, their values beside them, wrapped."""

from collections.abc import Sequence

from textual.content import Content
from textual.geometry import Size
from textual.widget import Widget

from deskterm.widgets.drawing.cells import wrap

_NAME = 9  # cells of a header's name
_MARGIN = 2


class Head(Widget):
    """Shows headers in full: no recipient is ever cut off."""

    DEFAULT_CSS = f"Head {{ height: auto; padding: 0 {_MARGIN} 1 {_MARGIN}; }}"

    def __init__(self) -> None:
        super().__init__()
        self._entries: Sequence[tuple[str, str]] = ()

    def show(self, entries: Sequence[tuple[str, str]]) -> None:
        """Show pairs of a name and its value."""
        if entries != self._entries:
            self._entries = entries
            self.refresh(layout=True)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:  # noqa: ARG002 - Textual's
        """The height that all headers need."""
        return max(1, sum(len(self._wrap(text, width)) for _, text in self._entries))

    def render(self) -> Content:
        """The lines."""
        lines: list[Content] = []
        for name, text in self._entries:
            for at, part in enumerate(self._wrap(text, self.content_size.width)):
                lines.append(Content.assemble((f"{'' if at else name:<{_NAME}}", "$dim"), (part, "$ink")))
        return Content("\n").join(lines)

    @staticmethod
    def _wrap(text: str, width: int) -> list[str]:
        return wrap(text, max(8, width - _NAME))

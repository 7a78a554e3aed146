"""What the forms of setup share: one row for each line, a label with a field or a choice."""

from collections.abc import Mapping
from dataclasses import fields
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.containers import Horizontal, VerticalScroll
from textual.widget import Widget
from textual.widgets import Static

from deskterm.widgets.form import Choice, Field

if TYPE_CHECKING:
    from deskterm.screens.setup.form import TypedLines
    from deskterm.screens.setup.store_lines import TypedStore


class LineForm(VerticalScroll, can_focus=False):
    """A row for each field of `LINES`, by its name. A subclass makes the fields and says which are shown."""

    LINES: "ClassVar[type[TypedLines | TypedStore]]"
    LABELS: ClassVar[Mapping[str, str]]

    def __init__(self) -> None:
        super().__init__(id="form")

    def make_field(self, name: str) -> Field | Choice:
        """The field or choice of a line."""
        raise NotImplementedError

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the visible lines, from top to bottom."""
        raise NotImplementedError

    def compose(self) -> ComposeResult:
        """One row for each line."""
        for one in fields(self.LINES):
            label = self.LABELS.get(one.name, "")
            yield Horizontal(
                Static(label, id=f"label-{one.name}", classes="label", markup=False),
                self.make_field(one.name),
                id=f"row-{one.name}",
            )

    def on_mount(self) -> None:
        """Show the lines that are asked for."""
        self.show_lines()

    @property
    def values(self) -> dict[str, str]:
        """What is in each line now."""
        return {one.name: self.line(one.name).value for one in fields(self.LINES)}

    def line(self, name: str) -> Field | Choice:
        """The field or choice of that name."""
        found = self.query_one(f"#{name}", Widget)
        assert isinstance(found, Field | Choice)
        return found

    def show_lines(self) -> None:
        """Show the lines that are asked for now."""
        names = self.names
        for one in fields(self.LINES):
            self.query_one(f"#row-{one.name}").display = one.name in names

    def next_to(self, name: str | None, by: int) -> str | None:
        """The line below or above, going round; None after the last."""
        self.show_lines()  # a choice decides which line is next
        names = self.names
        here = names.index(name) if name in names else -1
        return None if by > 0 and here == len(names) - 1 else names[(here + by) % len(names)]

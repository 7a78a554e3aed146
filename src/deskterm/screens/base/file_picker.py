"""Asking for a file, with the names that fit below; Tab completes."""

import re
from collections.abc import Iterable
from os.path import commonprefix
from pathlib import Path

from textual import events
from textual.containers import Vertical
from textual.widget import Widget
from textual.widgets import Input, Static

from deskterm.actions.work import Work
from deskterm.domain import text
from deskterm.screens.base.picker_screen import PickerScreen
from deskterm.widgets.drawing.cells import fit
from deskterm.widgets.drawing.lines import Bit, line
from deskterm.widgets.form import Field
from deskterm.widgets.rows import Item, Rows

_MOST = 200


def fitting(typed: str, *, newest: bool = False) -> list[str]:
    """Give the paths that begin as typed, folders with a slash at their end; hidden ones when asked for.

    They go by name; with `newest` files stand before folders, the one that was changed last first.
    """
    folder, _, start = typed.rpartition("/")
    place = Path(folder + "/" if typed.startswith("/") or folder else ".").expanduser()
    try:
        entries = sorted(place.iterdir(), key=_by_age) if newest else sorted(place.iterdir())
        names = [entry.name + ("/" if entry.is_dir() else "") for entry in entries]
    except OSError:
        return []
    head = f"{folder}/" if "/" in typed else ""
    return [
        head + name
        for name in names
        if name.startswith(start) and (start.startswith(".") or not name.startswith("."))
    ][:_MOST]


def _by_age(entry: Path) -> tuple[bool, float]:
    return entry.is_dir(), -entry.lstat().st_mtime


def begun_anew(typed: str) -> str:
    """Give the path without what stands before a root that was typed behind it: `~//tmp` means `/tmp`."""
    return re.sub(r"^.*/(?=/|~/)", "", typed)


class FilePicker(PickerScreen[str | None]):
    """Dismissed with the path of a file that is there; with a folder to begin in, its newest file first."""

    READER = "Field"
    KEYS = (("Enter", "take"), ("Tab", "complete"), ("↑ ↓", "move"), ("Esc", "back"))

    def __init__(self, work: Work, question: str, folder: Path | None = None) -> None:
        super().__init__(work)
        self.question = question
        self._newest = folder is not None
        self._begins = f"{folder}/" if folder else "~/"

    def body(self) -> Iterable[Widget]:
        """The question, the path, what fits."""
        yield Vertical(
            Static(self.question, classes="title", markup=False),
            Field(self._begins, ident="path"),
            Rows(ground="raised", ident="rows"),
            classes="panel",
        )

    def refresh_desk(self) -> None:
        """Begin at home, or in the folder that was named."""
        field = self.query_one(Field)
        field.focus()
        field.cursor_position = len(field.value)
        self._show(field.value)

    def _show(self, typed: str) -> None:
        found = fitting(typed, newest=self._newest)
        none = [Item((line(Bit("  Nothing there begins so.", "dim")),))]
        self.query_one(Rows).show(
            lambda width: (
                [Item((line(Bit(fit("  " + text.line(path), width))),), path) for path in found] or none
            ),
            first=True,
        )

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show what fits."""
        event.stop()
        path = begun_anew(event.value)
        if path != event.value:
            event.input.value = path
            event.input.cursor_position = len(path)
            return  # that is a change of its own
        self._show(path)

    async def on_key(self, event: events.Key) -> None:
        """Tab completes as far as it is certain."""
        if event.key == "tab":
            field = self.query_one(Field)
            field.value = commonprefix(fitting(field.value)) or field.value  # noqa: RUF071 - by character is meant
            field.cursor_position = len(field.value)
            event.stop()
            event.prevent_default()

    def on_row_picked(self, key: object) -> None:
        """Go into a folder, or take the file; say so where there is none."""
        if not isinstance(key, str):
            self.tell(f"There is no {self.query_one(Field).value}.", "red")
            return
        if key.endswith("/"):
            field = self.query_one(Field)
            field.value = key
            field.cursor_position = len(key)
        else:
            self.dismiss(str(Path(key).expanduser()))

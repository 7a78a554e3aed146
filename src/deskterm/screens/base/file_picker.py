"""Picks a file: the typed path, the names that fit, and Tab to complete."""

import os
import re
from collections.abc import Iterable
from operator import itemgetter
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
    """The paths that begin as typed; folders end with a slash, hidden files only if asked for.

    In order of name; with `newest`, files come before folders and the last changed file is first. It runs at
    each key press, in folders of thousands of files, so it looks only at files whose names fit.
    """
    folder, _, start = typed.rpartition("/")
    try:
        place = Path(folder + "/" if typed.startswith("/") or folder else ".").expanduser()
        with os.scandir(place) as entries:
            found = [
                (entry.name, entry)
                for entry in entries
                if entry.name.startswith(start) and (start.startswith(".") or not entry.name.startswith("."))
            ]
    except (OSError, RuntimeError, ValueError):  # no such folder, no such user, no name of a folder at all
        return []
    found.sort(key=itemgetter(0))
    if newest:
        found.sort(key=lambda one: _by_age(one[1]))
    head = f"{folder}/" if "/" in typed else ""
    return [f"{head}{name}{'/' if _is_folder(entry) else ''}" for name, entry in found[:_MOST]]


def _by_age(entry: "os.DirEntry[str]") -> tuple[bool, float]:
    try:
        return _is_folder(entry), -entry.stat(follow_symlinks=False).st_mtime
    except OSError:  # it has gone meanwhile
        return False, 0.0


def _is_folder(entry: "os.DirEntry[str]") -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link to itself
        return False


def restarted_path(typed: str) -> str:
    """The path from a root typed in its middle: `~//tmp` means `/tmp`."""
    return re.sub(r"^.*/(?=/|~/)", "", typed)


class FilePicker(PickerScreen[str | None]):
    """Gives the path of an existing file. In a given folder, the newest file comes first."""

    READER = "Field"
    KEYS = (("Enter", "take"), ("Tab", "complete"), ("↑ ↓", "move"), ("Esc", "back"))

    def __init__(self, work: Work, question: str, folder: Path | None = None) -> None:
        super().__init__(work)
        self.question = question
        self._newest = folder is not None
        self._begins = f"{folder}/" if folder else "~/"

    def body(self) -> Iterable[Widget]:
        """The question, the path, the names that fit."""
        yield Vertical(
            Static(self.question, classes="title", markup=False),
            Field(self._begins, ident="path"),
            Rows(ground="raised", ident="rows"),
            classes="panel",
        )

    def refresh_desk(self) -> None:
        """Start in the home folder or the given one."""
        field = self.query_one(Field)
        field.focus()
        field.cursor_position = len(field.value)
        self._show(field.value)

    def _show(self, typed: str) -> None:
        found = fitting(typed, newest=self._newest)
        none = [Item((line(Bit("  Nothing there begins like this.", "dim")),))]
        self.query_one(Rows).show(
            lambda width: (
                [Item((line(Bit(fit("  " + text.line(path), width))),), path) for path in found] or none
            ),
            first=True,
        )

    def on_input_changed(self, event: Input.Changed) -> None:
        """Show the names that fit."""
        event.stop()
        path = restarted_path(event.value)
        if path != event.value:
            event.input.value = path
            event.input.cursor_position = len(path)
            return  # this sends another change
        self._show(path)

    async def on_key(self, event: events.Key) -> None:
        """Tab completes as far as the names agree."""
        if event.key == "tab":
            field = self.query_one(Field)
            field.value = commonprefix(fitting(field.value)) or field.value  # noqa: RUF071 - by character is meant
            field.cursor_position = len(field.value)
            event.stop()
            event.prevent_default()

    def on_row_picked(self, key: object) -> None:
        """Go into a folder or take the file; say so if there is none."""
        if not isinstance(key, str):
            self.tell(f"There is no file {self.query_one(Field).value}.", "red")
            return
        if key.endswith("/"):
            field = self.query_one(Field)
            field.value = key
            field.cursor_position = len(key)
        else:
            self.dismiss(str(Path(key).expanduser()))

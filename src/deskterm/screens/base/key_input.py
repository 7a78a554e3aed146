"""Reads the keys of a screen: chords, keys typed ahead, and the second press that confirms."""

import re
from typing import Any, ClassVar, Protocol

from textual import events
from textual.app import App
from textual.css.query import DOMQuery
from textual.widget import Widget

from deskterm.actions.work import Work
from deskterm.commands.keymap import KeyReader, key_name
from deskterm.commands.record import Command, Where
from deskterm.screens.base.command_runner import CommandRunner
from deskterm.screens.base.screen_bars import ScreenBars
from deskterm.widgets.typed_ahead import repeat_key

_FUNCTION_KEY = re.compile(r"(?:\w+\+)*F\d+")


class KeyScreen(Protocol):
    """What the keys need of their screen."""

    READER: ClassVar[str]
    work: Work
    commands: CommandRunner
    bars: ScreenBars

    @property
    def where(self) -> Where:
        """The place of the next key."""

    @property
    def app(self) -> App[Any]:
        """The app, which gives held keys to the screen in front."""

    def query(self, selector: str, /) -> DOMQuery[Widget]:
        """The widgets of that selector."""

    def run_command(self, command: Command) -> None:
        """Run the command that a key completed."""

    def tell(self, words: str, shade: str = "accent") -> None:
        """Answer the key."""

    def way_to(self, key: str) -> str:
        """Where a key works that does nothing here, and how to get there; empty if nowhere."""

    def show_keys(self) -> None:
        """Show what the keys do now."""


class KeyInput:
    """The keys of one screen, from the press to the command they stand for.

    Keys wait here while a command runs or while another screen comes to the front; then the app gets them
    again, for whichever screen is in front.
    """

    def __init__(self, screen: KeyScreen) -> None:
        self._screen, self._where = screen, screen.where
        self.reader = self._read_keys(self._where)
        self.leaving = False  # for a screen that is not in front yet
        self.last = ""  # the last key pressed
        self.field_is_ready = not screen.READER  # the field that gets the first keys has had the focus
        self._passed_on = 0.0  # when the key was pressed that the field may give back
        self.last_words = ""  # what was said of the last key and is not true of the next
        self._held: list[events.Key] = []
        self._asked: tuple[str, object] | None = None  # the key that must be pressed a second time

    def take(self, event: events.Key) -> bool:
        """Hold, pass on or read a key that no focused field took; gives whether it was one of ours."""
        screen = self._screen
        if screen.commands.busy or self.leaving:
            self._held.append(event)
        elif (
            not self.field_is_ready
            and event.time != self._passed_on
            and (fields := screen.query(screen.READER))
        ):
            self._passed_on = event.time
            fields.first().post_message(repeat_key(event))
        else:
            return self._read(event)
        return True

    def _read(self, event: events.Key) -> bool:
        """Run the command that the key completes; gives whether the key was one of ours."""
        screen = self._screen
        screen.bars.clear(self.last_words)
        self.last_words = ""
        command, ours = self._press(event)
        if command is not None:
            for _ in range(self.reader.times if command.counts else 1):
                screen.run_command(command)
        elif self.last_words:
            screen.tell(self.last_words, "amber")
        if ours:
            screen.show_keys()
        return ours

    def _read_keys(self, where: Where) -> KeyReader:
        """The keys of a place. Among many replies, digits are the typed number and no count."""
        return KeyReader(self._screen.work.keys(where), counts=where is not Where.BULK)

    def follow(self, where: Where) -> None:
        """Read the keys of this place from now on."""
        if where is not self._where:
            self.reader, self._where = self._read_keys(where), where

    def _press(self, event: events.Key) -> tuple[Command | None, bool]:
        """The command that the key completes, if any, and whether the key was one of ours."""
        before = self.reader.prefix or self.reader.count
        self.follow(self._screen.where)
        self.last = key_name(event.key, event.character)
        command = self.reader.press(self.last)
        waits = self.reader.prefix or self.reader.count
        named = event.is_printable or _FUNCTION_KEY.fullmatch(self.last)
        if command is None and named and not waits:
            key = f"{before} {self.last}".strip()
            self.last_words = self._screen.way_to(key) or self._say_nothing(key)
        return command, command is not None or bool(before) or bool(waits)

    def _say_nothing(self, key: str) -> str:
        helps = next((one for one, command in self.reader.keys.items() if command.id == "help"), "")
        return f"{key} does nothing here{f': {helps} shows the keys' if helps else ''}."

    def release(self) -> None:
        """Give the held keys to the new screen, which is now in front."""
        self.leaving = False
        self.read_held()

    def read_held(self) -> None:
        """Hand the held keys to the app as new events, once it is known which screen they are for."""
        if not self.leaving:
            held, self._held = self._held, []
            for event in held:
                self._screen.app.post_message(repeat_key(event))

    def asks_again(self, name: str, about: object) -> bool:
        """Wait for a second press of the key about the same thing; false if this is the second press."""
        if self._asked == (name, about):
            self._asked = None
            return False
        self._asked = (name, about)
        return True

    def forget_question(self, command_id: str) -> None:
        """Another key was pressed: a second press no longer confirms."""
        if self._asked is not None and self._asked[0] != command_id:
            self._asked = None

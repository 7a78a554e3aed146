"""Reads the keys of a screen: chords, keys typed ahead, and the second press that confirms."""

import re
from collections.abc import Callable, Mapping

from textual import events

from deskterm.commands.keymap import KeyReader, key_name
from deskterm.commands.record import Command, Where
from deskterm.widgets.typed_ahead import repeat_key

_FUNCTION_KEY = re.compile(r"(?:\w+\+)*F\d+")


class KeyInput:
    """The keys of one screen. `keys_of` gives the commands of a place by key."""

    def __init__(self, keys_of: Callable[[Where], Mapping[str, Command]], where: Where) -> None:
        self._keys_of, self._where = keys_of, where
        self.reader = self._read_keys(where)
        self.leaving = False  # for a screen that is not in front yet
        self.last = ""  # the last key pressed
        self.nothing = ""  # what to say if the last key does nothing
        self._held: list[events.Key] = []
        self._asked: tuple[str, object] | None = None  # the key that must be pressed a second time

    def _read_keys(self, where: Where) -> KeyReader:
        """The keys of a place. Among many replies, digits are the typed number and no count."""
        return KeyReader(self._keys_of(where), counts=where is not Where.BULK)

    def follow(self, where: Where) -> None:
        """Read the keys of this place from now on."""
        if where is not self._where:
            self.reader, self._where = self._read_keys(where), where

    def press(self, event: events.Key, where: Where) -> tuple[Command | None, bool]:
        """The command that the key completes, if any, and whether the key was one of ours."""
        before = self.reader.prefix or self.reader.count
        self.follow(where)
        self.last = key_name(event.key, event.character)
        command = self.reader.press(self.last)
        self.nothing = ""
        waits = self.reader.prefix or self.reader.count
        named = event.is_printable or _FUNCTION_KEY.fullmatch(self.last)
        if command is None and named and not waits:
            self.nothing = self._say_nothing(f"{before} {self.last}".strip())
        return command, command is not None or bool(before) or bool(waits)

    def _say_nothing(self, key: str) -> str:
        helps = next((one for one, command in self.reader.keys.items() if command.id == "help"), "")
        return f"{key} does nothing here{f': {helps} shows the keys' if helps else ''}."

    def hold(self, event: events.Key) -> None:
        """Keep a key for the screen that comes to the front next."""
        self._held.append(event)

    def take_held(self) -> list[events.Key]:
        """The kept keys as new events with their original time."""
        held, self._held = self._held, []
        return [repeat_key(event) for event in held]

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

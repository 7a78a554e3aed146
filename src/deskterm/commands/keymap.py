"""The keymap: which command a key runs in each place, with chords, presets and the owner's own keys.

Keys are written as the owner reads them: `j`, `G`, `?`, `Ctrl+D`, `PgDn`, `Enter`, and `g m` for a chord.
"""

from collections.abc import Callable, Mapping
from dataclasses import field

from deskterm.commands.record import Command, Where
from deskterm.commands.registry import BY_ID, all_commands
from deskterm.errors import ConfigError
from deskterm.lazy_regex import lazy_regex
from deskterm.value_class import dataclass

# Presets for hands used to another program, laid over the default keys. Each leaves every command a key.
# In vim every digit is a count, so the offered answers are taken with Alt.
PRESETS: Mapping[str, Mapping[str, str]] = {
    "": {},
    "vim": {
        "first-answer": "Alt+1  ' 1",
        "second-answer": "Alt+2  ' 2",
        "third-answer": "Alt+3  ' 3",
        "undo": "u  z",
        "redo": "Ctrl+R  Z",
        "products": "U",
        "page-down": "Space  PgDn  Ctrl+D  Ctrl+F",
        "page-up": "PgUp  Ctrl+U  Ctrl+B",
    },
    "mutt": {
        "sync": "$  R",
        "next-ticket": "J  Tab",
        "new": "m",
        "macro": "c",
        "select": "x  t",
        "category": "#",
        "filter": "l  \\",
        "links": "Ctrl+B",
        "headers": "h  H",
        "history": "%",
        "undo": "u  z",
        "products": "U",
        "top": "g g  =  Home",
    },
    "gmail": {
        "back": "q  u  Esc",
        "reply": "r  a",
        "received": "&",
        "solve": "e  ]",
        "away": "#  !  d",
        "standing": "%",
        "priority": "P  +",
        "category": "l  t",
        "links": "Ctrl+K",
        "go-drafts": "g d  g D",
        "go-trash": "g #",
        "go-snoozed": "g b  g s",
        "go-stock": "g B",
        "products": "U",
    },
    "zendesk": {
        "note": "c",
        "new": "n",
        "solve": "s  e",
        "sop": "S",
        "status": "p  d  w",
        "promise": "+",
        "away": "#",
    },
}
_NAMED = lazy_regex(r"\{([a-z-]+)\}")
_MOST = 999  # times that one command runs


def keymap(where: Where, own: Mapping[str, str] | None = None, preset: str = "") -> dict[str, Command]:
    """The commands of a place by key; a chord is its two keys with a space between.

    `own` is the owner's `[keys]`: command ids with their keys (separated by two spaces). They win over the
    preset's keys, which win over the defaults. Raises ConfigError for an unknown command, for a key given
    to two commands in one place, and for a key that would leave another command without one.
    """
    chosen = {**PRESETS.get(preset, {}), **(own or {})}
    _refuse_unknown(own or {})
    found: dict[str, Command] = {}
    for command in all_commands():
        if where in command.where:
            for key in _keys(command, chosen):
                if key in found and _are_chosen(found[key], command, chosen):
                    raise _twice(key, found[key], command, where)
                if key in found and _are_chosen(found[key], command, own or {}, either=True):
                    raise _hides_other(key, found[key], command, own or {})
                if key not in found or (command.id in chosen and key not in command.keys):
                    found[key] = command
    return found


def _keys(command: Command, chosen: Mapping[str, str]) -> tuple[str, ...]:
    if command.id not in chosen:
        return command.keys
    return tuple(key for key in chosen[command.id].split("  ") if key)


def _refuse_unknown(own: Mapping[str, str]) -> None:
    for name in own:
        if name not in BY_ID:
            raise ConfigError(
                f"config.toml gives a key to {name!r}, which is no command.",
                todo="docs/keys.md lists the names of all commands.",
            )


def _are_chosen(first: Command, second: Command, chosen: Mapping[str, str], *, either: bool = False) -> bool:
    """Whether the keys of both commands, or with `either` of one, come from `chosen`."""
    asked = (first.id in chosen, second.id in chosen)
    return any(asked) if either else all(asked)


def _hides_other(key: str, first: Command, second: Command, own: Mapping[str, str]) -> ConfigError:
    """The error for an own key that would take away the only key of another command."""
    wanted, other = (first, second) if first.id in own else (second, first)
    return ConfigError(
        f"config.toml gives the key {key} to {wanted.id}, and {other.id} has it.",
        todo=f"Give {other.id} another key under [keys] as well, or choose a free one for {wanted.id}.",
    )


def _twice(key: str, first: Command, second: Command, where: Where) -> ConfigError:
    return ConfigError(
        f"config.toml gives the key {key} to two commands in {where}: {first.id} and {second.id}.",
        todo="Give one of them another key.",
    )


@dataclass(slots=True)
class KeyReader:
    """Turns key presses into commands. `prefix` is the first key of a chord, until its second is pressed.

    A prefix never times out; it swallows a second key that completes no chord. With `counts`, a digit that
    has no command begins a `count`: `5j`, or `03j` where `3` has a command. Esc cancels the count.
    """

    keys: Mapping[str, Command]
    counts: bool = False
    prefix: str = ""
    count: str = ""
    times: int = 1  # how often the last command is to run
    _prefixes: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        self._prefixes = frozenset(key.split(" ")[0] for key in self.keys if " " in key)

    def press(self, key: str) -> Command | None:
        """The command that a key completes, or None."""
        if self._goes_on_counting(key):
            self.count += key
            return None
        if self.count and key == "Esc":
            self.count = ""
            return None
        command = self._press(key)
        if not self.prefix:
            self.times, self.count = max(1, min(int(self.count or 1), _MOST)), ""
        return command

    def _goes_on_counting(self, key: str) -> bool:
        digit = self.counts and not self.prefix and key.isascii() and key.isdecimal()
        return digit and bool(self.count or key not in self.keys)

    def _press(self, key: str) -> Command | None:
        if self.prefix:
            chord, self.prefix = f"{self.prefix} {key}", ""
            return self.keys.get(chord)
        if key in self._prefixes:
            self.prefix = key
            return None
        return self.keys.get(key)

    def chords(self) -> list[tuple[str, Command]]:
        """What may follow the pending prefix or count: each key and its command."""
        if self.count and not self.prefix:
            counted = [(key, one) for key, one in self.keys.items() if one.counts and len(key) == 1]
            return counted + [("Esc", one) for key, one in self.keys.items() if key == "Esc"]  # cancels it
        head = f"{self.prefix} "
        return [
            (key.removeprefix(head), command) for key, command in self.keys.items() if key.startswith(head)
        ]


_NAMES = {
    "pagedown": "PgDn",
    "pageup": "PgUp",
    "escape": "Esc",
    "space": "Space",
    "shift+tab": "Shift+Tab",
}


def key_name(key: str, character: str | None) -> str:
    """The name of a key as this module writes it, from the terminal event's key and printable character."""
    if character and character.isprintable() and character != " ":
        return character
    if key in _NAMES:
        return _NAMES[key]
    head, _, last = key.rpartition("+")
    return f"{head.title()}+{last.upper() if len(last) == 1 else last.title()}" if head else key.title()


def shown_keys(where: Where, keys: Mapping[str, Command]) -> list[tuple[Command, list[str]]]:
    """The commands of a place with their keys, in the order in which help, palette and footer show them."""
    by_command: dict[str, list[str]] = {}
    for key, command in keys.items():
        by_command.setdefault(command.id, []).append(key)
    return [
        (command, by_command[command.id])
        for command in all_commands()
        if command.id in by_command and where in command.where
    ]


KeysOf = Callable[[Where], Mapping[str, Command]]
KeyOf = Callable[[str], str]  # the owner's key for a command's id, for words on the screen


def default_key(name: str) -> str:
    """The first default key of a command; a screen shows `Work.key`, which is the owner's."""
    return BY_ID[name].keys[0]


def first_key(name: str, keys: KeysOf, liked: str = "") -> str:
    """The first key of a command in the first place that has one, or `liked` if it is one of its keys there.

    Empty if no place has a key for it.
    """
    places = (where for where in Where if where in BY_ID[name].where)
    found = (tuple(key for key, command in keys(where).items() if command.id == name) for where in places)
    known = next(filter(None, found), ())
    return liked if liked in known else next(iter(known), "")


def with_keys(words: str, keys: KeysOf) -> str:
    """The words with the owner's key for each command they name, as in `{undo} takes it back`."""
    return _NAMED.sub(lambda found: first_key(found[1], keys) if found[1] in BY_ID else found[0], words)

"""The only list of what a user can do.

Bindings, chords, the palette, the footer, the help screen and the README's table are
all read from `COMMANDS`. A screen runs a command by its method `do_<id>` (dashes as
underscores); what a screen does not know goes to the app.

Keys are written as the owner reads them: `j`, `G`, `?`, `Ctrl+D`, `PgDn`, `Enter`, and
`g m` for a chord of two.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from deskterm.errors import ConfigError


class Where(StrEnum):
    """The places a key may be pressed in."""

    LIST = "the list"
    TICKET = "an open ticket"
    SOP = "the SOP panel"
    COMPOSE = "composing"
    NOTE = "a note"
    REVIEW = "the review"
    SEARCH = "search"
    OUTBOX = "the outbox"
    METRICS = "the metrics"
    BEHIND = "the tickets behind a figure"
    HELP = "help"
    PICKER = "a picker"
    SETUP = "setup"


_DESK = frozenset({Where.LIST, Where.TICKET})
_WRITING = frozenset({Where.COMPOSE, Where.NOTE, Where.SETUP})
_ROWS = frozenset(Where) - _WRITING - {Where.TICKET, Where.REVIEW, Where.PICKER}
_READ = _ROWS | {Where.TICKET}
_CHANGED = _READ - {Where.HELP}
_ANYWHERE = _READ | {Where.REVIEW}
_TYPED = frozenset({Where.COMPOSE, Where.NOTE})
_COMPOSE, _REVIEW, _OUTBOX = frozenset({Where.COMPOSE}), frozenset({Where.REVIEW}), frozenset({Where.OUTBOX})


@dataclass(frozen=True, slots=True)
class Command:
    """One thing a user can do. Without a `label` it stays out of the footer."""

    id: str
    keys: tuple[str, ...]
    label: str
    help: str
    where: frozenset[Where]


def _command(name: str, keys: str, label: str, words: str, where: Iterable[Where]) -> Command:
    """Give a command; its keys are parted by two spaces."""
    return Command(name, tuple(keys.split("  ")), label, words, frozenset(where))


# The footer shows the labels in this order, as many as there is room for.
COMMANDS = (
    _command(
        "open", "Enter  o", "open", "Open what the cursor is on; in a ticket unfold what is long.", _DESK
    ),
    _command("reply", "r", "reply", "Reply to all; the recipients are shown on the review.", _DESK),
    _command("macro", "m", "macro", "Pick a macro and review the reply it makes.", _DESK),
    _command("note", "n", "note", "Write an internal note.", _DESK),
    _command("solve", "e", "solve", "Solve and go on; an unanswered ticket asks for a second press.", _DESK),
    _command("snooze", "b", "snooze", "Put the ticket out of sight until a time.", _DESK),
    _command("sop", "s", "sop", "Go into the SOP panel.", _DESK),
    _command(
        "tick",
        "Space",
        "tick",
        "Tick the step or the claim, or take the tick away.",
        {Where.SOP, Where.REVIEW},
    ),
    _command("run-step", "Enter", "run", "Run the step: take its macro, else tick it.", {Where.SOP}),
    _command("search", "/", "search", "Search all mail.", _READ),
    _command("go-metrics", "g m", "metrics", "Go to the week's figures.", _READ),
    _command("undo", "z", "undo", "Take back the last change; says which.", _CHANGED),
    _command("redo", "Z", "", "Do again what was taken back.", _CHANGED),
    _command("status", "w", "", "Set waiting, on hold, open or solved.", _DESK),
    _command("category", "t", "", "Set the category and the tags.", _DESK),
    _command("away", "d", "", "Out of the way: trash or spam, here alone.", _DESK),
    _command("again", ".", "", "Take the last macro again.", _DESK),
    _command("new", "c", "", "Write a mail of your own.", _DESK),
    _command("next-ticket", "J", "", "Go to the next ticket.", _DESK),
    _command("previous-ticket", "K", "", "Go to the ticket before.", _DESK),
    _command("quotes", "Q", "", "Show or fold quoted text and signatures.", _DESK),
    _command("headers", "H", "", "Show the mail as it came, headers and all.", _DESK),
    _command("attachments", "v", "", "Save an attachment.", _DESK),
    _command("rest", "F", "", "Fetch the rest of a mail too large to come at once; again: stop.", _DESK),
    _command("links", "l", "", "Show the links in full, and copy one.", _DESK),
    _command("side", "i", "", "Show or hide the panel with the customer and the orders.", _DESK),
    _command("density", "-", "", "One line a ticket, or two.", {Where.LIST}),
    _command("sync", "R", "", "Fetch mail and orders now.", _READ),
    _command(
        "standing",
        "!",
        "",
        "How far mail and orders are complete, and in full what fails.",
        _READ - {Where.HELP},
    ),
    _command("down", "j  Down", "", "Move down; in an open ticket scroll.", _ANYWHERE),
    _command("up", "k  Up", "", "Move up; in an open ticket scroll.", _ANYWHERE),
    _command("page-down", "Space  PgDn  Ctrl+D", "", "Go a page down.", _ANYWHERE - {Where.SOP}),
    _command("page-up", "PgUp  Ctrl+U", "", "Go a page up.", _ANYWHERE - {Where.SOP}),
    _command("go-inbox", "g i", "", "Go to the inbox.", _READ),
    _command("go-waiting", "g w", "", "Go to the tickets whose customer is to answer.", _READ),
    _command("go-snoozed", "g s", "", "Go to the snoozed tickets.", _READ),
    _command("go-outbox", "g o", "", "Go to the outbox.", _READ),
    _command("go-hold", "g h", "", "Go to the tickets on hold.", _READ),
    _command("go-solved", "g e", "", "Go to the solved tickets.", _READ),
    _command("go-others", "g n", "", "Go to what is not from customers.", _READ),
    _command("go-spam", "g !", "", "Go to spam.", _READ),
    _command("go-trash", "g d", "", "Go to the local trash.", _READ),
    _command("top", "g g  Home", "", "Go to the beginning.", _ANYWHERE),
    _command("bottom", "G  End", "", "Go to the end.", _ANYWHERE),
    # composing
    _command("review", "Ctrl+R", "review", "Review the mail as it will go.", _COMPOSE),
    _command("insert-macro", "Ctrl+T", "macro", "Put a macro's text at the cursor.", _COMPOSE),
    _command(
        "mail", "Ctrl+L", "mail", "Read on in their mail; on a narrow screen show or hide it.", _COMPOSE
    ),
    _command("editor", "Ctrl+G", "editor", "Write in your own editor ($EDITOR).", _COMPOSE),
    _command(
        "envelope", "Ctrl+O", "to, subject", "Change recipients, subject, attachments, quoting.", _COMPOSE
    ),
    _command("discard", "Ctrl+X", "discard", "Throw the draft away; undo brings it back.", _COMPOSE),
    # a note
    _command("keep-note", "Ctrl+S", "add the note", "Add the note to the ticket.", {Where.NOTE}),
    _command("discard-note", "Ctrl+X", "throw away", "Throw away what was written.", {Where.NOTE}),
    _command("back-from-note", "Esc", "leave", "Go back; what was written stays.", {Where.NOTE}),
    # review
    _command("send", "y", "send", "Send a green reply.", _REVIEW),
    _command("send-amber", "Y", "send all the same", "Send an amber reply.", _REVIEW),
    _command(
        "later", "l", "later", "Pick when it goes, and whether in any case; or keep the draft.", _REVIEW
    ),
    _command("edit", "i", "edit", "Write on.", _REVIEW),
    _command("other-order", "o", "other order", "Fill the reply from another order.", _REVIEW),
    _command("attach", "a", "attach", "Attach a file.", _REVIEW),
    _command("after", "Tab", "then", "Change what follows the reply.", _REVIEW),
    # outbox, search and metrics
    _command(
        "open-row",
        "Enter  o",
        "open",
        "Open what the cursor is on.",
        _ROWS - {Where.LIST, Where.SOP, Where.HELP},
    ),
    _command("bring-back", "b", "bring back", "Make the reply a draft again.", _OUTBOX),
    _command(
        "retry",
        "r",
        "try again",
        "Try a reply again that was refused, may have been sent, or waits for its next try.",
        _OUTBOX,
    ),
    _command("give-up", "d", "discard", "Give up a reply that was not sent.", _OUTBOX),
    _command("say-sent", "s", "it was sent", "Say that an uncertain reply did go out.", _OUTBOX),
    _command(
        "next-hit",
        "n",
        "next",
        "Open the next hit, once Enter or Esc has left the field; in a ticket J goes there.",
        {Where.SEARCH},
    ),
    _command("earlier", "[  Left", "week before", "Go a week back.", {Where.METRICS}),
    _command("newer", "]  Right", "week after", "Go a week on.", {Where.METRICS}),
    _command("hours", "h", "business hours", "Count business hours, or all hours.", {Where.METRICS}),
    _command("definition", "d", "", "Show or hide the definitions.", {Where.METRICS}),
    # setup
    _command(
        "setup-write", "Ctrl+S", "test and write", "Test the servers, then write config.toml.", {Where.SETUP}
    ),
    _command("setup-untested", "F4", "write untested", "Write config.toml without a test.", {Where.SETUP}),
    _command("setup-quit", "Esc  Ctrl+Q", "back", "Leave without writing.", {Where.SETUP}),
    # everywhere
    _command("help", "?  F1", "keys", "Show the keys of this screen.", _ANYWHERE),
    _command("palette", ":  Ctrl+P", "", "Find a command by its name.", _ANYWHERE | {Where.COMPOSE}),
    _command("quit", "Ctrl+Q", "", "Quit; asks first.", _ANYWHERE | {Where.COMPOSE}),
    _command(
        "back", "q  Esc", "back", "Go back; at the inbox it asks whether to quit.", _ANYWHERE | {Where.PICKER}
    ),
    _command("help-from-writing", "F1", "keys", "Show the keys of this screen.", _TYPED),
    _command("back-from-writing", "Esc", "back", "Go back; the draft stays.", _COMPOSE),
)

BY_ID = {command.id: command for command in COMMANDS}

# What a desk that only reads refuses at the first key.
WRITES = frozenset(
    "reply macro note solve snooze tick run-step undo redo status category away again new sync review "
    "insert-macro envelope discard send send-amber edit other-order attach after later bring-back retry "
    "give-up rest say-sent".split()
)
ABOUT_A_TICKET = frozenset(
    "open reply macro note solve snooze sop status category away again "
    "quotes headers attachments links rest".split()
)  # of no use in an empty list
MOVES = frozenset(
    "down up page-down page-up top bottom next-ticket previous-ticket next-hit".split()
)  # of the cursor alone

# Keys as other programs' users expect them, over the keys above. The vim habits are the keys above.
PRESETS: Mapping[str, Mapping[str, str]] = {
    "": {},
    "vim": {},
    "mutt": {"sync": "$", "next-ticket": "J  Tab", "side": "|", "back": "q  i  Esc"},
    "gmail": {"back": "q  u  Esc", "away": "#  !", "bottom": "G  End", "status": "w  y"},
}


def keymap(where: Where, own: Mapping[str, str] | None = None, preset: str = "") -> dict[str, Command]:
    """The commands of a place by key, chords by their two keys.

    `own` is the owner's `[keys]`: a command's id and its keys (several parted by two
    spaces), which win over a preset's. Raises ConfigError for a command that is not
    there and for a key that is asked for twice in one place.
    """
    chosen = {**PRESETS.get(preset, {}), **(own or {})}
    _is_known_key(own or {})
    found: dict[str, Command] = {}
    for command in COMMANDS:
        if where in command.where:
            for key in _keys(command, chosen):
                if key in found and _is_deliberate(found[key], command, chosen):
                    raise _twice(key, found[key], command, where)
                if key not in found or command.id in chosen:
                    found[key] = command
    return found


def _keys(command: Command, chosen: Mapping[str, str]) -> tuple[str, ...]:
    if command.id not in chosen:
        return command.keys
    return tuple(key for key in chosen[command.id].split("  ") if key)


def _is_known_key(own: Mapping[str, str]) -> None:
    for name in own:
        if name not in BY_ID:
            raise ConfigError(
                f"config.toml gives a key to {name!r}, which is no command.",
                todo="Take the name from the list of commands in the help screen.",
            )


def _is_deliberate(first: Command, second: Command, chosen: Mapping[str, str]) -> bool:
    """Say whether the owner asked for the key for both commands."""
    return first.id in chosen and second.id in chosen


def _twice(key: str, first: Command, second: Command, where: Where) -> ConfigError:
    return ConfigError(
        f"config.toml gives the key {key} to two commands in {where}: {first.id} and {second.id}.",
        todo="Give one of them another key.",
    )


@dataclass(slots=True)
class KeyReader:
    """Reads keys, chords among them. `prefix` is the first key of a chord that waits for its second.

    A prefix does not time out; it swallows a second key that completes no chord.
    """

    keys: Mapping[str, Command]
    prefix: str = ""
    _prefixes: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        self._prefixes = frozenset(key.split(" ")[0] for key in self.keys if " " in key)

    def press(self, key: str) -> Command | None:
        """The command a key completes, None while there is none."""
        if self.prefix:
            chord, self.prefix = f"{self.prefix} {key}", ""
            return self.keys.get(chord)
        if key in self._prefixes:
            self.prefix = key
            return None
        return self.keys.get(key)

    def chords(self) -> list[tuple[str, Command]]:
        """What may follow the waiting prefix: each second key and its command."""
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
    """A key as this table writes it, from a terminal's event: its name and its printable character."""
    if character and character.isprintable() and character != " ":
        return character
    if key in _NAMES:
        return _NAMES[key]
    head, _, last = key.rpartition("+")
    return f"{head.title()}+{last.upper() if len(last) == 1 else last.title()}" if head else key.title()


def shown_keys(where: Where, keys: Mapping[str, Command]) -> list[tuple[Command, list[str]]]:
    """The commands of a place with their keys, in the table's order: what help, palette and footer show."""
    by_command: dict[str, list[str]] = {}
    for key, command in keys.items():
        by_command.setdefault(command.id, []).append(key)
    return [
        (command, by_command[command.id])
        for command in COMMANDS
        if command.id in by_command and where in command.where
    ]

"""The palette: every command of the present screen by its name, and the themes."""

from deskterm.actions.work import Work
from deskterm.commands.keymap import shown_keys
from deskterm.commands.record import Command, Where
from deskterm.screens.base.choose import Choose
from deskterm.screens.base.screen import DeskScreen
from deskterm.widgets.drawing.cells import fit
from deskterm.widgets.look.themes import THEMES
from deskterm.widgets.picker import Option, Picker

THEME = "theme "  # what the answer begins with when a theme was picked
_SYNONYMS = {  # what a hand types for a command that we call otherwise
    "quit": "q q! wq exit leave logout",
    "help": "h keys shortcuts keyboard",
    "solve": "archive close done finish resolve",
    "snooze": "postpone remind defer later",
    "away": "trash delete spam junk block archive remove mute unsubscribe",
    "undo": "revert unsend recall",
    "sync": "fetch refresh reload get update",
    "reply": "answer respond write",
    "note": "comment internal",
    "macro": "template templates snippet snippets canned",
    "category": "tag label type",
    "status": "waiting hold open reopen close",
    "side": "panel card customer order sidebar",
    "density": "compact lines rows",
    "headers": "raw source original",
    "quotes": "fold unfold quoted signature",
    "links": "url",
    "copy": "clipboard yank",
    "search": "find look jump goto",
    "filter": "narrow only",
    "go-metrics": "metrics figures statistics stats report dashboard analytics numbers",
    "go-rules": "automation automate triggers workflow",
    "timeline": "customer customers contact contacts profile",
    "log-call": "phone telephone",
    "priority": "urgent important",
    "order-actions": "refund cancel discount coupon voucher ship shipment tracking replacement",
    "select": "bulk many",
    "go-others": "newsletters notices robots",
    "standing": "health errors truth",
    "new": "compose write mail",
    "forward": "supplier carrier thread",
    "merge": "join combine duplicate",
    "attachments": "files photos save download attach",
    "next-ticket": "following",
    "previous-ticket": "before",
}
_NAME = 16  # cells of the column of names
NOT_HERE = "not here "  # what the answer begins with where there is no such command
_INSTEAD = {  # what other programs have and we have not: what it is called, and what to do instead
    "sort": ("order sorting", "a list has one order: what is due first, then who waits longest"),
    "settings": (
        "setting options preferences configure config account accounts signature",
        "leave; `deskterm setup` asks for mailboxes and stores, the rest stands in config.toml",
    ),
    "print": ("pdf", "C copies a mail; `deskterm show` prints it"),
    "star": ("flag pin important read unread", "t puts a tag on a ticket, b brings it back"),
    "export": ("backup import restore", "leave; `deskterm export`, `backup` or `import` does it"),
    "schedule": ("later tomorrow", "l on the review of a reply sends it later"),
    "folder": ("folders move", "t puts a tag on a ticket; a mail stays in its folder on the server"),
    "translate": (
        "translation language",
        "macros answer in the customer's language; deskterm speaks English",
    ),
    "zoom": ("font size", "your terminal sets the size; - shows more tickets"),
    "recipients": ("cc bcc to", "Ctrl+O changes them while you write"),
    "invoice": ("bill receipt pdf", "a on the review of a reply attaches a file"),
    "assign": ("team agent", "deskterm is for one person; t puts a name on a ticket as a tag"),
}
_NOT_SHOWN = ("palette", "up", "down")


class Palette(Choose):
    """Find a command by typing. It is dismissed with a command's id, or with `theme <name>`."""

    def __init__(self, work: Work, where: Where) -> None:
        commands = [
            Option(
                command.id,
                fit(_name(command), _NAME),
                detail="  ".join(keys),
                names=f"{_name(command)} {_SYNONYMS.get(command.id, '')}",
                hint=command.help,
            )
            for command, keys in shown_keys(where, work.keys(where))
            if command.id not in _NOT_SHOWN
        ]
        commands += [
            Option(
                f"{NOT_HERE}{what}",
                fit(what, _NAME),
                names=f"{what} {names}",
                hint=f"Not here yet: {instead}.",
            )
            for what, (names, instead) in _INSTEAD.items()
        ]
        themes = [Option(THEME + name, fit(f"theme {name}", _NAME), hint=_THEMES[name]) for name in THEMES]
        super().__init__(work, "Command", [*sorted(commands, key=_quit_last), *themes], rows=14, typing=True)

    def on_picker_picked(self, message: Picker.Picked) -> None:
        """Say what to do instead of a command that is not here."""
        if message.value.startswith(NOT_HERE):
            message.prevent_default()
            below, what = self.app.screen_stack[-2], message.value.removeprefix(NOT_HERE)
            self.dismiss(None)
            if isinstance(below, DeskScreen):
                below.tell(f"{what.capitalize()} is not here yet: {_INSTEAD[what][1]}.", "amber")


_THEMES = {
    "dark": "Light letters on dark grounds.",
    "light": "Dark letters on light grounds.",
    "plain": "Black and white; signs say what colours would.",
}


def _name(command: Command) -> str:
    """A command in a word or two: as the footer says it, else as its id."""
    return command.label or command.id.replace("-", " ")


def _quit_last(option: Option) -> bool:
    return option.value in ("quit", "back") or option.value.startswith(NOT_HERE)

"""The command line's commands, and the options they share."""

import argparse
import re
from collections.abc import Callable, Iterable, Sequence
from collections.abc import Set as AbstractSet
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import NoReturn

from deskterm.domain.text import line

# name: (module, help). A module has `arguments(parser)` and `run(args) -> int`, and is imported when its
# command is used.
COMMANDS: dict[str, tuple[str, str]] = {
    "open": ("open_desk", "open the desk (what `deskterm` alone does)"),
    "demo": ("demo", "explore a sample store; nothing leaves your machine"),
    "setup": ("setup", "set up your mailbox and your store's orders"),
    "stores": ("stores", "list stores, add a live one, test its permissions"),
    "login": ("login", "log in to a mailbox with OAuth2"),
    "sync": ("sync", "fetch mail and orders, and send what waits in the outbox"),
    "timer": ("timer", "fetch and send while no desk is open: on, off, or its state"),
    "fetch": ("fetch", "fetch the rest of a ticket's mails above 25 MB"),
    "import": ("import_mbox", "import an mbox file, or another help desk's export"),
    "list": ("list", "list tickets"),
    "show": ("show", "show one ticket"),
    "reply": ("reply", "write a reply as a draft, and send it after its review"),
    "macros": ("macros", "list the macros and SOPs"),
    "check": ("check", "check macros, SOPs and rules against your orders and tickets"),
    "answers": ("answers", "the answers you keep typing, and making macros of them"),
    "playbook": ("playbook", "the playbook as one document, for somebody's first day"),
    "practice": ("practice", "answer old tickets of yours on a sealed copy"),
    "faq": ("faq", "the FAQ page, from chosen macros and notes"),
    "report": ("report", "the figures of a week or of any period"),
    "search": ("search", "find tickets by words"),
    "act": ("act", "act on an order in its store: refund, cancel, address, note, tags, parcel, code"),
    "senders": ("senders", "say who is always a customer, and who never is"),
    "rules": ("rules", "rules for arriving mail: list, try, switch on and off"),
    "day": ("day", "day switches: away, a notice, holding a macro, the 72-hour clock"),
    "status": ("status", "how things stand, in one line"),
    "undo": ("undo", "undo the last change"),
    "backup": ("backup", "make a backup of the database now"),
    "restore": ("restore", "restore a backup of the database"),
    "export": ("export", "export everything as mbox, JSON or CSV"),
    "forget": ("forget", "erase one customer"),
    "doctor": ("doctor", "find out what is wrong and what to do"),
    "completion": ("completion", "print a completion script for your shell"),
}
_ENDS = (
    "Exit status: 0 success; 1 it failed or found a problem; 2 wrong usage; "
    "3 nothing found; 4 not confirmed, so not done; 130 interrupted."
)


class Parser(argparse.ArgumentParser):
    """An argument parser that does not accept abbreviated options and prints safely what it was given."""

    def __init__(self, **given: object) -> None:
        super().__init__(**{"allow_abbrev": False, **given})  # type: ignore[arg-type]
        self.commands: dict[str, Parser] = {}

    def error(self, message: str) -> NoReturn:
        """Report a usage error; the words may come from a mail, so they are made safe."""
        super().error(line(message))

    def refuse_unknown(self, words: Sequence[str]) -> NoReturn:
        """Report arguments that this command does not take, with the option that was meant if one is near."""
        near = _nearest(words[0], self._option_string_actions) if words[0].startswith("-") else ""
        hint = f"; did you mean {near}?" if near else ""
        self.error(f"unrecognized arguments: {' '.join(words)}{hint}")


def parse(words: Sequence[str]) -> tuple[argparse.Namespace, ModuleType]:
    """The arguments, and the module of the command. Raises SystemExit (2, or 0 after --help).

    `help list` is `list --help`.
    """
    wanted = _find_command(words)
    if wanted == "help":
        at = words.index("help")
        words = [*words[:at], *words[at + 1 : at + 2], "--help"]
        wanted = _find_command(words)
    # anywhere else the parser may meet another command, or list them all
    alone = wanted in COMMANDS and wanted in (words[2:3] if words[:1] == ["--home"] else words[:1])
    parser, modules = _build_parser({wanted}, {wanted} if alone else COMMANDS.keys())
    if wanted not in COMMANDS:
        parser.error(_unknown_command(wanted))
    args, rest = parser.parse_known_args(words)
    if rest:
        parser.commands.get(args.command, parser).refuse_unknown(rest)
    args.home = getattr(args, "home", None)
    if args.command is None:
        args.command = "open"
    module = modules.get(args.command) or import_module(f"deskterm.cli.{COMMANDS['open'][0]}")
    return args, module


def build_full_parser() -> argparse.ArgumentParser:
    """The parser with every command's options, for completion scripts and the manual page."""
    return _build_parser(COMMANDS.keys(), COMMANDS.keys())[0]


def _build_parser(wanted: AbstractSet[str], known: AbstractSet[str]) -> tuple[Parser, dict[str, ModuleType]]:
    """The parser of the `known` commands, and the modules of the `wanted` ones; only these are imported."""
    shared = Parser(add_help=False)
    shared.add_argument(
        "--home", type=Path, default=argparse.SUPPRESS, metavar="DIR", help="use the desk in this folder"
    )
    parser = Parser(
        prog="deskterm", description="The help desk of a one-person store.", parents=[shared], epilog=_ENDS
    )
    parser.add_argument("-V", "--version", action="store_true", help="print the version")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", parser_class=Parser)
    parser.commands = commands.choices
    modules: dict[str, ModuleType] = {}
    for name, (place, does) in COMMANDS.items():
        if name not in known:
            continue
        own = commands.add_parser(
            name, help=does, description=f"{does[0].upper()}{does[1:]}.", parents=[shared]
        )
        if name in wanted:
            modules[name] = import_module(f"deskterm.cli.{place}")
            modules[name].arguments(own)
    return parser, modules


def _find_command(words: Sequence[str]) -> str:
    """The first word that names a command, skipping `--home DIR`."""
    passed = {place + 1 for place, word in enumerate(words) if word == "--home"}
    named = (word for place, word in enumerate(words) if place not in passed and not word.startswith("-"))
    return next(named, "open")


def _unknown_command(word: str) -> str:
    """The error for an unknown command, with the nearest one if any is near."""
    near = _nearest(word.lower(), (*COMMANDS, "--version"))
    return f"there is no command {word!r}; " + (
        f"did you mean `deskterm {near}`?" if near else "`deskterm --help` lists them"
    )


def _nearest(word: str, known: Iterable[str]) -> str:
    """The known word that is most like a mistyped one; empty if none is near."""
    from difflib import get_close_matches  # noqa: PLC0415 - only after a typing mistake

    return next(iter(get_close_matches(word, list(known), n=1)), "")


def json_option(parser: argparse.ArgumentParser) -> None:
    """Add `--json`, which every command that prints has."""
    parser.add_argument("--json", action="store_true", help="print JSON (docs/cli.md describes it)")


def whole_number(least: int) -> Callable[[str], int]:
    """A parser of whole numbers from `least` on; argparse reports anything else."""

    def parse_number(word: str) -> int:
        if not re.fullmatch(r"\d{1,9}", word, re.ASCII) or int(word) < least:
            raise argparse.ArgumentTypeError(f"{word!r} is not a whole number from {least} on")
        return int(word)

    return parse_number


def ticket(word: str) -> int:
    """A ticket's number, from `T1043`, `t1043` or `1043`."""
    found = re.fullmatch(r"[Tt]?(\d{1,15})", word)
    if not found:
        raise argparse.ArgumentTypeError(f"{word!r} is not a ticket; write it like T1043")
    return int(found[1])

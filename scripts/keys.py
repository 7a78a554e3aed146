"""Write the README's table of keys from `deskterm.commands`."""

import re
from pathlib import Path

import deskterm.actions  # noqa: F401 - registers its commands
from deskterm.commands.record import Command, Where
from deskterm.commands.registry import all_commands

README = Path(__file__).parents[1] / "README.md"
GROUPS: tuple[tuple[str, frozenset[Where]], ...] = (
    ("In the list and in an open ticket", frozenset({Where.LIST, Where.TICKET})),
    ("In the SOP panel", frozenset({Where.SOP})),
    ("Composing", frozenset({Where.COMPOSE})),
    ("In a note", frozenset({Where.NOTE})),
    ("On the review", frozenset({Where.REVIEW})),
    ("In the outbox", frozenset({Where.OUTBOX})),
    ("In search", frozenset({Where.SEARCH})),
    ("On the metrics screen", frozenset({Where.METRICS})),
    ("In setup", frozenset({Where.SETUP})),
)


def table() -> str:
    """The whole table in Markdown; a command stands in the first group that it fits."""
    lines: list[str] = []
    told: set[str] = set()
    for title, where in GROUPS:
        rows = [command for command in all_commands() if command.where & where and command.id not in told]
        told.update(command.id for command in rows)
        lines += [f"**{title}**", "", "| key | does |", "|---|---|", *map(_row, rows), ""]
    return "\n".join(lines)


def _row(command: Command) -> str:
    keys = " ".join(f"`{key}`" for key in command.keys).replace("|", "\\|")
    return f"| {keys} | {command.help} |"


def with_table(text: str) -> str:
    """The README with its table written anew between the two marks."""
    return re.sub(r"(?<=<!-- keys -->\n).*?(?=<!-- /keys -->)", lambda _: table(), text, flags=re.DOTALL)


if __name__ == "__main__":
    README.write_text(with_table(README.read_text(encoding="utf-8")), encoding="utf-8")

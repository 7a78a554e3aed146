"""Write the tables of keys from the commands' records: the main ones to the README, all to docs/keys.md."""

import re
from pathlib import Path

import deskterm.actions  # noqa: F401 - registers its commands
from deskterm.commands.record import Command, Where
from deskterm.commands.registry import all_commands

README = Path(__file__).parents[1] / "README.md"
KEYS = README.parent / "docs" / "keys.md"
MAIN: tuple[tuple[str, frozenset[Where]], ...] = (
    ("In the list and in an open ticket", frozenset({Where.LIST, Where.TICKET})),
    ("In the SOP panel", frozenset({Where.SOP})),
    ("Writing a reply", frozenset({Where.COMPOSE})),
    ("In a note", frozenset({Where.NOTE})),
    ("On the review", frozenset({Where.REVIEW})),
    ("In the outbox", frozenset({Where.OUTBOX})),
    ("In search", frozenset({Where.SEARCH})),
    ("On the metrics screen", frozenset({Where.METRICS})),
)
ALL = (
    *MAIN,
    ("In many replies", frozenset({Where.BULK})),
    ("On the radar", frozenset({Where.RADAR})),
    ("In the list of incidents", frozenset({Where.INCIDENTS})),
    ("In an incident", frozenset({Where.INCIDENT})),
    ("In the back-in-stock list", frozenset({Where.STOCK})),
    ("In the recurring questions", frozenset({Where.QUESTIONS})),
    ("In the rules", frozenset({Where.RULES})),
    ("In the self-review", frozenset({Where.WEEK})),
    ("In setup", frozenset({Where.SETUP})),
)


def table(groups: tuple[tuple[str, frozenset[Where]], ...], *, names: bool = False) -> str:
    """The tables of some places in Markdown, each command once; with `names`, the name for `[keys]` too."""
    lines: list[str] = []
    listed: set[str] = set()
    for title, where in groups:
        rows = [one for one in all_commands() if one.where & where and one.id not in listed]
        listed.update(command.id for command in rows)
        head = ["| key | does | name |", "|---|---|---|"] if names else ["| key | does |", "|---|---|"]
        lines += [f"**{title}**", "", *head, *(_row(command, names=names) for command in rows), ""]
    return "\n".join(lines)


def _row(command: Command, *, names: bool) -> str:
    keys = " ".join(f"`{key}`" for key in command.keys).replace("|", "\\|")
    return f"| {keys} | {command.help} |" + f" `{command.id}` |" * names


def with_table(text: str, made: str) -> str:
    """The text with the table `made` between its two marks."""
    return re.sub(r"(?<=<!-- keys -->\n).*?(?=<!-- /keys -->)", lambda _: made, text, flags=re.DOTALL)


def pages() -> dict[Path, str]:
    """The pages with a table, as they should be."""
    made = {README: table(MAIN), KEYS: table(ALL, names=True)}
    return {path: with_table(path.read_text(encoding="utf-8"), one) for path, one in made.items()}


if __name__ == "__main__":
    for page, words in pages().items():
        page.write_text(words, encoding="utf-8")

"""Practice: answer old tickets on a sealed copy, then see what was really written.

Nothing can leave the copy: it has no account on a server, no store and an empty outbox, and its desk is given
nothing that reaches the outside.
"""

import shutil
from dataclasses import replace
from pathlib import Path
from random import Random

from deskterm.config.all_settings import Mailbox, Settings
from deskterm.config.paths import Home
from deskterm.desk.playbook import FOLDERS
from deskterm.desk.shop import DeskContext
from deskterm.errors import NotFound
from deskterm.storage.mail import messages
from deskterm.storage.schema.database import Database
from deskterm.storage.upkeep import backup, practice
from deskterm.storage.upkeep.practice import OldTicket, PracticeReply
from deskterm.value_class import dataclass

PREFIX = "practice-"  # of a copy's folder
_DAY = 86400
_OLD = 7 * _DAY  # younger tickets are still remembered
_KEPT = (*FOLDERS, "files", "tone.md")


@dataclass(frozen=True, slots=True)
class PracticeResult:
    """One ticket: the question, the real answer, and what was written in practice, if anything."""

    ticket_id: int
    who: str
    question: str
    answered: str
    written: PracticeReply | None


def choose_tickets(shop: DeskContext, number: int, now: int, draw: Random) -> tuple[OldTicket, ...]:
    """Up to `number` answered tickets, drawn at random. NotFound if there are none."""
    with shop.db.read() as tx:
        found = practice.answered_tickets(tx, now - _OLD)
    if not found:
        raise NotFound("No ticket older than a week has been answered yet.", todo="Come back later.")
    return tuple(draw.sample(found, min(number, len(found))))


def remove_leftovers(folder: Path, now: int) -> None:
    """Remove copies of practices that were killed a day ago or more."""
    for left in folder.glob(f"{PREFIX}*"):
        if left.stat().st_mtime < now - _DAY:
            shutil.rmtree(left, ignore_errors=True)


def copy_desk(home: Home, folder: Path) -> Home:
    """A home in `folder` with a copy of the database and playbook, and nothing else."""
    copied = Home(folder)
    backup.copy(home.database, copied.database)
    for name in _KEPT:
        source = home.config_folder / name
        if source.is_dir():
            shutil.copytree(source, folder / name)
        elif source.is_file():
            shutil.copy(source, folder / name)
    return copied


def seal_settings(settings: Settings, folder: Path) -> Settings:
    """The settings without anything that reaches the outside: each account is a folder in the copy."""
    boxes = tuple(
        Mailbox(
            name=one.name, kind="maildir", address=one.address, path=str(folder / "mail"), delivery="maildir"
        )
        for one in settings.mailboxes
    )
    return replace(
        settings, mailboxes=boxes, stores=(), draft_command="", report_folder="", survey="", wire_log=False
    )


def seal(db: Database, chosen: tuple[OldTicket, ...]) -> None:
    """Set the copy back to the first hour of these tickets."""
    with db.write() as tx:
        practice.seal(tx, chosen)


def compare(db: Database, chosen: tuple[OldTicket, ...]) -> tuple[PracticeResult, ...]:
    """What was written in practice beside what had really been written, ticket by ticket."""
    with db.read() as tx:
        found = []
        for one in chosen:
            asked = messages.get(
                tx, one.question
            )  # by message id: in practice its ticket may have been merged
            name = asked.sender.name or asked.sender.address
            found.append(
                PracticeResult(
                    one.ticket_id,
                    name,
                    asked.own_words.strip(),
                    one.answer,
                    practice.reply_to(tx, asked.ticket_id),
                )
            )
    return tuple(found)

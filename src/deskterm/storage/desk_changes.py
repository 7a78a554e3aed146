"""What the owner changed of the desk itself, not of a ticket, so that it can be taken back: the last few.

A change is of facts of the desk (views, the kind of day) or of a file of the owner's that a key has written.
"""

import json
from collections.abc import Mapping
from pathlib import Path
from sqlite3 import Connection
from typing import Any

from deskterm.config.files import write_private
from deskterm.errors import NotNow
from deskterm.storage import desk_facts, events
from deskterm.value_class import dataclass

_KEY = "desk changes"
_KEPT = 20
_LARGEST = 200_000  # characters of a file: a larger one is not kept twice


@dataclass(frozen=True, slots=True)
class DeskChange:
    """One change. `after` is the last event when it was made or undone: what is newer, it or a ticket's.

    `facts` and `files` have what stood there before and what stands there since; no text for no file.
    """

    id: int
    words: str
    after: int
    facts: Mapping[str, tuple[str, str]]
    files: Mapping[str, tuple[str | None, str | None]]
    undone: bool = False

    @property
    def action(self) -> int:
        """The number by which a screen knows it: below 0, where no action of a ticket is."""
        return -self.id


def note(
    tx: Connection,
    words: str,
    *,
    facts: Mapping[str, tuple[str, str]] | None = None,
    files: Mapping[Path, tuple[str | None, str | None]] | None = None,
) -> int:
    """Note a change that was just made, in words (`kept the view tag:vip`); returns its action.

    What was undone before cannot be done again after it.
    """
    texts_of = {str(path): texts for path, texts in (files or {}).items()}
    if any(len(text or "") > _LARGEST for texts in texts_of.values() for text in texts):
        return 0
    known = [one for one in _all(tx) if not one.undone]
    number = max((one.id for one in _all(tx)), default=0) + 1
    made = DeskChange(number, words, events.last_id(tx), facts or {}, texts_of)
    _put(tx, [*known, made])
    return made.action


def last_standing(tx: Connection, action: int) -> DeskChange | None:
    """The last change that was not undone, if no event of an action of a ticket came after it.

    One that something else has changed since is passed over where there is something else to take back.
    """
    standing = [one for one in reversed(_all(tx)) if not one.undone]
    as_left = [one for one in standing if _is_as_left(tx, one, undo=True)]
    found = next(iter(as_left if as_left or action else standing), None)
    since = events.last_id(tx, action) if action else 0
    return found if found and found.after >= since else None


def is_in_effect(tx: Connection, action: int) -> bool:
    """Whether a change, by its action, was not undone. One too old to be known counts as in effect."""
    known = {one.action: one.undone for one in _all(tx)}
    return not known[action] if action in known else action > max(known, default=action)


def last_undone(tx: Connection) -> DeskChange | None:
    """The change undone last, unless the owner has done something since."""
    found = next((one for one in _all(tx) if one.undone), None)
    return found if found and found.after >= events.last_by_owner(tx) else None


def reverse(tx: Connection, change: DeskChange, *, undo: bool) -> None:
    """Take a change back, or do it again. NotNow where something of it is not as it left it."""
    if not _is_as_left(tx, change, undo=undo):
        raise NotNow(
            f"It was changed since: {change.words}.", safe="It is as it is.", todo="Change it by hand."
        )
    for name, (was, now) in change.facts.items():
        desk_facts.set_fact(tx, name, was if undo else now)
    for name, texts in change.files.items():
        _write(Path(name), texts[not undo])
    _put(
        tx,
        [
            DeskChange(one.id, one.words, events.last_id(tx), one.facts, one.files, undo)
            if one.id == change.id
            else one
            for one in _all(tx)
        ],
    )


def text_of(file: Path) -> str | None:
    """The text of a file with its own line ends; None if there is no file."""
    try:
        return file.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError):
        return None


def _is_as_left(tx: Connection, change: DeskChange, *, undo: bool) -> bool:
    pairs = [*change.facts.items(), *change.files.items()]
    return all(_now(tx, change, name) == pair[undo] for name, pair in pairs)


def _now(tx: Connection, change: DeskChange, name: str) -> str | None:
    return desk_facts.get_fact(tx, name) if name in change.facts else text_of(Path(name))


def _write(file: Path, text: str | None) -> None:
    if text is None:
        file.unlink(missing_ok=True)
    else:
        write_private(file, text.encode())


def _all(tx: Connection) -> list[DeskChange]:
    rows: list[dict[str, Any]] = json.loads(desk_facts.get_fact(tx, _KEY, "[]"))
    return [
        DeskChange(
            one["id"], one["words"], one["after"],
            {name: tuple(pair) for name, pair in one["facts"].items()},
            {name: tuple(pair) for name, pair in one["files"].items()},
            one["undone"],
        )
        for one in rows
    ]  # fmt: skip


def _put(tx: Connection, changes: list[DeskChange]) -> None:
    rows = [
        {
            "id": one.id, "words": one.words, "after": one.after, "facts": dict(one.facts),
            "files": dict(one.files), "undone": one.undone,
        }
        for one in changes[-_KEPT:]
    ]  # fmt: skip
    desk_facts.set_fact(tx, _KEY, json.dumps(rows, ensure_ascii=False))

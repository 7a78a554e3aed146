"""The keys a review offers: only what it allows, each shown once."""

from dataclasses import replace

from deskterm.domain.review.replies import Level
from deskterm.screens.base.screen_bars import Shown

_READ_ON = frozenset({"send", "send-amber", "later"})  # scroll while the end has not been seen
_RANK = {"send": 0, "send-amber": 0, "later": 0, "after": 0, "copy": 2}  # a narrow footer leaves out the last
_HIDDEN = {
    Level.GREEN: frozenset({"send-amber"}),
    Level.AMBER: frozenset({"send"}),
    Level.RED: frozenset({"send", "send-amber"}),
}


def offered_keys(
    shown: list[Shown], level: Level, *, reads_on: bool, does_claims: bool, others: bool
) -> list[Shown]:
    """The keys for a reply of a level. `reads_on`: its end has not been seen; `does_claims`: `O` can act.

    `others`: the customer has other tickets that it could answer.
    """
    useless = {"claimed-action": not does_claims, "also-answer": not others}
    hidden = _HIDDEN[level] | {"undo"} | {name for name, is_useless in useless.items() if is_useless}
    kept = [(command, keys) for command, keys in shown if command.id not in hidden]
    kept.sort(key=lambda one: _RANK.get(one[0].id, 1))
    return _read_on_once(kept) if reads_on and level is not Level.RED else kept


def _read_on_once(shown: list[Shown]) -> list[Shown]:
    """Merge the keys that scroll into one entry, at the place of the first."""
    reading = [(command, keys) for command, keys in shown if command.id in _READ_ON]
    if not reading:
        return shown
    once = replace(reading[0][0], label="read on"), [" ".join(keys[0] for _, keys in reading)]
    return [once if one == reading[0] else one for one in shown if one not in reading[1:]]

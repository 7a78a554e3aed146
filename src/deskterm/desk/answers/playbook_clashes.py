"""Playbook files that name something missing or claim the same key: usable, and reported."""

from deskterm.domain.playbook import Macro
from deskterm.domain.sops.sop import Sop


def clashes(macros: dict[str, Macro]) -> list[tuple[str, str]]:
    """Macros whose key another one has: usable, but not by that key."""
    first: dict[str, str] = {}
    return [
        (macro.file, f"Its key {macro.key} is also that of {first[macro.key]}. Choose another.")
        for macro in macros.values()
        if macro.key and first.setdefault(macro.key, macro.file) != macro.file
    ]


def lost_steps(sops: dict[str, Sop], macros: dict[str, Macro]) -> list[tuple[str, str]]:
    """SOPs with a step that names a missing macro."""
    return [
        (f"sops/{sop.id}.md", f"The step “{step.text}” names the macro {step.macro}, which does not exist.")
        for sop in sops.values()
        for step in sop.steps
        if step.macro and step.macro not in macros
    ]


def lost_follow_ups(macros: dict[str, Macro]) -> list[tuple[str, str]]:
    """Macros whose follow-up letter is missing: usable, but nothing follows."""
    wanted = [(macro.file, macro.effects.follow_up) for macro in macros.values() if macro.effects.follow_up]
    return [
        (file, f"Its follow-up macro {one.macro} does not exist.")
        for file, one in wanted
        if one.macro not in macros
    ]

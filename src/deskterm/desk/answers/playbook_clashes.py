"""Files of the playbook that name what is not there, or claim one key twice: usable, and told."""

from deskterm.domain.playbook import Macro, Sop


def clashes(macros: dict[str, Macro]) -> list[tuple[str, str]]:
    """Macros whose key another one has: usable, but not by that key."""
    first: dict[str, str] = {}
    return [
        (
            f"macros/{macro.id}.md",
            f"Its key {macro.key} is that of macros/{first[macro.key]}.md too. Give it another.",
        )
        for macro in macros.values()
        if macro.key and first.setdefault(macro.key, macro.id) != macro.id
    ]


def lost_steps(sops: dict[str, Sop], macros: dict[str, Macro]) -> list[tuple[str, str]]:
    """SOPs with a step that names a macro which is not there."""
    return [
        (f"sops/{sop.id}.md", f"The step “{step.text}” names the macro {step.macro}, and there is none.")
        for sop in sops.values()
        for step in sop.steps
        if step.macro and step.macro not in macros
    ]


def lost_follow_ups(macros: dict[str, Macro]) -> list[tuple[str, str]]:
    """Macros with a letter to follow which is not there: usable, and nothing follows."""
    wanted = [(macro.id, macro.effects.follow_up) for macro in macros.values() if macro.effects.follow_up]
    return [
        (f"macros/{id_}.md", f"It is to be followed by the macro {one.macro}, and there is none.")
        for id_, one in wanted
        if one.macro not in macros
    ]

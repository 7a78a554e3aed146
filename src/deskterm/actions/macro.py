"""Pick a macro and review the reply it makes."""

from deskterm.actions.front import Front


def run(front: Front, ids: tuple[int, ...]) -> None:
    """Open the list of macros; with several tickets, each gets its own letter."""
    front.go_to("macro", ids[0], among=ids)

"""Show the answers the owner keeps typing, to make macros of them."""

from deskterm.actions.front import Front


def run(front: Front, ids: tuple[int, ...]) -> None:
    """Open that place."""
    front.go_to("habits", ids[0] if ids else 0)

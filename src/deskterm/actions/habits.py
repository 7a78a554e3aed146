"""Show the answers that are typed again and again, to make macros of them."""

from deskterm.actions.front import Front


def run(front: Front, ids: tuple[int, ...]) -> None:
    """Go there."""
    front.go_to("habits", ids[0] if ids else 0)

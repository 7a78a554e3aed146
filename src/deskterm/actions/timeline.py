"""Show everything of the ticket's customer in order."""

from deskterm.actions.front import Front


def run(front: Front, ids: tuple[int, ...]) -> None:
    """Go there."""
    front.go_to("timeline", ids[0])

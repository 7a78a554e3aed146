"""Show everything about the ticket's customer, in order."""

from deskterm.actions.front import Front


def run(front: Front, ids: tuple[int, ...]) -> None:
    """Open that place."""
    front.go_to("timeline", ids[0])

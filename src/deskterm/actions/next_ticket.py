"""Go to the next ticket of the list, from inside a ticket too."""

from deskterm.actions.front import Front


def run(front: Front, ids: tuple[int, ...]) -> None:  # noqa: ARG001 - the screen knows where it is
    """Go on by one."""
    front.turn(1)

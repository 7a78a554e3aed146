"""Go to the next ticket in the list, also from inside a ticket."""

from deskterm.actions.front import Front


def run(front: Front, ids: tuple[int, ...]) -> None:  # noqa: ARG001 - the screen knows where it is
    """Go one ticket on."""
    front.turn(1)

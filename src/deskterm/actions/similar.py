"""Show past tickets that asked much the same."""

from deskterm.actions.front import Front


def run(front: Front, ids: tuple[int, ...]) -> None:
    """Open that place."""
    front.go_to("similar", ids[0])

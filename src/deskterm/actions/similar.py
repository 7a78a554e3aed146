"""Show past tickets in which much the same was asked."""

from deskterm.actions.front import Front


def run(front: Front, ids: tuple[int, ...]) -> None:
    """Go there."""
    front.go_to("similar", ids[0])

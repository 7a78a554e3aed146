"""Show or hide the panel with the customer and the orders."""

from deskterm.actions.front import Front


def run(front: Front, ids: tuple[int, ...]) -> None:  # noqa: ARG001 - of the screen
    """Show it where there is no room for it beside the mail, or hide it where there is."""
    front.toggle_side()

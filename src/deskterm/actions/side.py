"""Show or hide the panel with the customer and the orders."""

from deskterm.actions.front import Front


def run(front: Front, ids: tuple[int, ...]) -> None:  # noqa: ARG001 - of the screen
    """Show it if the screen has no room for it beside the mail; otherwise hide it."""
    front.toggle_side()

"""Show or fold quoted text and signatures."""

from deskterm.actions.front import Front


def run(front: Front, ids: tuple[int, ...]) -> None:  # noqa: ARG001 - of the mail in front
    """Show them, or fold them again."""
    front.conversation.toggle_quotes()

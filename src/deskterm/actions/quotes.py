"""Show or hide quoted text and signatures."""

from deskterm.actions.front import Front


def run(front: Front, ids: tuple[int, ...]) -> None:  # noqa: ARG001 - of the mail in front
    """Switch between the two."""
    front.conversation.toggle_quotes()

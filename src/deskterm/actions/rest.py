"""Fetch the rest of a mail that was too large to come with the others."""

from deskterm.actions.front import Front


def run(front: Front, ids: tuple[int, ...]) -> None:
    """Fetch it, or stop."""
    front.fetch_rest(ids[0])

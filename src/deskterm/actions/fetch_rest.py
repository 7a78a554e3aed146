"""Fetch the rest of a mail that was too large to fetch with the others."""

from deskterm.actions.front import Front


def run(front: Front, ids: tuple[int, ...]) -> None:
    """Start fetching, or stop it."""
    front.fetch_rest(ids[0])

"""Taking back the last thing, and doing it again."""

from deskterm.desk.shop import Shopfront
from deskterm.domain.views import Done


class Undo:
    """Undo and redo, one key press at a time, newest first. Events are never deleted, only reversed."""

    def __init__(self, shop: Shopfront) -> None:
        self._shop = shop

    def peek(self) -> tuple[str, tuple[int, ...]] | None:
        """What `undo` would take back ("solved T1043") and the tickets it touches, None for nothing."""
        raise NotImplementedError

    def undo(self, now: int) -> Done:
        """Take back the newest change; says "Undid: solved T1043".

        NotNow when there is nothing to undo, or when it is a reply that has gone out.
        What has been changed by someone else since (a new mail opened the ticket) stays as it is now.
        """
        raise NotImplementedError

    def redo(self, now: int) -> Done:
        """Do again what was undone last. NotNow when something else was done since."""
        raise NotImplementedError

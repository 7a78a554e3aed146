"""Replies on their way: what stands where, and what can be done about it."""

from deskterm.desk.shop import Shopfront
from deskterm.domain.replies import OutboxRow
from deskterm.domain.views import Done


class Outbox:
    """The outbox as the owner sees it. Delivery itself is sync's."""

    def __init__(self, shop: Shopfront) -> None:
        self._shop = shop

    def rows(self) -> tuple[OutboxRow, ...]:
        """What is on its way or failed first, then what was sent lately; each with its history."""
        raise NotImplementedError

    def bring_back(self, outbox_id: int, now: int) -> Done:
        """Make a reply a draft again, its ticket as before: while queued, and once refused.

        NotNow while it is being sent, and after. One that may have been sent is brought back as a
        draft too, but first `retry`, `say_sent` or this has to be chosen by hand: it is never re-sent alone.
        """
        raise NotImplementedError

    def retry(self, outbox_id: int, now: int) -> Done:
        """Queue a refused or uncertain reply again, at once, to those who have not accepted it."""
        raise NotImplementedError

    def discard(self, outbox_id: int, now: int) -> Done:
        """Give up a reply that was not sent; it stays listed as discarded."""
        raise NotImplementedError

    def say_sent(self, outbox_id: int, now: int) -> Done:
        """The owner has seen that an uncertain reply did go out."""
        raise NotImplementedError

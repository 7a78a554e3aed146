"""The review of a macro that was just taken: one that was only looked at leaves no draft."""

from deskterm.actions.work import Work
from deskterm.domain.review.replies import Draft
from deskterm.screens.reply.review import ReviewScreen


class SuggestionScreen(ReviewScreen):
    """The review of a draft as `Replies.take` gave it, where none stood before and nothing was asked."""

    def __init__(self, work: Work, ticket_id: int, taken: Draft) -> None:
        super().__init__(work, ticket_id)
        self._taken = taken

    async def do_back(self) -> None:  # type: ignore[override] # a command may wait
        """Go back to the screen below; the draft stays where something was done to it here."""
        try:
            await self.work.write(self.work.desk.replies.leave, self._taken)
        finally:
            self.dismiss(None)

"""The review of a macro that was just picked: if nothing is changed, leaving it keeps no draft."""

from deskterm.actions.work import Work
from deskterm.domain.review.replies import Draft
from deskterm.screens.reply.review import ReviewScreen


class SuggestionScreen(ReviewScreen):
    """The review of a draft made by `Replies.take` where there was none before and nothing was asked."""

    def __init__(self, work: Work, ticket_id: int, taken: Draft) -> None:
        super().__init__(work, ticket_id)
        self._taken = taken

    async def do_back(self) -> None:  # type: ignore[override] # a command may wait
        """Go back; the draft is kept only if something was done to it here."""
        try:
            await self.work.write(self.work.desk.replies.leave, self._taken)
        finally:
            self.dismiss(None)

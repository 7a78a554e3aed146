"""A macro's letter about something else than what the customer wrote about."""

from deskterm.desk.reply.request import customer_request
from deskterm.desk.reply.ticket_context import TicketContext
from deskterm.desk.shop import DeskContext
from deskterm.domain.review.replies import Draft
from deskterm.domain.suggest import suggest
from deskterm.domain.suggest.phrases import contains_phrase


def doubts_about_matter(shop: DeskContext, at: TicketContext, draft: Draft) -> tuple[str, ...]:
    """A sentence if the mail is certainly about one category, and the macro is for mails of another.

    A macro that has no words for such mails, or one of whose words is in the mail, is not doubted.
    """
    playbook = shop.playbook.current()
    macro = playbook.macros.get(draft.macro)
    if macro is None or not macro.words or not macro.category or at.question is None:
        return ()
    request = customer_request(at, playbook)
    about = suggest.category(request.words, request.subject, playbook)
    if about in ("", macro.category, suggest.THANKS) or contains_phrase(request.text, macro.words):
        return ()
    return (f"They write about “{about}”; this letter is one about “{macro.category}”.",)

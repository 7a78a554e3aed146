"""A macro that answers a mail which says thank you."""

from deskterm.desk.reply.ticket_context import TicketContext
from deskterm.desk.shop import DeskContext
from deskterm.domain.review.replies import Draft
from deskterm.domain.suggest.phrases import contains_phrase
from deskterm.domain.suggest.suggest import THANKS
from deskterm.domain.suggest.thanks import ThanksDoubt, is_thanks, sounds_thankful


def doubt_about_thanks(shop: DeskContext, at: TicketContext, draft: Draft) -> ThanksDoubt:
    """What is in doubt where the newest mail says thank you and a macro answers it."""
    macro = shop.playbook.current().macros.get(draft.macro)
    words = at.question.own_words if at.question else ""
    if macro is None or not sounds_thankful(words):
        return ThanksDoubt.NONE
    certain = is_thanks(words)
    if macro.category == THANKS:
        return ThanksDoubt.NONE if certain else ThanksDoubt.SAYS_MORE
    return (
        ThanksDoubt.ANSWERS_MORE if certain or not contains_phrase(words, macro.words) else ThanksDoubt.NONE
    )

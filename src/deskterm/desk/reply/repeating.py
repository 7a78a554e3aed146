"""A letter that repeats what the customer was already told on this ticket, and asks about again."""

from deskterm.desk.reply.scene import TicketContext
from deskterm.desk.shop import DeskContext
from deskterm.domain.messages import Message
from deskterm.domain.review.repeated_answer import find_repeated_answer, last_news
from deskterm.domain.review.replies import Draft
from deskterm.domain.suggest import suggest
from deskterm.domain.suggest.thanks import is_thanks
from deskterm.storage import orders
from deskterm.storage.schema.database import Tx


def doubts_about_repeating(tx: Tx, shop: DeskContext, at: TicketContext, draft: Draft) -> tuple[str, ...]:
    """What speaks against a macro's letter, in a sentence: the earlier answer it repeats, and its date.

    Nothing, if something has happened to the order since the day of that answer.
    """
    playbook = shop.playbook.current()
    macro = playbook.macros.get(draft.macro)
    if macro is None or at.ticket.beside is not None:
        return ()

    def matter(mail: Message) -> str:
        if is_thanks(mail.own_words):
            return ""
        return suggest.category(mail.own_words, mail.subject, playbook) or at.ticket.category

    earlier = find_repeated_answer(at.messages, macro, playbook.macros, matter)
    if earlier is None:
        return ()
    news = last_news(None if draft.order_id is None else orders.get(tx, draft.order_id))
    if shop.formats.local(news).date() > shop.formats.local(earlier.at).date():
        return ()
    day = shop.formats.day(earlier.at)
    if earlier.macro == macro.id:
        return (f"They were sent this letter on {day} and ask again: what does it add?",)
    return (f"They were answered on this on {day} and ask again, but the letter mentions nothing new.",)

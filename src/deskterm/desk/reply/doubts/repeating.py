"""What a letter repeats: what the customer was told on the ticket before, another reply on its way."""

from deskterm.desk.reply.ticket_context import TicketContext, load_context
from deskterm.desk.shop import DeskContext
from deskterm.domain.messages import Direction, Message
from deskterm.domain.outbox_states import OutboxState
from deskterm.domain.review.repeated_answer import find_repeated_answer, last_news
from deskterm.domain.review.replies import Draft
from deskterm.domain.suggest import suggest
from deskterm.domain.suggest.thanks import is_thanks
from deskterm.intake.planned_replies import is_follow_up
from deskterm.storage import orders
from deskterm.storage.replies import outbox
from deskterm.storage.schema.database import Tx

_LIVING = (OutboxState.QUEUED, OutboxState.SENDING, OutboxState.UNCERTAIN)


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


def describe_replies(tx: Tx, shop: DeskContext, at: TicketContext, draft: Draft, now: int) -> str:
    """In words, another reply to the ticket, else to one of the further tickets that the draft answers."""
    words = [_describe_other_reply(tx, shop, at, now)]
    for one in draft.also:
        other = load_context(tx, one)
        described = _describe_other_reply(tx, shop, other, now)
        words.append(described and f"{other.ticket.mark}: {described}")
    return next(filter(None, words), "")


def _describe_other_reply(tx: Tx, shop: DeskContext, at: TicketContext, now: int) -> str:
    """In words, that another reply is on its way, or was sent after the customer's last mail."""
    for row in outbox.for_ticket(tx, at.ticket.id):
        if is_follow_up(tx, row.id):  # it is cancelled when another letter goes
            continue
        if row.is_planned:
            return f"Another reply to this ticket goes out {shop.formats.ahead(row.send_at, now)}"
        if row.state in _LIVING:
            return f"Another reply to this ticket is in the outbox: {row.state}"
    ours = [one for one in at.messages if one.direction is Direction.OUT and one.human and not one.aside]
    if at.question and ours and ours[-1].at >= at.question.at:
        when = f"{shop.formats.day(ours[-1].at)} {shop.formats.time(ours[-1].at)}"
        where = ", written elsewhere" if ours[-1].outside else ""
        return f"The customer already has an answer to this, {when}{where}"
    return ""

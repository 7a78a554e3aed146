"""What the customer has just asked, for suggestions and the review."""

from deskterm.desk.reply.ticket_context import TicketContext
from deskterm.desk.shop import DeskContext
from deskterm.domain.messages import Direction
from deskterm.domain.people.language import language_of
from deskterm.domain.playbook import Playbook
from deskterm.domain.suggest import suggest
from deskterm.domain.suggest.disputes import is_dispute
from deskterm.domain.suggest.find_questions import also_asked
from deskterm.domain.suggest.further_questions import SideAsk


def customer_request(at: TicketContext, playbook: Playbook) -> suggest.Request:
    """What the customer's newest mail asks. In a later mail the subject does not count."""
    asked = [one for one in at.messages if one.direction is Direction.IN and one.human]
    words = asked[-1].own_words if asked else ""
    newer = len(asked) > 1
    return suggest.Request(
        words=words,
        subject="" if newer else at.ticket.subject,
        category=(newer and suggest.category(words, "", playbook)) or at.ticket.category,
        sent=frozenset(one.macro for one in at.messages if one.direction is Direction.OUT and one.macro),
        language=language_of(words),
        disputed=any(is_dispute(f"{one.subject}\n{one.own_words}") for one in asked),
    )


def customer_language(at: TicketContext) -> str:
    """The language of the newest mail or its subject, else of an earlier one; empty if uncertain."""
    asked = [one for one in reversed(at.messages) if one.direction is Direction.IN and one.human]
    texts = (text for one in asked for text in (one.own_words, f"{one.subject}\n{one.own_words}"))
    return next((language for language in map(language_of, texts) if language), "")


def asked_besides(shop: DeskContext, at: TicketContext, macro_id: str = "") -> tuple[SideAsk, ...]:
    """What else the newest mail asks besides what a macro answers; positions are in the customer's words."""
    question = at.question
    if question is None:
        return ()
    macro = shop.playbook.current().macros.get(macro_id)
    written = shop.formats.local(question.at).date()
    matter, told = (macro.words, macro.asks) if macro else ((), ())
    return also_asked(question.own_words, written, matter, told)

"""Macros that give what the owner's note says, for a mail that asks just that."""

from deskterm.desk.products.ticket_products import products_beside
from deskterm.desk.reply.ticket_context import TicketContext
from deskterm.desk.shop import DeskContext
from deskterm.domain.liquid import fill
from deskterm.domain.orders.order import Order
from deskterm.domain.playbook import Playbook
from deskterm.domain.products.ticket_products import NOTE_SECTIONS, likely_products
from deskterm.domain.suggest.sentences import questions_in
from deskterm.domain.suggest.telling_words import telling_words
from deskterm.storage.schema.database import Tx


def noted_answers(
    tx: Tx, shop: DeskContext, at: TicketContext, order: Order | None, book: Playbook
) -> tuple[str, ...]:
    """The macros with a section of the product's note in which a word of a question of the mail stands."""
    question = at.question
    if not book.notes or question is None:
        return ()
    asks = questions_in(question.own_words)
    if not asks:
        return ()
    likely = likely_products(products_beside(tx, shop, at, order, question.at))
    if not likely or not (likely[0].named or len(likely) == 1):
        return ()
    asked = telling_words(asks) - telling_words(likely[0].title)
    names = {
        f"product.{section.replace(' ', '_')}"
        for section in NOTE_SECTIONS
        if asked & telling_words(likely[0].section_of_note(section))
    }
    return tuple(id_ for id_, one in book.macros.items() if names and names & set(fill.needs(one.body)))

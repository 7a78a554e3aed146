"""Which answers are suggested for a ticket's newest mail. They stay the same until something changes."""

from dataclasses import replace
from zlib import crc32

from deskterm.desk.answers.noted_answers import noted_answers
from deskterm.desk.reply.order_options import options
from deskterm.desk.reply.recipients import why_nobody_reads
from deskterm.desk.reply.request import customer_request
from deskterm.desk.reply.ticket_context import TicketContext, load_context
from deskterm.desk.shop import DeskContext
from deskterm.desk.sops.ticket_sop import sop_beside
from deskterm.domain.orders.order import Order
from deskterm.domain.playbook import Playbook
from deskterm.domain.review.order_needs import unmet
from deskterm.domain.suggest.offer import Abstention, Offer
from deskterm.domain.suggest.suggest import Request, offer_answers, speaks
from deskterm.errors import NotFound
from deskterm.storage.acting import incidents
from deskterm.storage.answers import offers
from deskterm.storage.answers.offers import KeptOffer
from deskterm.storage.figures import surveys
from deskterm.storage.read_once import reading_once
from deskterm.storage.schema.database import Tx

_AT_ONCE = 20
_MOST_OFFERED = 3
AFTER_BEST = ("review-code", "review-request", "thank-you")  # for a customer who gave the best score


class Offers:
    """Answers worked out in advance, so that the list can show them."""

    def __init__(self, shop: DeskContext) -> None:
        self._shop = shop

    def prepare(self) -> int:
        """Work out answers for some inbox tickets without any; gives how many, 0 if none are left."""
        with self._shop.db.read() as tx, reading_once():
            made = [(one, *_offer_of(tx, self._shop, one)) for one in offers.missing(tx, _AT_ONCE)]
        if made:
            with self._shop.db.write(durable=False) as tx:
                for ticket_id, kept, sop in made:
                    if _is_there(tx, ticket_id):
                        offers.put(tx, ticket_id, kept, self._title(kept), sop)
        return len(made)

    def _title(self, kept: KeptOffer) -> str:
        first = self._shop.playbook.current().macros.get(next(iter(kept.offer.macros), ""))
        return first.title if first else ""


def offer_for(tx: Tx, shop: DeskContext, at: TicketContext, order: Order | None) -> Offer:
    """What is suggested for a ticket now: the same as before while mail, macros and order are the same."""
    book = shop.playbook.current()
    asked = customer_request(at, book)
    kept = _kept_offer(tx, shop, at, order, asked, book)
    shop.learned_answers.keep(at.ticket.id, kept)  # what was shown stays, whatever is learned meanwhile
    left = tuple(one for one in kept.offer.macros if one not in asked.sent)
    return kept.offer if left == kept.offer.macros else replace(kept.offer, macros=left, sure=False)


def _offer_of(tx: Tx, shop: DeskContext, ticket_id: int) -> tuple[KeptOffer, str]:
    """What is offered for a ticket, and the title of the SOP beside it."""
    at = load_context(tx, ticket_id)
    found = options(tx, at)
    order = found[0].order if found and found[0].certain else None
    book = shop.playbook.current()
    asked = customer_request(at, book)
    words = at.question.own_words if at.question else ""
    sop = sop_beside(tx, at.ticket, words, book, disputed=asked.disputed)
    return _kept_offer(tx, shop, at, order, asked, book), sop.title if sop else ""


def _kept_offer(  # noqa: PLR0917 - what an offer is made of
    tx: Tx, shop: DeskContext, at: TicketContext, order: Order | None, asked: Request, book: Playbook
) -> KeptOffer:
    question = at.question.id if at.question else 0
    silent = why_nobody_reads(at, shop.settings.own_addresses)
    if silent:
        return KeptOffer(question, crc32(silent.encode()), Offer(why=silent))
    incident = incidents.macro_for(tx, order.id) if order else ""
    noted = noted_answers(tx, shop, at, order, book)
    stamp = crc32(" ".join((incident, *noted)).encode(), shop.learned_answers.stamp(book, order))
    for kept in (shop.learned_answers.made.get(at.ticket.id), offers.find(tx, at.ticket.id)):
        if kept is not None and (kept.question, kept.made_for) == (question, stamp):
            return kept
    if order is None and not options(tx, at):
        asked = replace(asked, orderless=True)
    learner, sure_from = shop.learned_answers.current(tx, book)
    offer = offer_answers(asked, book, order, learner, sure_from)
    offer = _begin_with(noted, offer, asked, book)
    if order and incident in book.macros and not unmet(book.macros[incident].needs, order):
        others = tuple(one for one in offer.macros if one != incident)
        offer = replace(offer, macros=(incident, *others)[:_MOST_OFFERED])
    if question and surveys.is_best_answer(tx, at.ticket.id, question):
        thanks = tuple(one for one in AFTER_BEST if one in book.macros and one not in asked.sent)
        offer = Offer(thanks) if thanks else offer
    return KeptOffer(question, stamp, offer)


def _begin_with(noted: tuple[str, ...], offer: Offer, asked: Request, book: Playbook) -> Offer:
    """The offer with the macros first that have the answer, if they speak the customer's language."""
    first = tuple(one for one in noted if one not in asked.sent and speaks(book.macros[one], asked.language))
    if not first or offer.why in (Abstention.DISPUTE, Abstention.THANKS) or offer.macros[:1] == first[:1]:
        return offer
    others = tuple(one for one in offer.macros if one not in first)
    return replace(offer, macros=(*first, *others)[:_MOST_OFFERED], sure=False, why=Abstention.UNSURE)


def _is_there(tx: Tx, ticket_id: int) -> bool:
    try:
        load_context(tx, ticket_id)
    except NotFound:
        return False
    return True

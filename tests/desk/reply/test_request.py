"""Suggestions and the review go by what the customer asked last."""

from dataclasses import replace

from desk.conftest import DAY, NOW, Fixed, ShopOfOne
from deskterm.desk import Desk
from deskterm.domain.orders.order import Shipment
from deskterm.domain.playbook import Macro, Playbook
from deskterm.domain.review.replies import Level

LATE = Macro("late", "Late", "It is on its way.", category="shipping", words=("where is my order",))
SORRY = Macro("sorry", "Sorry", "I am sorry.", category="complaint", words=("disappointed",))
TRACED = Macro("traced", "Traced", "I asked.", category="shipping", claims=("the carrier was asked",))
WELCOME = Macro(
    "welcome", "You are welcome", "Thank you for writing.", category="thanks", words=("thank you",)
)


BOOK = Playbook({one.id: one for one in (LATE, SORRY, WELCOME)}, {})


def offered(shop, ticket):
    context = shop.desk.shop
    desk = Desk(context.db, context.settings, context.home, Fixed(BOOK), context.formats)
    return [one.id for one in desk.tickets.view(ticket, NOW).suggested]


def test_the_question_is_answered_by_its_own_macro(shop: ShopOfOne):
    assert offered(shop, shop.ticket()) == ["late"]


def test_thanks_are_answered_with_thanks_whatever_the_ticket_began_with(shop: ShopOfOne):
    ticket = shop.ticket()
    shop.mail(ticket, text="Thank you, it is here and lovely!", at=NOW)
    assert offered(shop, ticket) == ["welcome"]


def test_what_went_out_already_is_not_offered_again(shop: ShopOfOne):
    ticket = shop.ticket()
    shop.answer(ticket, at=NOW - DAY // 2, macro="late")
    shop.mail(ticket, text="But where is my order now?", at=NOW)
    assert offered(shop, ticket) == []


def test_a_dispute_gets_no_ready_answer_and_its_review_says_why(shop: ShopOfOne):
    ticket = shop.ticket(text="I am disappointed and filed a chargeback.")
    assert offered(shop, ticket) == []
    shop.desk.replies.take(ticket, "trace", None, NOW)
    review = shop.desk.replies.review(ticket, NOW)
    assert review.level is Level.AMBER
    assert any("dispute" in one.words for one in review.concerns)


def test_a_letter_on_another_matter_is_not_green_for_a_thank_you(shop: ShopOfOne):
    ticket = shop.ticket()
    shop.mail(ticket, text="Thank you, it is here and lovely!", at=NOW)
    context = shop.desk.shop
    desk = Desk(context.db, context.settings, context.home, Fixed(BOOK), context.formats)
    desk.replies.take(ticket, "late", None, NOW)
    assert (
        "They say thank you; this letter answers something else"
        in desk.replies.review(ticket, NOW).concerns[0].words
    )
    desk.replies.take(ticket, "welcome", None, NOW)
    assert desk.replies.review(ticket, NOW).level is Level.GREEN


def repeats(shop, ticket, macro, order=None):
    context = shop.desk.shop
    book = replace(BOOK, macros=BOOK.macros | {"traced": TRACED})
    desk = Desk(context.db, context.settings, context.home, Fixed(book), context.formats)
    desk.replies.take(ticket, macro, order, NOW)
    return [one.words for one in desk.replies.review(ticket, NOW).concerns if "ask again" in one.words]


def test_a_letter_that_repeats_an_answer_to_who_asks_again_is_amber(shop: ShopOfOne):
    ticket = shop.ticket(at=NOW - 6 * DAY)
    assert repeats(shop, ticket, "late") == []
    shop.answer(ticket, at=NOW - 5 * DAY, outside=True)
    shop.mail(ticket, text="Still nothing. Could you have a look?", at=NOW)
    (words,) = repeats(shop, ticket, "late")
    assert words.startswith("They were answered on this on ")
    assert repeats(shop, ticket, "sorry") == repeats(shop, ticket, "traced") == []
    shop.answer(ticket, at=NOW - DAY, macro="traced")
    assert len(repeats(shop, ticket, "traced")) == 1
    order = shop.order(shipments=(Shipment("DHL", "00340", "", NOW - 3600),))
    assert repeats(shop, ticket, "late", order) == []

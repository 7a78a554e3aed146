"""A customer who names an order number that no store of ours has."""

import pytest

from desk.conftest import NOW
from desk.reply.test_replies import taken
from deskterm.domain.review.replies import Level

UNKNOWN = "They name order 9999, which is not among your orders."


def said(shop, ticket):
    review = shop.desk.replies.review(ticket, NOW)
    return review.level, [one.words for one in review.concerns if "9999" in one.words]


def test_the_ticket_says_so_and_a_letter_about_another_order_is_not_green(shop):
    ticket = taken(shop, text="Hello, where is my order 9999?")
    assert UNKNOWN in [one.words for one in shop.desk.tickets.view(ticket, NOW).todo]
    level, words = said(shop, ticket)
    assert (level >= Level.AMBER, words) == (True, [f"{UNKNOWN} This letter is about another one."])


@pytest.mark.parametrize(
    "text", ["Where is my order 1042?", "Where is my order?", "I ordered 9999 days ago."]
)
def test_a_known_number_or_none_is_no_matter(shop, text):
    ticket = taken(shop, text=text)
    assert UNKNOWN not in [one.words for one in shop.desk.tickets.view(ticket, NOW).todo]
    assert said(shop, ticket)[1] == []


def test_a_desk_without_orders_says_nothing(shop):
    ticket = shop.ticket(text="Hello, where is my order 9999?")
    assert [one.words for one in shop.desk.tickets.view(ticket, NOW).todo] == []

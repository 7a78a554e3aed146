"""Pieces of an order: what the form shows at first is read back as the same pieces."""

import pytest

from deskterm.domain.orders.actions import PieceCount
from deskterm.domain.orders.order import Fulfilment, Money, Order, OrderLine, Payment
from deskterm.domain.orders.pieces import read_pieces, write_pieces

TEN = Money(1000, "EUR")


def order_of(*lines):
    """An order of lines (SKU, title, variant, quantity, refunded); their ids are their places."""
    made = tuple(
        OrderLine(sku, title, variant, number, TEN, external_id=str(at), refunded=back)
        for at, (sku, title, variant, number, back) in enumerate(lines, 1)
    )
    return Order(
        "kiln", "1", "1", "j@m.example", "Jana", 0, Payment.PAID, Fulfilment.SHIPPED, TEN, lines=made
    )


LINES = {
    "a comma in the title": [("", "Bowl, blue", "", 2, 0)],
    "a comma in the SKU": [("B,1", "Bowl", "", 2, 0), ("B", "Cup", "", 1, 0)],
    "one SKU on two lines": [("MUG", "Mug", "red", 1, 0), ("MUG", "Mug", "blue", 2, 0)],
    "two lines that nothing tells apart": [("MUG", "Mug", "", 1, 0), ("MUG", "Mug", "", 2, 0)],
    "a title that is another's SKU": [("", "MUG", "", 1, 0), ("MUG", "Cup", "", 3, 0)],
    "a title that looks like a count": [("", "2 x Mug", "", 1, 0), ("", "Mug", "", 2, 0)],
    "a title that begins with a number": [("", "3 bowls", "", 2, 0), ("12", "bowls", "", 1, 0)],
    "no name at all": [("", "", "", 2, 0), ("", "", "", 1, 0)],
    "one of them given back already": [("MUG", "Mug", "", 1, 1), ("MUG", "Mug", "", 2, 1)],
    "a title that ends as a place does": [("", "Mug (line 2)", "", 1, 0), ("", "Cup", "", 2, 0)],
    "more than anybody counts": [("NAIL", "Nail", "", 25_000, 0)],
    "spaces and another case": [("", "  Big  MUG ", "", 1, 0), ("", "big mug", "", 2, 0)],
    "only commas": [(",", ", ,", "", 1, 0)],
}


@pytest.mark.parametrize("lines", LINES.values(), ids=LINES)
def test_all_that_is_left_is_written_so_that_it_is_read_back(lines):
    order = order_of(*lines)
    left = tuple(
        PieceCount(str(at), number - back) for at, (*_, number, back) in enumerate(lines, 1) if number > back
    )
    assert read_pieces(write_pieces(order), order) == left


def test_a_line_is_written_by_its_sku_where_that_is_enough():
    order = order_of(("MUG-1", "Mug", "", 2, 0), ("", "Bowl, blue", "", 1, 0), ("", "Cup", "red", 1, 0))
    assert write_pieces(order) == "2 x MUG-1, 1 x Bowl blue, 1 x Cup"


def test_a_line_with_nothing_left_is_no_piece():
    order = order_of(("MUG", "Mug", "", 1, 1), ("CUP", "Cup", "", 1, 0))
    assert read_pieces("MUG", order) is None
    assert read_pieces("Mug (line 9)", order) is None

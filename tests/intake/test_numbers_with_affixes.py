"""A customer who leaves out what the store writes around its numbers means that order, and no other store's."""

import pytest

from deskterm.intake.orders_in import orders_arrived
from deskterm.storage import orders, tickets
from intake.world import JANA, NOON, OMAR, mail, order

T = NOON - 3000
ASKED = {"subject": "Where is it?", "text": "Where is my order 1044?"}


def arrive(world, *listed):
    with world.db.write() as tx:
        orders_arrived(tx, listed, NOON)


def number_of(world, ticket):
    with world.db.read() as tx:
        found = tickets.get(tx, ticket).order_id
        return orders.get(tx, found).number if found else None


def shop(prefix="WEB-", suffix="", store="shop"):
    listed = [
        order(f"{prefix}{number}{suffix}", f"c{number}@x.example", store=store)
        for number in range(1040, 1044)
    ]
    return [*listed, order(f"{prefix}1044{suffix}", "jana@mertens.example", store=store)]


@pytest.mark.parametrize(("prefix", "suffix"), [("WEB-", ""), ("", "-DE"), ("K26-", "/A"), ("00000", "")])
def test_a_bare_number_means_the_order_whichever_comes_first(prefix, suffix, world):
    arrive(world, *shop(prefix, suffix))
    (ticket,) = world.come((mail("a", JANA, **ASKED), T))
    assert number_of(world, ticket) == f"{prefix}1044{suffix}"


def test_the_mail_may_come_before_its_order(world):
    arrive(world, *shop()[:4])
    (ticket,) = world.come((mail("a", JANA, **ASKED), T))
    assert number_of(world, ticket) is None
    arrive(world, shop()[4], order("WEB-1045", "jana@mertens.example"))  # not the only one
    assert number_of(world, ticket) == "WEB-1044"


def test_a_bare_number_of_somebody_else_before_its_order_is_not_linked(world):
    arrive(world, *shop()[:4])
    (ticket,) = world.come((mail("a", OMAR, **ASKED), T))
    arrive(world, shop()[4], order("WEB-1045", "jana@mertens.example"))
    assert number_of(world, ticket) is None


def test_a_bare_number_that_two_stores_have_is_left_to_the_owner(world):
    arrive(world, *shop(), *shop("EU-", store="other"))
    (ticket,) = world.come((mail("a", JANA, **ASKED), T))
    assert number_of(world, ticket) is None

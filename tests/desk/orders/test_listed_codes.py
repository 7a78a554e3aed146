"""Codes of the owner's list: given once, and taken back as long as no letter names them."""

from dataclasses import replace

import pytest

from desk.conftest import JANA, NOW
from deskterm.config.settings_file import Policy
from deskterm.config.store_kinds import Ability
from deskterm.desk.orders.store_actions import StoreActions
from deskterm.domain.orders.actions import ActionState, StoreAction
from deskterm.domain.review.replies import Level
from deskterm.errors import NotNow


@pytest.fixture
def actions(shop):
    context = shop.desk.shop
    policy = Policy(codes=("S-1 = 5.00", "S-10 = 10 %"))
    return StoreActions(replace(context, settings=replace(context.settings, policy=policy)))


def give(actions, order, ticket, code="S-1"):
    plan = actions.plan(order, StoreAction("", Ability.CODE, "", text=code), NOW, ticket_id=ticket)
    return actions.confirm(plan, order, NOW, ticket_id=ticket)


def left(actions, shop):
    (order,) = shop.desk.store_actions.find_orders("1042")
    return [one.code for one in actions.codes(order)]


def send(shop, ticket, text):
    draft = replace(shop.desk.replies.begin(ticket, NOW), body=text)
    shop.desk.replies.save(draft, NOW)
    shop.desk.replies.send(ticket, shop.desk.replies.review(ticket, NOW), NOW, Level.RED)


def test_a_code_that_no_letter_names_goes_back_to_the_list(shop, actions):
    ticket, order = shop.ticket(), shop.order()
    given = give(actions, order, ticket)
    assert (given.state, left(actions, shop)) == (ActionState.DONE, ["S-10"])
    send(shop, ticket, "Hello Jana,\n\nI look after it. The other code was S-10.\n")
    actions.take_back(given.action.key, NOW + 60)
    assert left(actions, shop) == ["S-1", "S-10"]
    assert actions.for_order(order) == ()


@pytest.mark.parametrize("way", ["from here", "from another program", "on another ticket", "in a draft"])
def test_a_code_that_a_letter_names_stays_given(shop, actions, way):
    ticket, order = shop.ticket(), shop.order()
    given = give(actions, order, ticket)
    if way == "from another program":
        shop.answer(ticket, at=NOW, text="Please take s-1, it takes 5.00 off.")
    elif way == "in a draft":
        shop.desk.replies.save(replace(shop.desk.replies.begin(ticket, NOW), body="Take S-1."), NOW)
    else:
        there = ticket if way == "from here" else shop.ticket(JANA, subject="A second matter")
        send(shop, there, 'Hello Jana,\n\nyour code is "S-1".\n')
    with pytest.raises(NotNow, match="already names S-1"):
        actions.take_back(given.action.key, NOW + 60)
    assert left(actions, shop) == ["S-10"]

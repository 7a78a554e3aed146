"""Returns: noted by hand, on the order, undone, and on the radar once something is overdue."""

import pytest

from desk.conftest import BEN, DAY, NOW
from deskterm.config.store_kinds import Ability
from deskterm.domain.orders.actions import StoreAction
from deskterm.domain.orders.order import Fulfilment, Money, Refund
from deskterm.domain.orders.radar import Worry
from deskterm.domain.orders.returns import OrderReturn, ReturnState, ReturnStep
from deskterm.errors import NotNow


@pytest.fixture
def ticket(shop):
    made = shop.ticket()
    shop.order(fulfilment=Fulfilment.DELIVERED, shipments=())
    return made


def note(shop, ticket, step, at=NOW):
    order, _ = shop.desk.products.returns.order_of(ticket)
    return shop.desk.products.returns.note(ticket, order.id, step, at)


def on_card(shop, ticket):
    return shop.desk.tickets.view(ticket, NOW).order.order.returns


def worries(shop, at):
    return [(row.order.number, row.worry) for row in shop.desk.radar.rows(at)]


def test_steps_are_noted_each_once_and_taken_back(shop, ticket):
    assert note(shop, ticket, ReturnStep.LABEL).words == "Recorded on #1042: label sent"
    with pytest.raises(NotNow):
        note(shop, ticket, ReturnStep.LABEL)
    note(shop, ticket, ReturnStep.BACK, NOW + 60)
    (one,) = on_card(shop, ticket)
    assert (one.label_at, one.back_at, one.money_at, one.by_hand) == (NOW, NOW + 60, None, True)
    shop.desk.undo.undo(NOW + 70)
    assert on_card(shop, ticket)[0].back_at is None
    shop.desk.undo.redo(NOW + 80)
    assert on_card(shop, ticket)[0].back_at == NOW + 60
    order, _ = shop.desk.products.returns.order_of(ticket)
    shop.desk.products.returns.drop(ticket, order.id, NOW + 90)
    assert on_card(shop, ticket) == ()


def test_a_parcel_that_does_not_come_back_and_money_that_is_owed_are_on_the_radar(shop, ticket):
    note(shop, ticket, ReturnStep.LABEL)
    assert worries(shop, NOW + 20 * DAY) == []
    assert worries(shop, NOW + 21 * DAY) == [("1042", Worry.NOT_BACK)]
    note(shop, ticket, ReturnStep.BACK, NOW + 21 * DAY)
    assert worries(shop, NOW + 30 * DAY) == []
    shop.desk.tickets.solve((ticket,), NOW + 35 * DAY)
    assert worries(shop, NOW + 35 * DAY) == [("1042", Worry.NO_MONEY)]


def test_a_refund_that_the_store_reports_settles_it(shop, ticket):
    note(shop, ticket, ReturnStep.BACK)
    shop.order(
        fulfilment=Fulfilment.DELIVERED, shipments=(), refunds=(Refund(NOW + DAY, Money(4900, "EUR")),)
    )
    assert worries(shop, NOW + 40 * DAY) == []
    assert on_card(shop, ticket)[0].money_at == NOW + DAY


def test_each_of_two_returns_needs_money_of_its_own(shop, ticket):
    note(shop, ticket, ReturnStep.BACK)
    told = OrderReturn(NOW + 60, "#1042-R2", back_at=NOW + 60, external_id="9")
    one = Refund(NOW + DAY, Money(1000, "EUR"))
    shop.order(fulfilment=Fulfilment.DELIVERED, shipments=(), returns=(told,), refunds=(one,))
    assert [each.money_at for each in on_card(shop, ticket)] == [
        None,
        NOW + DAY,
    ]  # the one that waits longest
    assert worries(shop, NOW + 40 * DAY) == [("1042", Worry.NO_MONEY)]
    other = Refund(NOW + 2 * DAY, Money(1000, "EUR"))
    shop.order(fulfilment=Fulfilment.DELIVERED, shipments=(), returns=(told,), refunds=(one, other))
    assert [each.money_at for each in on_card(shop, ticket)] == [NOW + 2 * DAY, NOW + DAY]
    assert worries(shop, NOW + 40 * DAY) == []


def test_money_that_the_store_gave_for_one_return_pays_no_other_and_all_of_it_pays_all(shop, ticket):
    note(shop, ticket, ReturnStep.BACK)
    told = OrderReturn(NOW, "#1042-R1", back_at=NOW + 60, money_at=NOW + DAY, external_id="9")
    declined = OrderReturn(NOW, "#1042-R2", ReturnState.DECLINED, external_id="10")
    refund = Refund(NOW + DAY, Money(1000, "EUR"))
    returns = (told, declined)
    shop.order(fulfilment=Fulfilment.DELIVERED, shipments=(), returns=returns, refunds=(refund,))
    assert [each.money_at for each in on_card(shop, ticket)] == [NOW + DAY, None, None]
    total = shop.desk.tickets.view(ticket, NOW).order.order.total
    rest = Refund(NOW - DAY, Money(total.minor - 1000, "EUR"))
    shop.order(fulfilment=Fulfilment.DELIVERED, shipments=(), returns=returns, refunds=(rest, refund))
    assert [each.money_at for each in on_card(shop, ticket)] == [NOW + DAY, None, NOW + DAY]


def test_once_a_return_is_paid_another_one_of_the_order_can_be_noted_and_undone(shop, ticket):
    note(shop, ticket, ReturnStep.BACK)
    shop.order(
        fulfilment=Fulfilment.DELIVERED, shipments=(), refunds=(Refund(NOW + DAY, Money(1000, "EUR")),)
    )
    with pytest.raises(NotNow):
        note(shop, ticket, ReturnStep.MONEY, NOW + 2 * DAY)
    note(shop, ticket, ReturnStep.LABEL, NOW + 3 * DAY)
    note(shop, ticket, ReturnStep.BACK, NOW + 5 * DAY)
    first, second = on_card(shop, ticket)
    assert (first.money_at, second.label_at, second.back_at) == (NOW + DAY, NOW + 3 * DAY, NOW + 5 * DAY)
    assert worries(shop, NOW + 40 * DAY) == [("1042", Worry.NO_MONEY)]
    shop.desk.undo.undo(NOW + 6 * DAY)
    shop.desk.undo.undo(NOW + 6 * DAY)
    assert on_card(shop, ticket) == (first,)
    shop.desk.undo.redo(NOW + 6 * DAY)
    assert len(on_card(shop, ticket)) == 2


def test_what_the_store_says_of_a_return_is_shown_on_order_radar_and_timeline(shop):
    one = shop.ticket(BEN)
    told = OrderReturn(NOW - 40 * DAY, "#1077-R1", pieces=2, label_at=NOW - 30 * DAY, external_id="9")
    closed = OrderReturn(NOW - 90 * DAY, "#1077-R0", ReturnState.CLOSED, 1, closed_at=NOW - 80 * DAY)
    shop.order("1077", BEN, fulfilment=Fulfilment.DELIVERED, shipments=(), returns=(closed, told))
    assert on_card(shop, one) == (closed, told)
    assert worries(shop, NOW) == [("1077", Worry.NOT_BACK)]
    words = [entry.words for entry in shop.desk.timeline.for_ticket(one)]
    assert "#1077 label sent" in words
    assert "#1077 return #1077-R0" in words


def test_an_order_on_the_radar_for_two_reasons_has_a_row_for_each(shop, ticket):
    note(shop, ticket, ReturnStep.BACK)
    shop.order(fulfilment=Fulfilment.UNFULFILLED, shipments=())
    rows = shop.desk.radar.rows(NOW + 30 * DAY)
    assert {row.worry for row in rows} == {Worry.UNSHIPPED, Worry.NO_MONEY}
    assert len({row.key for row in rows}) == len(rows)


def test_the_first_refund_of_a_noted_return_is_owed_and_the_next_is_goodwill(shop, ticket):
    ten = Money(1000, "EUR")

    def goodwill():
        order, _ = shop.desk.products.returns.order_of(ticket)
        wish = StoreAction("", Ability.REFUND, "", amount=ten)
        return shop.desk.store_actions.plan(order.id, wish, NOW + DAY).goodwill

    assert goodwill() == ten
    note(shop, ticket, ReturnStep.BACK)
    assert goodwill() is None
    shop.order(fulfilment=Fulfilment.DELIVERED, shipments=(), refunds=(Refund(NOW + 60, ten),))
    assert goodwill() == ten

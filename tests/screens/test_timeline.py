"""A customer's timeline: what is listed, in which order, and what opens."""

import pytest

from deskterm.domain.orders.order import Money, Refund, Shipment
from screens.looking import DAY, NOW, sample
from screens.test_inbox import looking


@pytest.fixture
def shop(tmp_path):
    made = sample(tmp_path)
    parcel = Shipment("DHL", "00340", "", NOW - 3 * DAY)
    refund = Refund(NOW - 2 * DAY, Money(900, "EUR"), "late")
    made.order(placed_at=NOW - 14 * DAY, refunds=(refund,), shipments=(parcel,))
    yield made
    made.db.close()


async def test_mails_orders_parcels_and_money_are_listed_newest_first(shop):
    async with looking(shop) as press:
        picture = await press("g", "c")
    assert "timeline Jana Mertens" in picture
    stands = [
        "wrote    I ordered two throws two weeks ago and nothing has arrived.",
        "refund   #1042 €9.00: late",
        "parcel   #1042 shipped with DHL 00340",
        "answered your order #1042 left us today.",
        "wrote    Great, thank you!",
        "order    #1042 €49.00  1 × Wool throw",
    ]
    places = [picture.find(words) for words in stands]
    assert -1 not in places
    assert places == sorted(places)


async def test_a_tracking_number_without_room_goes_on_below_and_a_mail_is_cut_at_a_word(shop):
    long = Shipment("PostNord", "003707300002641947", "", NOW - 3 * DAY, NOW - DAY)
    shop.order("1043", placed_at=NOW - 14 * DAY, shipments=(long,))
    async with looking(shop, size=(80, 24)) as press:
        picture = await press("g", "c")
    assert "#1043 delivered (PostNord" in picture
    assert "003707300002641947)" in picture
    assert "I ordered two throws two weeks ago and…" in picture


async def test_enter_opens_the_ticket_of_an_entry(shop):
    async with looking(shop) as press:
        await press("g", "c", "enter")
        assert press.app.screen.ticket_id == 1001

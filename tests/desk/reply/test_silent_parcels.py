"""A letter that says a parcel is on its way while the carrier has been silent."""

from dataclasses import replace

import pytest

from desk.conftest import DAY, NOW
from deskterm.desk.reply.doubts.silent_parcels import speaks_as_if_moving
from deskterm.domain.orders.order import Fulfilment, Shipment
from deskterm.domain.playbook import Macro
from deskterm.domain.review.order_needs import Need
from deskterm.domain.review.replies import Level


def parcel(left, scan=None, **more):
    scanned = None if scan is None else NOW - scan * DAY
    return Shipment("DHL", "00340", "", NOW - left * DAY, last_scan_at=scanned, **more)


def judge(shop, shipments, *, macro="", text="", **order):
    ticket = shop.ticket()
    shop.order(shipments=shipments, **order)
    if macro:
        shop.desk.replies.take(ticket, macro, None, NOW)
    else:
        draft = shop.desk.replies.begin(ticket, NOW)
        shop.desk.replies.save(replace(draft, body=f"Hello Jana,\n\n{text}\n\n{draft.body.strip()}\n"), NOW)
    review = shop.desk.replies.review(ticket, NOW)
    return review.level, " ".join(one.words for one in review.concerns)


@pytest.mark.parametrize(
    ("shipments", "words"),
    [
        ((parcel(18, 16),), "has not moved since"),
        ((parcel(16),), "Nothing is known"),
        ((parcel(18, 1), parcel(18, 16)), "has not moved since"),
        ((parcel(90, 80),), "(80 days)"),
    ],
)
@pytest.mark.parametrize(
    "letter", [{"macro": "order-status"}, {"text": "It is on its way."}, {"text": "Es müsste bald da sein."}]
)
def test_a_silent_parcel_is_not_said_to_be_on_its_way_in_green(shop, shipments, words, letter):
    level, said = judge(shop, shipments, **letter)
    assert level is Level.AMBER
    assert words in said
    assert "does not take that up" in said


def test_a_parcel_without_a_shipping_date_did_not_leave_on_the_day_of_the_order(shop):
    shipped = replace(parcel(0), shipped_at=None)
    _, said = judge(shop, (shipped,), text="It is on its way.", placed_at=NOW - 18 * DAY)
    assert "which was ordered on" in said
    assert "(18 days)" in said
    assert "it left" not in said


@pytest.mark.parametrize(
    "shipments",
    [(parcel(18, 4),), (parcel(3),), (parcel(18, 16, delivered_at=NOW - 15 * DAY),), ()],
)
def test_a_parcel_that_moves_or_has_arrived_is_no_concern(shop, shipments):
    assert "does not take that up" not in judge(shop, shipments, text="It is on its way.")[1]


def test_a_letter_about_something_else_is_green(shop):
    assert judge(shop, (parcel(18, 16),), text="I will send the invoice again.")[0] is Level.GREEN


def test_an_order_that_has_not_left_has_no_silent_parcel(shop):
    said = judge(shop, (parcel(16),), text="It is on its way.", fulfilment=Fulfilment.UNFULFILLED)[1]
    assert "does not take that up" not in said


def test_a_letter_that_names_the_last_scan_or_promises_news_takes_the_silence_up():
    letter = "It is on its way."
    assert speaks_as_if_moving(letter, {"tracking.number"}, claims=False, asked=False)
    assert speaks_as_if_moving(letter, {"ticket.news_by"}, claims=False, asked=False)
    assert speaks_as_if_moving(letter, {"tracking.carrier"}, claims=True, asked=True)
    assert not speaks_as_if_moving(
        letter, {"tracking.number", "tracking.last_scan"}, claims=False, asked=True
    )
    assert not speaks_as_if_moving(letter, {"ticket.news_by"}, claims=True, asked=True)
    assert not speaks_as_if_moving("It is lost.", {"tracking.carrier"}, claims=True, asked=True)


@pytest.mark.parametrize(
    "text",
    [
        "DHL will deliver it this week.", "You'll have it in a day or two.", "DHL stellt es morgen zu.", "Sie bekommen es noch diese Woche.",
        "Vous le recevrez sous peu.", "Lo recibirás esta semana.", "Il pacco arriva domani.", "Het komt eraan.", "Paczka dotrze jutro.",
        "Paketet kommer i morgon.", "明日お届けします。",
    ],
)  # fmt: skip
def test_whoever_asks_for_a_silent_parcel_gets_no_green_answer_however_it_is_promised(shop, text):
    playbook = shop.desk.shop.playbook
    late = Macro(
        "late", "Late", "I asked the carrier.", category="shipping", needs=(Need.SHIPPED, Need.NOT_DELIVERED)
    )
    playbook.playbook = replace(playbook.playbook, macros=playbook.playbook.macros | {late.id: late})
    level, said = judge(shop, (parcel(18, 16),), text=text)
    assert level is Level.AMBER
    assert "does not take that up" in said

"""Advice from a database: parcels of one carrier are late, and it costs time and money."""

from datetime import date

import pytest

from desk.conftest import ADDRESS, BEN, DAY, JANA, NOW
from desk.conftest import shop as shop  # noqa: PLC0414 - a fixture
from deskterm.desk.metrics import PeriodChoice
from deskterm.domain.figures.periods import PeriodKind
from deskterm.domain.handling import Handled
from deskterm.domain.incidents.incident import IncidentKind
from deskterm.domain.orders.order import Shipment


def late(shop, number, who, days, carrier="DHL"):
    """A ticket about a parcel; NOW is a Friday."""
    order = shop.order(str(number), who, shipments=(Shipment(carrier, f"00{number}", "", NOW - 9 * DAY),))
    ticket = shop.ticket(who, at=NOW - days * DAY)
    shop.desk.tickets.categorise((ticket,), "shipping", None, NOW - days * DAY)
    shop.desk.tickets.choose_order(ticket, order, NOW - days * DAY)
    return ticket


def test_parcels_of_one_carrier_are_named_with_their_tickets_and_their_cost(shop):
    tickets = [late(shop, 2000 + n, JANA if n % 2 else BEN, 1) for n in range(6)]
    before = [late(shop, 2100, JANA, 8, "GLS"), late(shop, 2101, BEN, 8, "GLS")]
    rest = [shop.ticket(at=NOW - 12 * DAY) for _ in range(3)]
    for ticket in tickets:
        shop.answer(ticket, at=NOW - 3600)
        shop.desk.tickets.record_handling(Handled(ticket, 60, NOW - 3600))
    (one,) = [advice for advice in shop.desk.metrics.week(NOW).advice if not advice.key.startswith("waiting")]
    assert one.text.startswith(
        "This week shipping mail rose from 2 to 6 (6 min), all 6 about DHL parcels of week 46"
    )
    assert set(one.tickets) == set(tickets)
    assert not set(one.tickets) & {*before, *rest}


def test_customers_who_wait_for_the_same_answer_are_an_incident(shop):
    tickets = [late(shop, 2000 + n, JANA if n % 2 else BEN, 1) for n in range(5)]
    (one,) = [advice for advice in shop.desk.metrics.week(NOW).advice if advice.key.startswith("waiting")]
    assert set(one.tickets) == set(tickets)
    begun = shop.desk.incidents.begin(one.idea.title, IncidentKind.OTHER, one.idea.query, ADDRESS.id, NOW)
    assert len(shop.desk.incidents.rows(begun.id)) == 5


def test_a_week_that_is_over_is_not_this_week(shop):
    for n in range(6):
        late(shop, 2000 + n, JANA if n % 2 else BEN, 8)
    for days in (16, 40):
        shop.ticket(at=NOW - days * DAY)
    said = " ".join(one.text for one in shop.desk.metrics.week(NOW, 1).advice)
    assert "That week shipping mail rose from 0 to 6" in said


LATER = NOW + 60 * DAY  # in January, so that what came is of another year


@pytest.mark.parametrize(
    ("now", "choice", "begins"),
    [
        (NOW, PeriodChoice(PeriodKind.MONTH), "This month shipping"),
        (LATER, PeriodChoice(PeriodKind.MONTH, 2), "That month shipping"),
        (NOW, PeriodChoice(PeriodKind.QUARTER), "This quarter shipping"),
        (NOW + 5 * DAY, PeriodChoice(PeriodKind.WEEK, 1), "In the 4 weeks to 22 Nov shipping"),
        (LATER, PeriodChoice(PeriodKind.WEEK, 9), "In the 4 weeks to 22 Nov 2026 shipping"),
        (NOW, PeriodChoice(first=date(2026, 11, 1), last=date(2026, 11, 21)), "In these days shipping"),
        (NOW, PeriodChoice(PeriodKind.YEAR), ""),
    ],
)
def test_each_sentence_names_the_period_that_its_numbers_are_of(shop, now, choice, begins):
    for n in range(6):
        late(shop, 2000 + n, JANA if n % 2 else BEN, 3 * n + 2)
    for days in (40, 40, 70, 130):
        shop.ticket(at=NOW - days * DAY)
    report = shop.desk.metrics.report(choice, now, ("week",))
    said = [one.text for one in report.advice if not one.key.startswith("waiting")]
    assert [one for one in said if not one.startswith(begins)] == []
    assert (len(said), report.advised) == (bool(begins), bool(begins))


def test_an_empty_desk_is_told_nothing(shop):
    assert shop.desk.metrics.week(NOW).advice == ()

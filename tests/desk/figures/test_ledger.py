"""The ledger: small cases whose figures were counted by hand, in a real database."""

from datetime import timedelta
from pathlib import Path

import pytest

from counterparts.templates import fresh
from desk.conftest import settings
from desk.figures.laying import Laying, settings_for
from desk.figures.ledger_reader import Case, read_cases
from deskterm.config.paths import Home
from deskterm.desk.metrics import PeriodChoice

CASES = read_cases(Path(__file__).parent / "ledger")
ENOUGH = 60


def laid_down(case: Case, folder) -> Laying:
    """The shop of a case."""
    own = [fact.split()[1] for fact in case.facts if fact.startswith("holidays ")]
    fresh(Home(folder).database)
    laying = Laying(folder, settings_for(settings(), holidays=tuple(own)))
    laying.lay(case)
    return laying


def choice_of(case: Case, laying: Laying, *, business: bool) -> PeriodChoice:
    """The week of a case. On a Monday the last full one is 0."""
    today = laying.shop.desk.shop.formats.local(case.now).date()
    monday = today - timedelta(days=today.weekday())
    weeks = (monday - case.week).days // 7
    return PeriodChoice(back=weeks - (today == monday), business=business)


def test_the_ledger_is_large_and_asks_for_every_kind_of_thing():
    assert len(CASES) >= ENOUGH
    assert all(case.expected for case in CASES)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.title)
def test_the_figures_are_those_counted_by_hand(tmp_path, case):
    """With kept samples, and with freshly computed ones."""
    laying = laid_down(case, tmp_path)
    try:
        for business in {one.business for one in case.expected}:
            choice, metrics = choice_of(case, laying, business=business), laying.shop.desk.metrics
            for kept in (True, False):
                report = metrics.report(choice, case.now, ("figures",), kept=kept)
                figures = {one.id: one for one in report.figures}
                for expected in (one for one in case.expected if one.business is business):
                    compare(figures[expected.figure], expected, laying)
    finally:
        laying.shop.db.close()


def compare(figure, expected, laying):
    assert figure.value == pytest.approx(expected.value), expected.text
    if expected.n is not None:
        assert figure.n == expected.n, expected.text
    if " before=" in expected.text:
        assert figure.before == pytest.approx(expected.before), expected.text
    if " p90=" in expected.text:
        assert figure.p90 == pytest.approx(expected.p90), expected.text
    if expected.tickets is not None:
        assert tuple(laying.number(one) for one in figure.tickets) == expected.tickets, expected.text
    for why, number in expected.left.items():
        assert dict(figure.left_out).get(why) == number, (expected.text, figure.left_out)

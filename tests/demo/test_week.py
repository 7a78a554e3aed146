"""The week of the sample store that docs/metrics.md explains, figure by figure."""

import re
from datetime import UTC, datetime
from pathlib import Path
from threading import Event
from types import SimpleNamespace

import pytest

from deskterm.cli import run_pass
from deskterm.cli.composition import assemble
from deskterm.config.paths import Home
from deskterm.demo import write_sample_store
from deskterm.demo.owner import remember
from deskterm.desk.metrics import PeriodChoice
from deskterm.domain.figures.figure_formats import FigureWords
from deskterm.domain.tickets import Listing

NOW = int(datetime(2025, 11, 21, 9, 43, tzinfo=UTC).timestamp())
PAGE = (Path(__file__).parents[2] / "docs" / "metrics.md").read_text("utf-8")
ROW = re.compile(r"^\| (.+?) \| (.+?) \| .+ \|$", re.MULTILINE)


@pytest.fixture(scope="module")
def app(tmp_path_factory):
    home = tmp_path_factory.mktemp("week")
    write_sample_store(home, NOW)
    with pytest.MonkeyPatch.context() as patch, assemble(Home(home)) as app:
        patch.setattr(run_pass, "time", SimpleNamespace(time=lambda: NOW))
        run_pass.one_pass(app, lambda _: None, Event())
        remember(app.db, NOW)
        yield app


def test_the_sample_week_is_as_the_page_says(app):
    report = app.desk.metrics.report(PeriodChoice(back=1), NOW, ("figures",))
    words = FigureWords(app.formats)
    assert report.title == "Week 46, Mon 10 to Sun 16 Nov"
    told = dict(ROW.findall(PAGE.split("<!-- sample week -->")[1].split("<!-- end of sample week -->")[0]))
    del told["figure"]
    assert {one.title: words.amount(one, one.value) for one in report.figures if one.n} == told


ALIKE = {  # by a subject of an open ticket: words that each like past question has one of
    "the mug arrived broken": "broken|shattered|crack|hole",
    "One bowl is cracked": "broken|shattered|crack|hole",
    "Discount code not working": "code|coupon",
    "Wrong size, can I swap for a 41?": "size|exchange|swap",
    "CANCEL PLEASE": "cancel|twice",
    # kept aside while the rules were made
    "Your refund": "refund",
    "return": "return|send it back|keep",
    "Wrong colour": "wrong|missing|got something else",
}


def test_an_open_ticket_of_the_sample_finds_past_ones_about_the_same_and_a_dispute_finds_none(app):
    opened = {row.subject: row.ticket_id for row in app.desk.inbox.page(Listing.INBOX, 0, 50)}
    for subject, words in ALIKE.items():
        found = app.desk.search.similar(opened[subject], 3)
        assert found, subject
        for one in found:
            assert re.search(words, f"{one.row.subject} {one.asked}", re.IGNORECASE), (subject, one)
    assert not app.desk.search.similar(opened["PayPal case opened"])

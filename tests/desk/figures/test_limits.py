"""The month's limit of goodwill beside what was given, as the owner's policy has it."""

from dataclasses import replace

import pytest

from counterparts.templates import fresh
from desk.conftest import JANA, NOW, settings
from desk.figures.laying import Laying
from deskterm.config.paths import Home
from deskterm.config.settings_file import Policy
from deskterm.desk.metrics import EVERYTHING, PeriodChoice
from deskterm.domain.figures.exports.as_tables import figure_words
from deskterm.domain.figures.exports.as_values import as_values
from deskterm.domain.figures.figure_formats import FigureWords
from deskterm.widgets.metrics.figure_rows import FigureRows

DAY = 86400
LAST_MONTH = NOW - 25 * DAY


def given(folder, most, *amounts):
    """A shop that gave these amounts as codes, each (when, cents, currency), and its figure of goodwill."""
    fresh(Home(folder).database)
    laying = Laying(folder, replace(settings(), policy=Policy(goodwill_per_month=most)))
    order = laying.shop.order("1042", JANA)
    with laying.shop.db.write() as tx:
        for number, (at, cents, currency) in enumerate(amounts):
            tx.execute(
                "INSERT INTO store_action(key, store, order_id, ability, wish, state, confirmed_at, settled_at,"
                " given_minor, given_currency) VALUES (?, 'loom', ?, 'code', '{}', 'done', ?, ?, ?, ?)",
                (f"k{number}", order, at, at, cents, currency),
            )
    report = laying.shop.desk.metrics.report(PeriodChoice(back=0), NOW, EVERYTHING)
    formats = laying.shop.desk.shop.formats
    laying.shop.db.close()
    return next(one for one in report.figures if one.id == "goodwill"), report, FigureWords(formats)


def test_what_was_given_this_month_is_shown_beside_the_limit(tmp_path):
    """What was given last month, or in another currency, does not count."""
    amounts = (
        (NOW - DAY, 1250, "EUR"),
        (NOW - 10 * DAY, 800, "EUR"),
        (LAST_MONTH, 4000, "EUR"),
        (NOW, 500, "USD"),
    )
    figure, report, words = given(tmp_path, 300, *amounts)
    assert figure.value == 1250
    assert figure.note == "20,50\N{NO-BREAK SPACE}€ of 300,00\N{NO-BREAK SPACE}€ given this month"
    below = FigureRows(words, 76).row(figure).lines[1]
    assert "".join(bit.text for bit in below.bits).strip() == figure.note
    assert figure.note in words.explanation(figure)
    assert figure.note in figure_words(figure, words)[-1]
    assert figure.note in [one["note"] for one in as_values(report)["figures"]]


@pytest.mark.parametrize("amounts", [(), ((NOW, 500, "EUR"),)])
def test_without_a_limit_nothing_is_said_of_it(tmp_path, amounts):
    figure, *_ = given(tmp_path, 0, *amounts)
    assert figure.note == ""


def test_a_limit_is_shown_before_anything_was_given(tmp_path):
    figure, *_ = given(tmp_path, 300)
    assert figure.note.startswith("0,00")

"""The pages of the metrics as rows."""

import re
from collections import Counter

import pytest
from rich.cells import cell_len

from deskterm.domain.figures.figure_formats import FigureWords
from deskterm.domain.figures.values import (
    Advice,
    Curve,
    Figure,
    FiguresReport,
    HourGrid,
    Remark,
    Section,
    SplitRow,
    Table,
)
from deskterm.domain.formats import Formats
from deskterm.screens.ticket_groups import ticket_groups_of
from deskterm.widgets.drawing import charts
from deskterm.widgets.metrics.first_page import items
from deskterm.widgets.metrics.keys import AdviceKey, BarKey, CurveKey, DayKey, FigureKey
from deskterm.widgets.metrics.pages import page_items
from deskterm.widgets.metrics.table_rows import TableRows, together

WORDS = FigureWords(Formats("en_GB", "Europe/Berlin"))
SENTENCE = "Tickets about shipping doubled, 14 against 7: 9 of them wait for parcels of one carrier."


def figure(number, unit="count", value=12, **more):
    given = {"before": 9, "n": 20, "tickets": (number,), "series": (1, 2, 3)} | more
    return Figure(f"f{number}", f"Figure number {number}", "How it is counted.", unit, value, **given)


def rows(count):
    return tuple(SplitRow(f"c{n}", (figure(n, value=20 - n, before=n),)) for n in range(count))


def report(figures=9, categories=11, advice=3):
    week = Section(
        "week",
        "The week",
        tuple(map(figure, range(figures))),
        (Table("Tickets by category", rows(categories)),),
    )
    said = tuple(Advice(f"a{n}", SENTENCE, "T1, T2", (1, 2), 5) for n in range(advice))
    return FiguresReport(0, 1, "Week 47", "week 46", business_hours=False, sections=(week,), advice=said)


def lines(found):
    return [line for item in found for line in item.lines]


def written(line):
    return "".join(bit.text for bit in line.bits)


@pytest.mark.parametrize("categories", [0, 1, 8, 11, 40])
@pytest.mark.parametrize("advice", [0, 1, 3])
def test_a_week_fits_on_one_page_of_a_small_terminal(categories, advice):
    assert len(lines(items(report(9, categories, advice), WORDS, 76, 20))) <= 20


@pytest.mark.parametrize("width", [76, 90, 116])
def test_no_line_is_longer_than_the_page(width):
    found = lines(items(report(), WORDS, width, 30, definitions=True))
    assert max(cell_len(written(line)) for line in found) <= width


@pytest.mark.parametrize("width", [76, 100, 140])
def test_no_line_is_longer_on_the_other_pages_either(width):
    hours = tuple(tuple((1,) * (hour % 4) for hour in range(24)) for _ in range(7))
    many = SplitRow("a label that is very long indeed and longer", (figure(1), figure(2, "seconds", 9000)))
    section = Section(
        "volume", "Volume", (figure(1), figure(2, "share", 0.4)), (Table("By something", (many,)),),
        (Curve(figure(1, series=(3, 9, 0)), ("45", "46", "47")), Curve(figure(2, series=(1, None, 4)), ("45", "46", "47"))),
        HourGrid("By hour", hours), (Remark("What was said " * 20, (1,)),), "Comments",
    )  # fmt: skip
    found = lines(page_items(section, report(), WORDS, width, definitions=True))
    assert max(cell_len(written(line)) for line in found) <= width


def test_what_does_not_fit_is_added_up_with_its_tickets():
    *_, rest = together(rows(6), 4)
    added = rest.figures[0]
    assert (rest.label, added.value, added.before, added.tickets) == ("3 others", 48, 12, (3, 4, 5))
    assert together(rows(4), 4) == list(rows(4))


def test_every_figure_every_row_and_every_advice_can_be_opened():
    keys = [item.key for item in items(report(2, 2, 1), WORDS, 76, 30) if item.key]
    assert [type(key) for key in keys] == [FigureKey, FigureKey, AdviceKey, BarKey, BarKey]


def test_a_row_stays_the_same_when_it_is_counted_again():
    assert BarKey("t", "shipping", rows(1)[0]) == BarKey("t", "shipping", rows(2)[1])


def test_few_tickets_say_so():
    few = report(0)
    few = FiguresReport(
        0, 1, "", "", business_hours=False, sections=(Section("week", "", (figure(1, "seconds", 60, n=3),), few.sections[0].tables),)
    )  # fmt: skip
    assert "few 3" in written(lines(items(few, WORDS, 76, 20))[1])


def test_a_figure_that_was_never_noted_says_why():
    never = figure(1, value=None, before=None, n=0, tickets=(), asks="No promise was noted yet.")
    shown = Section("week", "", (never,), (Table("t", ()),))
    told = FiguresReport(0, 1, "", "", business_hours=False, sections=(shown,))
    assert "No promise was noted yet." in written(lines(items(told, WORDS, 76, 20))[1])


def test_two_series_are_told_apart_without_colour():
    drawn = charts.columns((4, 0, 2), (1, None, 4), 4, 4)
    assert drawn[0].startswith("███ ")
    assert drawn[0][8:11] == " ● "
    assert drawn[2][:3] == "█●█"
    assert drawn[3][4:7] == "   "


def by_category(*figures, label="cancel"):
    return Table("By category", (SplitRow(label, figures),), note="New tickets came in the period.")


TIMES = (
    Figure("created", "New tickets", "", "tickets", 3, 2, 3, (1, 2, 3), before_n=2),
    Figure("handling", "Handling time", "", "seconds", 67, None, 3, (1, 2), total=True),
    Figure("handling per ticket", "Handling a ticket", "", "seconds", 17, None, 3, (1, 2)),
    Figure("resolution", "Resolution time", "", "seconds", 263000, 4000, 25, (7,), p90=90000, left_out=(("open again", 1),)),
)  # fmt: skip


def test_each_cell_says_from_how_many_and_that_they_are_few():
    row = written(TableRows(WORDS, by_category(*TIMES), 100).items()[1].lines[0])
    assert re.search(r"cancel +3 +2 +1m n 3 +<1m few 3 +3d 1h n 25", row)


def test_the_names_of_columns_are_whole_words_on_80_columns():
    heads = [written(one) for one in TableRows(WORDS, by_category(*TIMES), 76).items()[0].lines]
    said = Counter(" ".join(heads).split())
    names = "New tickets before Handling time Handling a ticket Resolution time"
    assert said == Counter(f"By category {names}".split())


def test_the_definitions_say_nine_in_ten_and_who_was_left_out():
    said = "\n".join(
        map(written, TableRows(WORDS, by_category(*TIMES), 100, definitions=True).items()[1].lines)
    )
    assert "9 of 10 within 1d 1h; left out: 1 open again" in said


def test_a_cell_opens_its_own_tickets():
    row = SplitRow("cancel", TIMES)
    assert [one.tickets for one in ticket_groups_of(BarKey("t", "cancel", row), WORDS)] == [
        (1, 2, 3),
        (1, 2),
        (1, 2),
        (7,),
    ]


def test_a_column_of_the_chart_and_an_hour_open_theirs():
    curve = Curve(figure(1, series=(3, 1)), ("46", "47"), ((1, 2, 3), (4,)))
    assert [(one.name, one.tickets) for one in ticket_groups_of(CurveKey("f1", curve, "week "), WORDS)] == [
        ("week 47", (4,)), ("week 46", (1, 2, 3)),
    ]  # fmt: skip
    hours = tuple((5,) if hour == 9 else (6, 7) if hour == 20 else () for hour in range(24))
    assert [(one.name, one.tickets) for one in ticket_groups_of(DayKey(0, hours), WORDS)] == [
        ("the whole day", (5, 6, 7)), ("9:00", (5,)), ("20:00", (6, 7)),
    ]  # fmt: skip


def test_a_week_that_is_over_is_not_this_one():
    ran = FiguresReport(0, 604800, "Week 47", "week 46", business_hours=False, sections=(), now=604800)
    over = FiguresReport(0, 604800, "Week 47", "week 46", business_hours=False, sections=(), now=700000)
    assert (ran.heading, over.heading) == ("this week", "that week")

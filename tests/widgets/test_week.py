"""A week as rows."""

import pytest
from rich.cells import cell_len

from deskterm.domain.figures.values import Bar, Figure, FiguresReport
from deskterm.widgets.week import BarKey, FigureKey, items, together


def bars(count):
    return tuple(Bar(f"c{n}", 20 - n, n, (n,)) for n in range(count))


def report(figures=9, categories=11):
    found = tuple(
        Figure(f"f{n}", f"Figure {n}", "How it is counted.", "count", n, n, 20, (), series=(1, 2, 3))
        for n in range(figures)
    )
    return FiguresReport(
        0, 1, "Week 47", "week 46", business_hours=False, figures=found, volume=bars(categories)
    )


def lines(found):
    return [line for item in found for line in item.lines]


def written(line):
    return "".join(bit.text for bit in line.bits)


@pytest.mark.parametrize("categories", [0, 1, 8, 11, 40])
def test_a_week_stands_on_one_page_of_a_small_terminal(categories):
    assert len(lines(items(report(categories=categories), 76, 19, definitions=False))) <= 19


@pytest.mark.parametrize("width", [76, 90, 116])
def test_no_line_is_longer_than_the_page(width):
    found = lines(items(report(), width, 30, definitions=True))
    assert max(cell_len(written(line)) for line in found) <= width


def test_what_does_not_fit_is_added_up_with_its_tickets():
    *_, rest = together(bars(6), 4)
    assert (rest.label, rest.value, rest.before, rest.tickets) == ("3 others", 48, 12, (3, 4, 5))
    assert together(bars(4), 4) == list(bars(4))


def test_every_figure_and_every_bar_can_be_opened():
    keys = [item.key for item in items(report(2, 2), 76, 30, definitions=False) if item.key]
    assert [type(key) for key in keys] == [FigureKey, FigureKey, BarKey, BarKey]


def test_a_row_stays_the_same_when_it_is_counted_anew():
    assert BarKey("shipping", bars(1)[0]) == BarKey("shipping", bars(2)[1])

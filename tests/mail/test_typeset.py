"""HTML set as rows of text: what a person sees of blocks, lists, white space and tables."""

import pytest
from lxml import html

from deskterm.mail.typeset import typeset


def rows(markup: str) -> list[str]:
    body = html.document_fromstring(f"<html><body>{markup}</body></html>").find("body")
    return [row.rstrip() for row in typeset(body).rstrip("\n").split("\n")]


def test_white_space_counts_as_one_space_also_between_elements() -> None:
    assert rows("<p> One \n <b> two</b>  three<i>\tfour </i> </p>") == ["One two three four"]


def test_paragraphs_stand_one_row_apart_and_divs_below_each_other() -> None:
    assert rows("<p>a</p><p>b</p><div>c</div><div>d</div>") == ["a", "", "b", "", "c", "d"]


def test_margins_of_neighbours_are_not_added_up() -> None:
    markup = '<div style="margin-bottom:2em">a</div><div style="margin-top:24px">b</div>'
    assert rows(markup) == ["a", "", "", "", "b"]


def test_a_break_ends_a_row_and_a_second_one_leaves_a_blank_row() -> None:
    assert rows("a<br>b<br><br>c") == ["a", "b", "", "c"]


def test_lists_have_bullets_and_numbers_and_may_stand_in_each_other() -> None:
    markup = '<ul><li>a<ol><li>one<li value="7">seven<li>eight</ol><li>b<ul><li>c</ul></ul>'
    assert rows(markup) == ["  * a", "     1. one", "     7. seven", "     8. eight", "  * b", "      + c"]


def test_an_item_without_words_keeps_its_number() -> None:
    assert rows("<ol><li></li><li>b</li></ol>") == [" 1.", " 2. b"]


def test_preformatted_text_keeps_its_white_space() -> None:
    assert rows("<pre>a  b\n   c</pre>d") == ["a  b", "   c", "d"]


def test_a_block_is_moved_in_by_its_padding() -> None:
    assert rows('<div style="padding-left:16px">a<br>b</div>c') == ["  a", "  b", "c"]


def test_a_short_quotation_has_its_marks() -> None:
    assert rows("<p>She said <q>no</q>.</p>") == ['She said "no".']


@pytest.mark.parametrize(
    ("cell", "row"),
    [("<td>1", "1    b"), ("<td align=right>1", "  1  b"), ("<td align=center>1", " 1   b")],
)
def test_cells_are_aligned_as_they_ask(cell: str, row: str) -> None:
    assert rows(f"<table><tr>{cell}<td>b<tr><td>333<td>c</table>") == [row, "333  c"]


@pytest.mark.parametrize(("place", "at"), [("top", 0), ("middle", 1), ("bottom", 2)])
def test_a_low_cell_stands_where_it_asks(place: str, at: int) -> None:
    """Beside a cell of three rows."""
    found = rows(f'<table><tr><td>a<br>b<br>c<td valign="{place}">x</table>')
    assert [row.endswith("x") for row in found[:3]] == [row == at for row in range(3)]


def test_what_stands_in_a_table_but_in_no_cell_comes_above_it() -> None:
    assert rows("<table><caption>Prices</caption><tr><td>Mug<td>9</table>") == ["Prices", "Mug  9"]

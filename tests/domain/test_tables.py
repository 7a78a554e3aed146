"""Cells that no spreadsheet takes for formulas."""

import pytest

from deskterm.domain.tables import cell


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "  =cmd|' /C calc'!A0", "＝1+1", "＠x"],
)
def test_what_a_spreadsheet_would_run_is_defused(text):
    assert cell(text) == "'" + text


@pytest.mark.parametrize("text", ["", "Mug", "1042", "a=b", "'quoted'", "Grüße, Jana"])
def test_other_text_is_left_as_it_is(text):
    assert cell(text) == text


def test_figures_stay_figures_and_lists_become_json():
    assert cell(-4900) == -4900
    assert cell(None) is None
    assert cell(True) == 1
    assert cell(["=a", "ü"]) == '["=a", "ü"]'

"""The report that is written automatically once a week is over."""

from dataclasses import replace
from types import SimpleNamespace

import pytest

from desk.conftest import DAY, NOW
from desk.conftest import settings as shop_settings
from desk.conftest import shop as shop  # noqa: PLC0414 - a fixture
from deskterm.cli.weekly_report import write_last_week
from deskterm.errors import ConfigError


def fit_of(shop, folder):
    settings = replace(shop_settings(), report_folder=folder)
    return SimpleNamespace(desk=shop.desk, formats=shop.desk.shop.formats, settings=settings)


def test_each_week_is_written_once_when_it_is_over(shop, tmp_path):
    """NOW is a Friday of week 47: 46 is over. On the Monday after it 47 is."""
    app = fit_of(shop, str(tmp_path / "reports"))
    shop.ticket(at=NOW - 8 * DAY)
    assert write_last_week(app, NOW).name == "2026-W46.html"
    assert write_last_week(app, NOW + 60) is None
    monday = write_last_week(app, NOW + 3 * DAY)
    assert monday.name == "2026-W47.html"
    text = (tmp_path / "reports/2026-W46.html").read_text("utf-8")
    assert "Week 46, Mon 9 to Sun 15 Nov" in text
    assert "Week 47, Mon 16 to Sun 22 Nov" in monday.read_text("utf-8")


def test_reports_of_weeks_without_an_open_desk_are_written_later(shop, tmp_path):
    app = fit_of(shop, str(tmp_path))
    shop.ticket(at=NOW - 8 * DAY)
    write_last_week(app, NOW)
    assert write_last_week(app, NOW + 21 * DAY).name == "2026-W49.html"
    assert sorted(one.name for one in tmp_path.glob("2026-W*.html")) == [
        f"2026-W{n}.html" for n in range(46, 50)
    ]
    assert "Week 48, Mon 23 to Sun 29 Nov" in (tmp_path / "2026-W48.html").read_text("utf-8")


def test_nothing_is_written_unless_a_folder_is_named(shop):
    assert write_last_week(fit_of(shop, ""), NOW) is None


def test_a_folder_that_cannot_be_made_is_named(shop, tmp_path):
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(ConfigError, match="report"):
        write_last_week(fit_of(shop, str(tmp_path / "file" / "reports")), NOW)

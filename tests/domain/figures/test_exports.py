"""Reports in the forms they leave in; the page is opened in a real browser where there is one."""

import csv
import re
import shutil
import subprocess
from html.parser import HTMLParser
from io import StringIO

import pytest

from deskterm.domain.figures.exports.as_csv import COLUMNS, as_csv
from deskterm.domain.figures.exports.as_html import as_html
from deskterm.domain.figures.exports.as_markdown import as_markdown
from deskterm.domain.figures.exports.as_values import as_values
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
from deskterm.domain.figures.words import FigureWords
from deskterm.domain.formats import Formats

WORDS = FigureWords(Formats("en_GB", "Europe/Berlin"))
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
EVIL = "<script>alert(1)</script> | `x` =1+1"


def figure(name, unit="count", value=12.0, **more):
    given = {
        "before": 9.0,
        "n": 20,
        "tickets": (1001, 1002),
        "series": (3.0, None, 12.0),
        "before_n": 20,
    } | more
    return Figure(name, f"Title of {name}", "How it is counted.", unit, value, **given)


def report():
    hours = tuple(tuple((1001,) * (hour == 9) for hour in range(24)) for _ in range(7))
    row = SplitRow(EVIL, (figure("created"), figure("first reply", "seconds", 7200)))
    volume = Section(
        "volume", "Volume", (figure("created"), figure("one-touch", "share", 0.4, n=5)), (Table("By category", (row,)),),
        (Curve(figure("created"), ("45", "46", "47")), Curve(figure("backlog"), ("45", "46", "47"))),
        HourGrid("New tickets by weekday and hour", hours), (Remark(EVIL, (1001,)),), "What they wrote",
    )  # fmt: skip
    advice = (Advice("a", f"Look at {EVIL}.", "T1001", (1001,), 5),)
    return FiguresReport(0, 604800, "Week 47", "week 46", False, (volume,), advice, "week 47 of 2025")


class Page(HTMLParser):
    """The names of a page's elements, and what their attributes point to."""

    def __init__(self):
        super().__init__()
        self.elements, self.links = [], []

    def handle_starttag(self, tag, attrs):
        self.elements.append(tag)
        self.links += [value for name, value in attrs if name in ("src", "href")]


def test_the_page_runs_nothing_and_fetches_nothing():
    html = as_html(report(), WORDS, "Loom & Clay")
    page = Page()
    page.feed(html)
    assert "script" not in page.elements
    assert page.links == []
    assert not re.search(r"https?://|url\(|@import", html)
    assert {"table", "svg", "rect", "polyline"} <= set(page.elements)
    assert "prefers-color-scheme: dark" in html
    assert "@media print" in html
    assert "&lt;script&gt;alert(1)" in html


def test_a_share_of_few_is_a_count_in_every_form():
    assert "2 of 5" in as_html(report(), WORDS)
    assert "2 of 5" in as_markdown(report(), WORDS)


def test_markdown_takes_a_customers_words_as_words():
    text = as_markdown(report(), WORDS)
    assert "<script>" not in text.replace("\\<script\\>", "")
    rows = [line for line in text.splitlines() if line.startswith("|")]
    assert {
        len(re.findall(r"(?<!\\)\|", row)) for row in rows if "Title of created" in row or "---" in row
    } <= {2, 6, 8, 26}  # the columns of its four tables


def test_csv_has_a_row_a_figure_and_no_formula():
    rows = list(csv.DictReader(StringIO(as_csv(report()))))
    assert tuple(rows[0]) == COLUMNS
    assert [row["figure"] for row in rows] == ["created", "one-touch", "created", "first reply"]
    assert rows[0]["tickets"] == "T1001 T1002"
    assert not any(value.startswith(("=", "+", "@")) for row in rows for value in row.values())


def test_values_carry_everything():
    told = as_values(report())
    assert told["advice"][0]["tickets"] == ["T1001"]
    assert told["sections"][0]["hours"][0][9] == 1
    assert told["figures"][0]["year_ago"] is None


@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here")
def test_a_real_browser_shows_the_page(tmp_path):
    page = tmp_path / "report.html"
    page.write_text(as_html(report(), WORDS, "Loom & Clay"), "utf-8")
    run = [
        CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={tmp_path / 'profile'}",
        "--window-size=900,1400", f"--screenshot={tmp_path / 'page.png'}", page.as_uri(),
    ]  # fmt: skip
    done = subprocess.run(run, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    assert "Content Security Policy" not in done.stderr
    assert (tmp_path / "page.png").stat().st_size > 20_000

"""Reports in their export formats; the page is opened in a real browser if there is one."""

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
from deskterm.domain.figures.families import MEASURES
from deskterm.domain.figures.figure_formats import FigureWords
from deskterm.domain.figures.measure import Unit
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
    } <= {2, 6, 7, 26}  # the columns of its four tables


def test_csv_has_a_row_for_each_figure_and_no_formula():
    rows = list(csv.DictReader(StringIO(as_csv(report()))))
    assert tuple(rows[0]) == COLUMNS
    assert [row["figure"] for row in rows] == ["created", "one-touch", "created", "first reply"]
    assert rows[0]["tickets"] == "T1001 T1002"
    assert not any(value.startswith(("=", "+", "@")) for row in rows for value in row.values())


def test_the_values_have_everything():
    told = as_values(report())
    assert told["advice"][0]["tickets"] == ["T1001"]
    assert told["sections"][0]["hours"][0][9] == 1
    assert told["figures"][0]["year_ago"] is None


def open_in_chromium(folder, html, *how):
    """What Chromium reports about a page in a window of 900 by 1400."""
    page = folder / "report.html"
    page.write_text(html, "utf-8")
    run = [
        CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={folder / 'profile'}",
        "--window-size=900,1400", *how, page.as_uri(),
    ]  # fmt: skip
    done = subprocess.run(run, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    return done


@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here")
def test_a_real_browser_shows_the_page(tmp_path):
    html = as_html(report(), WORDS, "Loom & Clay")
    done = open_in_chromium(tmp_path, html, f"--screenshot={tmp_path / 'page.png'}")
    assert "Content Security Policy" not in done.stderr
    assert (tmp_path / "page.png").stat().st_size > 20_000


MOST = {  # as much as each kind of figure may be, now and before
    Unit.SECONDS: (32 * 86400 - 3600, 28 * 86400 - 7200), Unit.SHARE: (0.99, 0.43), Unit.COUNT: (1234, 987),
    Unit.BALANCE: (100, -34), Unit.TICKETS: (4321, 987), Unit.MONEY: (123_456_789, 99_999_900),
    Unit.PER_HUNDRED: (1234.5, 234.5),
}  # fmt: skip


def full_report():
    """Every figure there is, each with as much to say as it ever has."""
    left = (("solved without a reply", 12), ("opened by us, never answered", 3))
    figures = tuple(
        Figure(
            one.id, one.title.format(day="Wednesday"), one.definition, str(one.unit), *MOST[one.unit], 1234,
            (1,), p90=MOST[one.unit][0], left_out=left, series=(1.0,) * 10, before_n=1234,
            year_ago=MOST[one.unit][1],
            year_ago_n=1234, currency="EUR", sides=((700, 20),) * 3, note="1,234.50 of 5,000.00 given this month",
        )
        for one in MEASURES
    )  # fmt: skip
    rows = tuple(SplitRow(f"wrong item, number {n}", figures[7:10]) for n in range(3))
    section = Section("figures", "All figures", figures, (Table("By category", rows),))
    return FiguresReport(0, 604800, "Week 47", "week 46", False, (section,), (), "week 47 of 2025")


# Of what is wider than its place: the page itself, and each table that would have to be scrolled sideways.
MEASURED = """<script>addEventListener("load", () => {
  const wide = [...document.querySelectorAll(".scroll")].filter(one => one.scrollWidth > one.clientWidth);
  const all = document.documentElement;
  document.title = `wide: ${wide.length + (all.scrollWidth > all.clientWidth)} of ${wide.length || 0}`;
})</script></body>"""


@pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here")
def test_nothing_is_wider_than_a_page_of_900_pixels(tmp_path):
    """The page forbids every script: the measuring script replaces that rule."""
    html = re.sub(r"<meta http-equiv[^>]*>", "", as_html(full_report(), WORDS)).replace("</body>", MEASURED)
    done = open_in_chromium(tmp_path, html, "--dump-dom")
    assert "<title>wide: 0 of 0</title>" in done.stdout

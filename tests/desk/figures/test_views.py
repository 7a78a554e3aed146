"""The views for the owner's own queries, and the page that describes them."""

import re
import sqlite3
from pathlib import Path

from scripts import metrics as page
from sqlite_utils import Database

from desk.conftest import DAY, NOW
from desk.conftest import shop as shop  # noqa: PLC0414 - a fixture

DOCS = Path(__file__).parents[3] / "docs"


def documented():
    rows = re.findall(
        r"^\| `(report_\w+)` \|[^|]*\|(.*)\|$", (DOCS / "schema.md").read_text("utf-8"), re.MULTILINE
    )
    return {view: re.findall(r"`(\w+)`", columns) for view, columns in rows}


def test_every_view_is_documented_column_by_column(shop):
    with shop.db.read() as tx:
        views = [row[0] for row in tx.execute("SELECT name FROM sqlite_master WHERE type = 'view'")]
        there = {view: [one[1] for one in tx.execute(f"PRAGMA table_info({view})")] for view in views}
    assert documented() == there


def test_the_documented_queries_answer_through_a_read_only_connection(shop):
    ticket = shop.ticket(at=NOW - DAY)
    shop.answer(ticket, at=NOW - DAY + 7200)
    shop.desk.metrics.week(NOW)
    queries = re.findall(
        r"^    (SELECT.*?;)$", (DOCS / "schema.md").read_text("utf-8"), re.DOTALL | re.MULTILINE
    )
    assert len(queries) == 2
    own = sqlite3.connect(f"{shop.db.path.as_uri()}?mode=ro", uri=True)
    assert own.execute(queries[0]).fetchall() == [("2026-11", 1, 2.0)]
    assert own.execute(queries[1]).fetchall() == []
    for view in documented():
        own.execute(f"SELECT * FROM {view}").fetchall()
    own.close()


def test_a_program_for_databases_reads_every_view(shop):
    """sqlite-utils, as owners use it: the views with their columns, rows, and a query by name."""
    ticket = shop.ticket(at=NOW - DAY)
    shop.answer(ticket, at=NOW - DAY + 7200)
    shop.desk.metrics.week(NOW)
    own = Database(sqlite3.connect(f"{shop.db.path.as_uri()}?mode=ro", uri=True))
    views = {view.name: [column.name for column in view.columns] for view in own.views}
    assert views == documented()
    assert [row["ticket"] for row in own["report_ticket"].rows] == [f"T{ticket}"]
    for view in views:
        assert own[view].count == len(list(own[view].rows))
    own.conn.close()


def test_the_page_has_every_figure_as_it_is_defined():
    text = (DOCS / "metrics.md").read_text("utf-8")
    assert page.with_table(text) == text, "make figures"

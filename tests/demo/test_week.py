"""The week of the sample store that docs/metrics.md explains, figure by figure."""

import re
from datetime import UTC, datetime
from pathlib import Path
from threading import Event
from types import SimpleNamespace

from deskterm.cli import run_pass
from deskterm.cli.composition import assemble
from deskterm.config.paths import Home
from deskterm.demo import lay_down
from deskterm.demo.owner import remember
from deskterm.desk.metrics import PeriodChoice
from deskterm.domain.figures.words import FigureWords

NOW = int(datetime(2025, 11, 21, 9, 43, tzinfo=UTC).timestamp())
PAGE = (Path(__file__).parents[2] / "docs" / "metrics.md").read_text("utf-8")
ROW = re.compile(r"^\| (.+?) \| (.+?) \| .+ \|$", re.MULTILINE)


def test_the_sample_week_is_as_the_page_says(tmp_path, monkeypatch):
    lay_down(tmp_path, NOW)
    monkeypatch.setattr(run_pass, "time", SimpleNamespace(time=lambda: NOW))
    with assemble(Home(tmp_path)) as fit:
        run_pass.one_pass(fit, lambda _: None, Event())
        remember(fit.db, NOW)
        report = fit.desk.metrics.report(PeriodChoice(back=1), NOW, ("figures",))
        words = FigureWords(fit.formats)
    assert report.title == "Week 46, Mon 10 to Sun 16 Nov"
    told = dict(ROW.findall(PAGE.split("<!-- sample week -->")[1].split("<!-- end of sample week -->")[0]))
    del told["figure"]
    assert {one.title: words.amount(one, one.value) for one in report.figures if one.n} == told

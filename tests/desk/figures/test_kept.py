"""Kept samples give the same figures as freshly computed ones, whatever happened in between."""

import os
import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from counterparts.templates import fresh
from desk.conftest import NOW
from desk.conftest import settings as shop_settings
from desk.figures.laying import Laying, settings_for
from deskterm.config.paths import Home
from deskterm.desk.metrics import EVERYTHING, PeriodChoice
from deskterm.domain.figures.exports.as_values import as_values
from deskterm.storage.figures import samples

HISTORIES = int(os.environ.get("DESKTERM_HISTORIES", "60")) // 3
DAY = 86400
VERBS = (
    "in", "in", "out", "out only", "out+solve", "out aside", "in robot", "solve", "open", "hold", "wake",
    "category shipping", "category stock", "spam", "others", "handled 30", "stopped", "join T1", "count",
)  # fmt: skip


def shop_in(folder, **shop):
    fresh(Home(folder).database)
    laying = Laying(folder, settings_for(shop_settings(), **shop))
    laying.facts = {2: {"who": "jana"}, 3: {"who": "ben"}}
    return laying


def told(laying, *, kept):
    choice = PeriodChoice(back=0, business=True)
    return as_values(laying.shop.desk.metrics.report(choice, NOW, EVERYTHING, kept=kept))


@settings(max_examples=HISTORIES, deadline=None)
@given(st.lists(st.tuples(st.integers(1, 3), st.sampled_from(VERBS), st.integers(600, DAY)), max_size=25))
def test_kept_samples_equal_freshly_computed_ones(steps):
    with tempfile.TemporaryDirectory() as folder:
        laying = shop_in(Path(folder))
        at = NOW - 20 * DAY
        for number, verb, wait in [(1, "in", 0), *steps]:
            at = min(at + wait, NOW - 60)
            if verb == "count":
                told(laying, kept=True)
            elif verb == "join T1":
                if number in laying.ids and number != 1 and not joined(laying, number):
                    laying._join(1, at, [f"T{number}"])
                    del laying.ids[number]
            elif number in laying.ids or verb == "in":
                name, *how = verb.split()
                getattr(laying, f"_{name.replace('+', '_')}")(number, at, how)
        assert told(laying, kept=True) == told(laying, kept=False)
        assert without_series(laying, computed=False) == without_series(laying, computed=True)
        with laying.shop.db.read() as tx:
            assert samples.stale(tx) == []
        laying.shop.db.close()


def without_series(laying, *, computed):
    """The two pages that are printed as text, without the values of the periods before."""
    report = laying.shop.desk.metrics.report(PeriodChoice(back=0), NOW, ("week", "figures"), series=computed)
    assert any(one.series for one in report.figures) == computed
    values = as_values(report)
    for figure in values["figures"]:
        del figure["series"]
    return values


def joined(laying, number):
    return laying.shop.row(laying.ids[number])["joined_into"] is not None


def test_other_business_hours_have_the_samples_computed_again(tmp_path):
    laying = shop_in(tmp_path)
    laying._in(1, NOW - 2 * DAY, [])
    laying._out(1, NOW - DAY, [])
    before = told(laying, kept=True)
    laying.shop.db.close()
    other = Laying(tmp_path, settings_for(shop_settings(), hours="Mon-Sun 00:00-24:00"))
    after = told(other, kept=True)
    assert after != before
    assert after == told(other, kept=False)
    other.shop.db.close()


def test_a_desk_that_only_reads_counts_the_same(tmp_path):
    from desk.conftest import Fixed, ShopOfOne
    from deskterm.desk import Desk
    from deskterm.domain.formats import Formats
    from deskterm.domain.playbook import Playbook
    from deskterm.storage.schema.migrate import open_database

    laying = shop_in(tmp_path)
    laying._in(1, NOW - 2 * DAY, [])
    laying._out(1, NOW - DAY, [])
    home = Home(tmp_path)
    db = open_database(home.database, read_only=True)
    other = ShopOfOne(Desk(db, shop_settings(), home, Fixed(Playbook()), Formats("de_DE", "Europe/Berlin")))
    found = {one.id: one.value for one in other.desk.metrics.week(NOW).figures}
    assert found["first reply"] == DAY
    db.close()
    laying.shop.db.close()


def test_the_doctors_repair_has_them_computed_again(tmp_path):
    from deskterm.desk.upkeep.repair import repair

    laying = shop_in(tmp_path)
    laying._in(1, NOW - 2 * DAY, [])
    laying._out(1, NOW - DAY, [])
    right = told(laying, kept=True)
    with laying.shop.db.write() as tx:
        tx.execute("UPDATE figure_sample SET value = 1, business = 1")
    assert told(laying, kept=True) != right
    laying.shop.db.close()
    repair(Home(tmp_path), NOW, lambda _: True)
    again = shop_again(tmp_path)
    assert told(again, kept=True) == right
    again.shop.db.close()


def shop_again(folder):
    return Laying(folder, settings_for(shop_settings()))

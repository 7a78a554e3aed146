"""The rules' screen and the self-review at the keyboard."""

import pytest

from deskterm.domain.events import By
from deskterm.storage import changes
from screens.looking import DAY, NOW, sample
from screens.test_inbox import looking

RULES = '[[rule]]\nname = "throws"\nwhen = "throws"\ntag = "throw"\n\n[[rule]]\nname = "mugs"\nwhen = "mug"\nsend = "order-status"\n'


@pytest.fixture
def shop(tmp_path):
    made = sample(tmp_path)
    made.desk.shop.home.rules_file.write_text(RULES, "utf-8")
    yield made
    made.db.close()


def states(shop):
    return [(one.name, one.on) for one in shop.desk.automation.rules.read(NOW).rules]


async def test_a_rule_is_tried_switched_and_moved(shop):
    async with looking(shop) as press:
        picture = await press("g", "u")
        assert picture.index("throws") < picture.index("mugs")
        tried = await press("j", "j", "j", "j", "enter")
        assert "Tried: throws" in tried
        assert "1 mail of 1 ticket in 90 days" in tried
        assert "Switched the rule “throws” on" in await press("escape", "s")
        await press("J")
        assert states(shop) == [("mugs", False), ("throws", True)]
        assert "S again lets them" in await press("S")
        assert "Let rules send from now on" in await press("S")


async def test_a_rule_is_switched_where_it_was_tried(shop):
    async with looking(shop) as press:
        assert "s on/off" in await press("g", "u", "j", "j", "j", "j", "enter")
        assert "Switched the rule “throws” on" in await press("s")
        assert states(shop) == [("throws", True), ("mugs", False)]
        assert "Switched the rule “throws” off" in await press("s")
        await press("z")
        assert states(shop) == [("throws", True), ("mugs", False)]
        assert "throws" in await press("escape")


async def test_the_kind_of_day_is_switched(shop):
    async with looking(shop) as press:
        assert "No match" in await press("g", "u", "s", *"soon", "enter")
        assert "away until Monday 24 Nov" in await press("ctrl+u", *"monday")
        assert "Away until 2099-01-01" in await press("ctrl+u", *"2099-01-01", "enter")
        assert "Back again" in await press("s")
        assert "72-hour clock: 72 h left" in await press("j", "j", "j", "enter")


async def test_answered_tickets_are_looked_at_again(shop):
    for answered in (1001, 1002):
        shop.answer(answered, at=NOW - 7 * DAY)
    with shop.db.write() as tx:
        changes.change(tx, 1002, NOW - 7 * DAY, By.OWNER, category="thanks")  # nothing was asked there
    async with looking(shop) as press:
        drawn = await press("g", "v")
        assert drawn.count("It answers all that was asked") == 1
        assert "0 of 1 kept" in await press("j", "x", "x")
        assert shop.desk.metrics.week(NOW, 1).sections[0].remarks[0].text.startswith("0 of 1 kept")

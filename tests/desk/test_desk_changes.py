"""Changes to the desk itself (views, the kind of day, rules, files), which `z` takes back as well."""

import pytest

from desk.conftest import NOW
from deskterm.desk.answers.habits import Habit
from deskterm.errors import NotNow


def test_a_view_a_day_and_a_rule_are_taken_back_newest_first_and_done_again(shop):
    desk, rules = shop.desk, shop.desk.shop.home.rules_file
    desk.views.keep("tag:vip", NOW)
    ticket = shop.ticket()
    desk.tickets.tag((ticket,), "vip", NOW, on=True)
    desk.automation.rules.add_starter(NOW)
    before = rules.read_text("utf-8")
    name = desk.automation.rules.read(NOW).rules[0].name
    done = desk.automation.rules.turn(name, NOW, on=True)
    assert desk.undo.peek().action == done.action < 0
    assert desk.undo.undo(NOW).words == f"Undid: switched the rule “{name}” on"
    assert rules.read_text("utf-8") == before
    desk.automation.day.go_away("2099-12-27", NOW)
    assert desk.undo.undo(NOW).words == "Undid: away until 2099-12-27"
    assert not desk.automation.day.state(NOW).away_until
    assert desk.undo.redo(NOW).words == "Redid: away until 2099-12-27"
    assert desk.automation.day.state(NOW).away_until == "2099-12-27"
    desk.undo.undo(NOW)
    assert desk.undo.undo(NOW).words.startswith("Undid: added")
    assert not rules.exists()
    assert desk.undo.undo(NOW).words.startswith("Undid: tagged")
    assert desk.undo.undo(NOW).words == "Undid: kept the view tag:vip"
    assert desk.views.all() == ()
    with pytest.raises(NotNow, match="nothing to undo"):
        desk.undo.undo(NOW)


def test_a_macro_that_was_made_is_taken_away_but_not_once_the_owner_has_written_in_it(shop):
    folder = shop.desk.shop.home.config_folder / "macros"
    habit = Habit("It left today", "It left today.", 3, (), "", (1,))
    shop.desk.habits.keep(habit)
    assert (folder / "it-left-today.md").exists()
    shop.desk.undo.undo(NOW)
    assert not (folder / "it-left-today.md").exists()
    shop.desk.undo.redo(NOW)
    (folder / "it-left-today.md").write_text("mine", "utf-8")
    with pytest.raises(NotNow, match="changed since"):
        shop.desk.undo.undo(NOW)
    assert (folder / "it-left-today.md").read_text("utf-8") == "mine"


def test_a_file_that_the_owner_has_changed_since_does_not_block_older_changes(shop):
    ticket = shop.ticket()
    shop.desk.tickets.tag((ticket,), "vip", NOW, on=True)
    shop.desk.habits.keep(Habit("It left today", "It left today.", 3, (), "", (1,)))
    (shop.desk.shop.home.config_folder / "macros" / "it-left-today.md").write_text("mine", "utf-8")
    assert shop.desk.undo.undo(NOW).words.startswith("Undid: tagged")

"""The first evening on the screen: what is typed again and again, and one key that makes a macro of it."""

import pytest

from desk.answers.test_habits import typed
from deskterm.desk.playbook import PlaybookFiles
from deskterm.screens.habits import HabitsScreen
from screens.going import gone_to, until
from screens.looking import app_of, sample, seen, settle


@pytest.fixture
def shop(tmp_path):
    made = sample(tmp_path)
    yield made
    made.db.close()


async def test_one_key_makes_a_macro_of_an_answer_and_takes_it_off_the_list(shop):
    typed(shop, 4)
    folder = shop.desk.shop.home.config_folder
    async with gone_to(shop, HabitsScreen, "habits") as (pilot, screen):
        await until(lambda: screen.evening is not None)
        await settle(pilot)
        assert "1 typed again and again" in seen(pilot.app)
        assert "Has it left yet" in seen(pilot.app)
        count = len(screen.left)
        await pilot.press("enter")
        await until(lambda: len(screen.left) < count)
        await settle(pilot)
    (macro,) = PlaybookFiles(folder).current().macros.values()
    assert "has left us today" in macro.body


async def test_esc_leaves_while_the_mails_are_read_and_if_there_is_nothing_to_show(shop):
    async with gone_to(shop, HabitsScreen, "habits") as (pilot, screen):
        await until(lambda: screen.evening is not None)
        await settle(pilot)
        assert "No answers left" in seen(pilot.app)
        await pilot.press("escape")
        await until(lambda: pilot.app.screen is not screen)
    app = app_of(shop)
    async with app.run_test() as pilot:
        await settle(pilot)
        await pilot.press("g", "a", "escape")
        await until(lambda: len(app.screen_stack) == 1)

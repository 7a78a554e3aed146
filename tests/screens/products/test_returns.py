"""Noting a return at the keyboard."""

import pytest

from screens.looking import sample
from screens.test_inbox import looking


@pytest.fixture
def shop(tmp_path):
    made = sample(tmp_path)
    yield made
    made.db.close()


async def test_a_step_of_a_return_is_noted_shown_on_the_card_and_undone(shop):
    async with looking(shop) as press:
        assert "Return of #1042" in await press("T")
        picture = await press("l")
        assert "Recorded on #1042: label sent" in picture
        assert "label sent 21 Nov" in picture
        assert "nothing comes back" in await press("T")
        await press("escape")
        assert "label sent 21 Nov" not in await press("z")

"""The desk gets the terminal back however the other program ended."""

from contextlib import contextmanager
from pathlib import Path

import pytest
from textual.app import App

from deskterm.errors import NotNow
from deskterm.screens.base.lend_terminal import lend_terminal

SCREENS = Path(__file__).parents[3] / "src" / "deskterm"


class Lent:
    """Suspends as Textual does: what stands after the block is passed over when the block raises."""

    def __init__(self):
        self.done = []

    @contextmanager
    def suspend(self):
        self.done.append("away")
        yield
        self.done.append("back")


def test_after_a_failure_the_desk_has_its_terminal_back_and_is_told():
    app = Lent()
    with pytest.raises(NotNow, match="cannot be run"), lend_terminal(app):
        raise NotNow("The editor cannot be run.")
    with lend_terminal(app):
        app.done.append("used")
    assert app.done == ["away", "back", "away", "used", "back"]


async def test_a_terminal_that_cannot_be_lent_is_said_and_ends_nothing():
    app = App()
    async with app.run_test():
        with pytest.raises(NotNow, match="cannot be handed"), lend_terminal(app):
            raise AssertionError("it was not lent")


def test_the_terminal_is_lent_in_no_other_way():
    """The writing thread would stay ended, and the first full queue would hold the desk for good."""
    found = [path.name for path in SCREENS.rglob("*.py") if ".suspend()" in path.read_text("utf-8")]
    assert found == ["lend_terminal.py"]

"""The thread that reads keys sleeps until there is input, and notices at once that it has to end."""

import os
import pty
import select
import sys
from pathlib import Path
from selectors import SelectSelector
from threading import Thread

import pytest
from textual.app import App

from counterparts.terminal import Terminal
from deskterm.app.key_reader import QuietDriver, WakingEvent

SOURCE = Path(__file__).parents[2] / "src"
SHOWS_KEYS = """
import os
from textual import events
from textual.app import App
from deskterm.app.key_reader import QuietDriver

class Shows(App):
    def on_mount(self):
        os.write(1, b"stands")

    def on_event_of_mine(self, words):
        os.write(1, f"<{words}>".encode())

    async def on_event(self, event):
        if isinstance(event, events.Key):
            self.on_event_of_mine(event.key)
            if event.key == "s":
                with self.suspend():
                    self.on_event_of_mine("suspended")
            if event.key == "q":
                self.exit()
        if isinstance(event, events.Paste):
            self.on_event_of_mine(f"pasted {event.text}")
        await super().on_event(event)

Shows(driver_class=QuietDriver).run()
"""


@pytest.fixture
def terminal():
    env = {**os.environ, "PYTHONPATH": str(SOURCE), "TERM": "xterm-256color"}
    with Terminal([sys.executable, "-c", SHOWS_KEYS], env=env) as shown:
        shown.until("stands")
        yield shown


def test_keys_sequences_a_lone_escape_and_pastes_are_reported(terminal):
    for keys, marker in (
        ("j", "<j>"),
        ("\x1b[A", "<up>"),
        ("\x1b", "<escape>"),
        ("é", "<é>"),
        ("\x1b[200~two\x1b words\x1b[201~", "<pasted two\x1b words>"),
    ):
        terminal.press(keys, marker)


def test_it_ends_and_comes_back_for_an_editor_and_ends_for_good(terminal):
    terminal.press("s", "<suspended>")
    terminal.press("j", "<j>")
    terminal.press("q")
    assert terminal.ended() == 0


def test_setting_the_event_wakes_the_sleeping_thread_each_time():
    event = WakingEvent()
    for _ in range(3):
        assert not select.select([event.reader], [], [], 0)[0]
        event.set()
        assert event.is_set()
        assert select.select([event.reader], [], [], 0)[0]
        event.clear()
        assert not event.is_set()


async def test_the_thread_sleeps_while_nothing_comes(monkeypatch):
    ours, theirs = pty.openpty()
    driver = QuietDriver(App())
    driver.fileno = theirs
    patience, heard = [], []
    monkeypatch.setattr(driver, "process_message", heard.append)
    real = SelectSelector.select
    monkeypatch.setattr(
        SelectSelector, "select", lambda one, wait=None: patience.append(wait) or real(one, wait)
    )
    reads = Thread(target=driver.run_input_thread)
    reads.start()
    os.write(ours, b"j\n")
    while not heard:
        reads.join(0.01)
    driver.exit_event.set()
    reads.join()
    assert set(patience) == {None}, "it looks at the time though nothing is half read"
    for one in (ours, theirs):
        os.close(one)

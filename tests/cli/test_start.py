"""What the desk has imported at its first picture: each of these modules slows down every start."""

import os
import subprocess
import sys
from pathlib import Path

SOURCE = Path(__file__).parents[2] / "src"
ROOMS = {
    "actions": "front work",
    "app": "answers background desk_app guide_words guiding handling key_reader leaving notifying paste places window",
    "cli": "composition open_desk output run_command statuses",
    "commands": "keymap record registry screen_commands ticket_commands",
    "config": "logs paths policy setting setting_checks settings_file store store_kinds terminal all_settings",
    "config.secret": "passphrase place",
    "desk": "inbox last_place shop",
    "domain": "business_hours drawn_text formats handling messages text tickets",
    "domain.ticket_work": "rounds",
    "screens": "inbox mail_pane past_panel place_keeper row_sources row_urgency ticket_base ticket_pane",
    "screens.base": "command_runner key_input messages moves screen screen_bars screen_front",
    "storage": "desk_facts inbox_order lists",
    "storage.schema": "columns database migrate",
    "storage.upkeep": "in_use",
    "sync": "locks",
    "widgets": "bars conversation picker picker_option row_pages side_panel suggestions ticket_list typed_ahead",
    "widgets.drawing": "bar_bits cells lines message progress row_answer ticket_row",
    "widgets.look": "coloured grounds reduction safe_cells styles themes thin_bar",
}
LIGHT = {"concurrent", "gc", "importlib", "json", "logging", "sqlite3"}
ZONES = {"encodings", "sysconfig", "tomllib", "zoneinfo"}
OURS = """
import sys
from pathlib import Path
from deskterm.cli import main, open_desk
from deskterm.app.desk_app import DesktermApp

def begin(app):
    found.extend(sys.modules)
    app.exit()

found, real = [], DesktermApp.run
DesktermApp._begin = begin
DesktermApp.run = lambda app: real(app, headless=True)
sys.stdin.isatty = sys.stdout.isatty = lambda: True
assert main(["--home", sys.argv[1]]) == 0
print("found", *found)
"""
BARE = """
import sys
from textual.app import App
from textual.widgets import Static

class Bare(App):
    def compose(self):
        yield Static("x")

    def on_mount(self):
        self.call_after_refresh(self.begin)

    def begin(self):
        found.extend(sys.modules)
        self.exit()

found = []
Bare().run(headless=True)
print("found", *found)
"""


def imported(code: str, *words: str) -> set[str]:
    done = subprocess.run(
        [sys.executable, "-c", code, *words],
        env={**os.environ, "PYTHONPATH": str(SOURCE)},
        capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return set(done.stdout.splitlines()[-1].split()[1:])


def test_the_first_picture_waits_for_nothing_it_does_not_show(shell):
    """A module that another one imports at its top must be imported after the first paint, or be on the list."""
    found = imported(OURS, str(shell.home))
    wanted = {f"deskterm.{room}.{name}" for room, names in ROOMS.items() for name in names.split()}
    rooms = {f"deskterm.{room}" for name in ROOMS for room in (name, name.partition(".")[0])}
    ours = {name for name in found if name.startswith("deskterm.")} - rooms
    assert ours - wanted == {"deskterm.errors", "deskterm.lazy_regex", "deskterm.value_class"}
    assert not wanted - ours, "these need no longer be on the list"


def test_the_first_picture_needs_textual_and_little_of_the_standard_library(shell):
    more = {name.split(".")[0] for name in imported(OURS, str(shell.home)) - imported(BARE)}
    assert {name for name in more if name[0] != "_"} - LIGHT - ZONES <= {"deskterm", "rich"}


def test_the_desk_without_a_word_parses_no_arguments(shell):
    found = imported(OURS, str(shell.home))
    assert "deskterm.app.desk_app" in found
    assert not {"argparse", "deskterm.cli.arguments"} & found

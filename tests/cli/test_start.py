"""What the desk has imported when the first picture stands: each module there costs every start."""

import os
import subprocess
import sys
from pathlib import Path

SOURCE = Path(__file__).parents[2] / "src"
ROOMS = {
    "cli": "arguments opening printing running wiring",
    "config": "logs passphrase paths settings values worth",
    "desk": "inbox place shop",
    "domain": "formats hours messages text tickets",
    "screens": "background base choose inbox messages modal places reading rows snoozing times triage work",
    "storage": "database in_use lists migrate notes order rows",
    "sync": "locks",
    "widgets": "bars cells conversation lines message_lines picker side_panel suggestions theme ticket_list ticket_row",
}
LIGHT = {"argparse", "concurrent", "gc", "gettext", "hashlib", "importlib", "json", "logging", "sqlite3"}
ZONES = {"encodings", "sysconfig", "tomllib", "zoneinfo"}
OURS = """
import sys
from pathlib import Path
from deskterm.cli import main, opening
from deskterm.app import DesktermApp

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
    """A module that comes in here by an import at the top of another belongs behind the first paint, or on the list."""
    found = imported(OURS, str(shell.home))
    wanted = {f"deskterm.{room}.{name}" for room, names in ROOMS.items() for name in names.split()}
    ours = {name for name in found if name.startswith("deskterm.")} - {f"deskterm.{room}" for room in ROOMS}
    assert ours - wanted == {"deskterm.app", "deskterm.commands", "deskterm.errors"}
    assert not wanted - ours, "these need no longer be on the list"


def test_the_first_picture_needs_textual_and_little_of_the_standard_library(shell):
    more = {name.split(".")[0] for name in imported(OURS, str(shell.home)) - imported(BARE)}
    assert {name for name in more if name[0] != "_"} - LIGHT - ZONES <= {"deskterm", "rich"}

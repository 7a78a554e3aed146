"""Files in the current folder are never executed: an attachment saved there must not run."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

PROGRAM = Path(sys.executable).with_name("deskterm")
APART = """
import sys
from pathlib import Path
from threading import Event
from deskterm.config.paths import Home
from deskterm.config.settings_file import load
from deskterm.sync.child import run_in_child

def work(db, report, stop):
    return 7

if __name__ == "__main__":
    home = Home(Path(sys.argv[1]))
    assert run_in_child(load(home), home, work, print, Event()) == 7
"""


@pytest.fixture
def hostile(tmp_path):
    """A folder with a file for every module of the standard library; each leaves a mark when it runs."""
    folder = tmp_path / "hostile"
    folder.mkdir()
    for name in sys.stdlib_module_names - {"__main__"}:
        (folder / f"{name}.py").write_text(
            f"open({str(folder / 'RAN')!r}, 'a').write({name + chr(10)!r})\nraise SystemExit(66)\n"
        )
    return folder


def run_in(folder, *command, **environment):
    done = subprocess.run(
        list(map(str, command)), cwd=folder, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=120,
        env=dict(os.environ) | environment, check=False,
    )  # fmt: skip
    ran = (folder / "RAN").read_text() if (folder / "RAN").exists() else ""
    return done, ran


@pytest.mark.parametrize(
    "start", [[PROGRAM], [sys.executable, "-P", "-m", "deskterm"]], ids=["deskterm", "python -P -m"]
)
def test_a_first_sync_runs_no_file_of_the_current_folder(hostile, tmp_path, start):
    done, ran = run_in(hostile, *start, "demo", "--no-open", "--home", tmp_path / "home")
    assert (ran, done.returncode) == ("", 0), done.stderr
    done, ran = run_in(hostile, *start, "sync", "--home", tmp_path / "home")
    assert ran == "", done.stderr


def test_a_pass_beside_the_screen_runs_no_file_of_the_current_folder(hostile, laid, tmp_path):
    script = tmp_path / "desk" / "apart.py"
    script.parent.mkdir()
    script.write_text(APART)
    done, ran = run_in(hostile, sys.executable, script, laid)
    assert (ran, done.returncode) == ("", 0), done.stderr


def test_an_import_path_that_names_the_current_folder_is_not_passed_on(hostile, laid, tmp_path):
    """PYTHONPATH=":/x" has an empty entry: the current folder. How the program itself is started is up to the owner."""
    from deskterm.config.environment import safe_environment

    safe = safe_environment({"PYTHONPATH": f":.{os.pathsep}{tmp_path}", "PATH": "/bin"})
    assert safe == {"PYTHONPATH": str(tmp_path), "PATH": "/bin", "PYTHONSAFEPATH": "1"}


def test_the_hostile_folder_would_run(hostile):
    """Without -P Python does load them: the tests above can fail."""
    _, ran = run_in(hostile, sys.executable, "-c", "import tempfile")
    assert ran
